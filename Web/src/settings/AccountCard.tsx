import { useState } from 'react';
import { eventsChanged } from '../calendar/eventsRevision';
import { loadSession, useSession } from '../auth/sessionState';
import { request, wordsFor } from '../graphql/client';
import type { ConnectedAccount } from '../graphql/types';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { Notice } from '../ui/EmptyState';
import { Icon } from '../ui/Icon';
import { showToast } from '../ui/Toast';
import { ChannelSettings } from './ChannelSettings';
import { connectionKind, startConnection } from './connections';

const disconnectMutation = `mutation Disconnect($id: ID!) { disconnectAccount(connectedAccountId: $id) }`;

export function AccountCard({ account }: { account: ConnectedAccount }) {
  const { providers } = useSession();
  const provider = providers.find(({ providerId }) => providerId === account.provider);
  const kind = provider && connectionKind(provider);
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);

  const disconnect = async () => {
    setBusy(true);
    try {
      await request(disconnectMutation, { id: account.id });
      showToast('Calendar disconnected.');
      eventsChanged();
      await loadSession();
    } catch (error) {
      showToast(wordsFor(error), 'danger');
    } finally {
      setBusy(false);
      setAsking(false);
    }
  };

  const reconnect =
    provider && kind === 'oauth' ? (
      <Button onClick={() => void startConnection(provider)}>Reconnect</Button>
    ) : undefined;

  return (
    <article className="card account-card" aria-label={account.handle}>
      <header className="card-header">
        <span className="account-icon">
          <Icon name="calendar" />
        </span>
        <div className="account-name">
          <h3>{account.handle}</h3>
          <p className="muted small">{provider?.displayName ?? account.displayName}</p>
        </div>
        {kind !== 'builtIn' && (
          <Button tone="quiet" onClick={() => setAsking(true)}>
            Disconnect
          </Button>
        )}
      </header>
      {(account.needsReconnect || !account.canWrite) && (
        <Notice tone="warning" action={reconnect}>
          {account.reconnectReason ??
            (account.needsReconnect
              ? 'This account has to be connected again.'
              : 'Events cannot be created here: the permission to write is missing.')}
          {kind === 'form' && ' Connect it again below with its current password.'}
        </Notice>
      )}
      {account.calendarChannels.map((channel) => (
        <ChannelSettings key={channel.id} channel={channel} isBuiltIn={kind === 'builtIn'} />
      ))}
      {isAsking && (
        <ConfirmDialog
          title="Disconnect this calendar?"
          message={`Events of ${account.handle} stay in that calendar, but nothing is synchronised any more.`}
          confirmLabel="Disconnect"
          cancelLabel="Keep it"
          isBusy={isBusy}
          onConfirm={() => void disconnect()}
          onCancel={() => setAsking(false)}
        />
      )}
    </article>
  );
}
