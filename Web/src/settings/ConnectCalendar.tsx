import { useState } from 'react';
import { loadSession, useSession } from '../auth/sessionState';
import type { CalendarProviderInfo } from '../graphql/types';
import { Button } from '../ui/Button';
import { ProviderIcon } from '../ui/ProviderIcon';
import { showToast } from '../ui/Toast';
import { ConnectAccountForm } from './ConnectAccountForm';
import { connectionKind, startConnection } from './connections';
import { connectMessages } from './messages';

/** What can be connected, as the server's registry of providers has it. */
export function ConnectCalendar() {
  const { providers } = useSession();
  const [form, setForm] = useState<CalendarProviderInfo>();
  const [leaving, setLeaving] = useState<string>();
  const offered = providers.filter((provider) => connectionKind(provider) !== 'builtIn');
  if (offered.length === 0) return null;

  const connect = async (provider: CalendarProviderInfo) => {
    if (connectionKind(provider) === 'form') return setForm(provider);
    setLeaving(provider.providerId);
    await startConnection(provider);
    setLeaving(undefined);
  };

  return (
    <section className="settings-section" aria-label={connectMessages.title}>
      <h2>{connectMessages.title}</h2>
      <div className="provider-grid">
        {offered.map((provider) => (
          <div className="card provider-card" key={provider.providerId}>
            <span className="account-icon">
              <ProviderIcon iconKey={provider.iconKey} />
            </span>
            <div className="account-name">
              <h3>{provider.displayName}</h3>
              <p className="muted small">
                {connectionKind(provider) === 'form' ? connectMessages.byForm : connectMessages.bySignIn}
              </p>
            </div>
            <Button
              isBusy={leaving === provider.providerId}
              onClick={() => void connect(provider)}
              aria-label={connectMessages.connectProvider(provider.displayName)}
            >
              {connectMessages.connect}
            </Button>
          </div>
        ))}
      </div>
      {form && (
        <ConnectAccountForm
          provider={form}
          onClose={() => setForm(undefined)}
          onConnected={() => {
            setForm(undefined);
            showToast(connectMessages.connected);
            void loadSession();
          }}
        />
      )}
    </section>
  );
}
