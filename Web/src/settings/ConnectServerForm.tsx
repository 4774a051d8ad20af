import { useState } from 'react';
import { request } from '../graphql/client';
import { ConnectServerDocument } from '../graphql/generated';
import type { CalendarProviderInfo } from '../graphql/types';
import { Field } from '../ui/Field';
import { FormProblem, ModalForm } from '../ui/ModalForm';
import { loginGaps, needsHandle } from './serverLogin';

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
  const [smtpUrl, setSmtpUrl] = useState('');
  const [imapUrl, setImapUrl] = useState('');

  const login = { serverUrl, username, password, handle };

  const connect = async () => {
    const gaps = loginGaps(login);
    if (Object.keys(gaps).length > 0) throw new FormProblem(gaps);
    const input = {
      serverUrl: serverUrl.trim(),
      username: username.trim(),
      password,
      handle: handle.trim() || null,
      smtpUrl: smtpUrl.trim() || null,
      imapUrl: imapUrl.trim() || null,
    };
    await request(ConnectServerDocument, { input });
    onConnected();
  };

  return (
    <ModalForm
      title={`Connect ${provider.displayName}`}
      fields={['serverUrl', 'username', 'password', 'handle', 'smtpUrl', 'imapUrl']}
      submitLabel="Connect"
      busyLabel="Looking for your calendars…"
      onClose={onClose}
      onSubmit={connect}
    >
      {(errors) => (
        <>
          <Field
            label="Server address"
            isRequired
            error={errors.serverUrl}
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
          <Field label="User name" isRequired error={errors.username}>
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
            error={errors.password}
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
          <Field
            label="Your email address"
            isRequired={needsHandle(login)}
            error={errors.handle}
            hint="Your invitations come from it. Leave it empty if the user name is your email address."
          >
            {(control) => (
              <input
                {...control}
                type="email"
                value={handle}
                onChange={(event) => setHandle(event.target.value)}
              />
            )}
          </Field>
          <Field
            label="Mail server"
            error={errors.smtpUrl}
            hint="For sending mail and invitations, e.g. smtps://mail.example.com. It gets the same user name and password."
          >
            {(control) => (
              <input
                {...control}
                type="text"
                inputMode="url"
                placeholder="Optional"
                value={smtpUrl}
                onChange={(event) => setSmtpUrl(event.target.value)}
              />
            )}
          </Field>
          <Field
            label="Inbox server"
            error={errors.imapUrl}
            hint="For answers to your invitations, e.g. imaps://mail.example.com. Only calendar files are read, and nothing in your inbox changes."
          >
            {(control) => (
              <input
                {...control}
                type="text"
                inputMode="url"
                placeholder="Optional"
                value={imapUrl}
                onChange={(event) => setImapUrl(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
    </ModalForm>
  );
}
