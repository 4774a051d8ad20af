import { useState } from 'react';
import type { FormEvent } from 'react';
import { messageFor } from '../graphql/client';
import { Button } from '../ui/Button';
import { Notice } from '../ui/EmptyState';
import { Field } from '../ui/Field';
import { Icon } from '../ui/Icon';
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
      <form className="sign-in-card" onSubmit={submit} aria-label="Sign in">
        <span className="brand-mark">
          <Icon name="calendar" size={24} />
        </span>
        <h1>Phos Calendar</h1>
        <p className="muted">Sign in to your workspace.</p>
        {error && <Notice tone="danger">{error}</Notice>}
        <Field label="Email">
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
        <Field label="Password">
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
          Sign in
        </Button>
      </form>
    </main>
  );
}
