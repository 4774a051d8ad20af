import { useState } from 'react';
import type { FormEvent } from 'react';
import { messageFor } from '../graphql/client';
import { Button } from '../ui/Button';
import { Notice } from '../ui/EmptyState';
import { Field } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { commonMessages } from '../ui/messages';
import { signInMessages } from './messages';
import { signIn } from './sessionState';
import './auth.css';

export function SignInPage() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setError(undefined);
    try {
      await signIn(email.trim(), password);
    } catch (failure) {
      setError(messageFor(failure));
    } finally {
      setBusy(false);
    }
  };

  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={submit} aria-label={signInMessages.signIn}>
        <span className="brand-mark">
          <Icon name="calendar" size={24} />
        </span>
        <h1>{commonMessages.productName}</h1>
        <p className="muted">{signInMessages.intro}</p>
        {error && <Notice tone="danger">{error}</Notice>}
        <Field label={signInMessages.email}>
          {(control) => (
            <input
              {...control}
              type="email"
              autoComplete="username"
              required
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field label={signInMessages.password}>
          {(control) => (
            <input
              {...control}
              type="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" tone="primary" isBusy={isBusy}>
          {signInMessages.signIn}
        </Button>
      </form>
    </main>
  );
}
