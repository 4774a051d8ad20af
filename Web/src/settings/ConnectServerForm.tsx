import { useState } from 'react';
import type { FormEvent } from 'react';
import { request, wordsFor } from '../graphql/client';
import type { CalendarProviderInfo } from '../graphql/types';
import { Button } from '../ui/Button';
import { Notice } from '../ui/EmptyState';
import { Field } from '../ui/Field';
import { Modal } from '../ui/Modal';

const connectMutation = `mutation ConnectServer($input: ConnectCalDavAccountInput!) {
  connectCalDavAccount(input: $input) { id }
}`;

/** An account on a calendar server, with the address and the password its owner uses elsewhere too. */
export function ConnectServerForm({
  provider,
  onClose,
  onConnected,
}: {
  provider: CalendarProviderInfo;
  onClose: () => void;
  onConnected: () => void;
}) {
  const [serverUrl, setServerUrl] = useState('');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [handle, setHandle] = useState('');
  const [error, setError] = useState<string>();
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    const gaps: Record<string, string> = {};
    const isAddress = /^https?:\/\/\S+$/i.test(serverUrl.trim());
    if (!isAddress) gaps.serverUrl = 'Enter an address that begins with https://.';
    if (!username.trim()) gaps.username = 'Enter the user name.';
    if (!password) gaps.password = 'Enter the password.';
    setMissing(gaps);
    setError(undefined);
    if (Object.keys(gaps).length > 0) return;
    setBusy(true);
    try {
      const input = {
        serverUrl: serverUrl.trim(),
        username: username.trim(),
        password,
        handle: handle.trim() || null,
      };
      await request(connectMutation, { input });
      onConnected();
    } catch (failure) {
      setError(wordsFor(failure));
      setBusy(false);
    }
  };

  return (
    <Modal title={`Connect ${provider.displayName}`} onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        {error && <Notice tone="danger">{error}</Notice>}
        <Field
          label="Server address"
          isRequired
          error={missing.serverUrl}
          hint="The address your other calendar apps use."
        >
          {(control) => (
            <input
              {...control}
              type="url"
              data-autofocus
              placeholder="https://calendar.example.com"
              value={serverUrl}
              onChange={(event) => setServerUrl(event.target.value)}
            />
          )}
        </Field>
        <Field label="User name" isRequired error={missing.username}>
          {(control) => (
            <input
              {...control}
              type="text"
              autoComplete="off"
              autoCapitalize="none"
              value={username}
              onChange={(event) => setUsername(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Password"
          isRequired
          error={missing.password}
          hint="Use an app password where the server has them. It is stored encrypted."
        >
          {(control) => (
            <input
              {...control}
              type="password"
              autoComplete="off"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <Field label="Your email address" hint="Organizes your invitations, if the user name is no address.">
          {(control) => (
            <input
              {...control}
              type="email"
              value={handle}
              onChange={(event) => setHandle(event.target.value)}
            />
          )}
        </Field>
        <div className="form-footer">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={isBusy}>
            {isBusy ? 'Looking for your calendars…' : 'Connect'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
