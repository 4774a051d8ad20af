import { useState } from 'react';
import { request } from '../graphql/client';
import { ConnectServerDocument } from '../graphql/generated';
import type { CalendarProviderInfo } from '../graphql/types';
import { FormProblem, ModalForm } from '../ui/ModalForm';
import { TextField } from '../ui/TextField';
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
          <TextField
            label="Server address"
            type="url"
            placeholder="https://calendar.example.com"
            hint="The address your other calendar apps use."
            isFirst
            isRequired
            value={serverUrl}
            onChange={setServerUrl}
            error={errors.serverUrl}
          />
          <TextField
            label="User name"
            autoComplete="off"
            autoCapitalize="none"
            isRequired
            value={username}
            onChange={setUsername}
            error={errors.username}
          />
          <TextField
            label="Password"
            type="password"
            autoComplete="off"
            hint="Use an app password where the server has them. It is stored encrypted."
            isRequired
            value={password}
            onChange={setPassword}
            error={errors.password}
          />
          <TextField
            label="Your email address"
            type="email"
            hint="Your invitations come from it. Leave it empty if the user name is your email address."
            isRequired={needsHandle(login)}
            value={handle}
            onChange={setHandle}
            error={errors.handle}
          />
          <TextField
            label="Mail server"
            inputMode="url"
            placeholder="Optional"
            hint="For sending mail and invitations, e.g. smtps://mail.example.com. It gets the same user name and password."
            value={smtpUrl}
            onChange={setSmtpUrl}
            error={errors.smtpUrl}
          />
          <TextField
            label="Inbox server"
            inputMode="url"
            placeholder="Optional"
            hint="For answers to your invitations, e.g. imaps://mail.example.com. Only calendar files are read, and nothing in your inbox changes."
            value={imapUrl}
            onChange={setImapUrl}
            error={errors.imapUrl}
          />
        </>
      )}
    </ModalForm>
  );
}
