import { useState } from 'react';
import { loadSession, useSession } from '../auth/sessionState';
import { request, messageFor } from '../graphql/client';
import { DisconnectAccountDocument } from '../graphql/generated';
import type { ConnectedAccount } from '../graphql/types';
import { formatMoment } from '../time/format';
import { browserZone } from '../time/zoneList';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { Notice } from '../ui/EmptyState';
import { Icon } from '../ui/Icon';
import { ProviderIcon } from '../ui/ProviderIcon';
import { showToast } from '../ui/Toast';
import { ChannelSettings } from './ChannelSettings';
import { connectionKind, startConnection } from './connections';

export function AccountCard({ account }: { account: ConnectedAccount }) {
  const { providers } = useSession();
  const provider = providers.find(({ providerId }) => providerId === account.provider);
  const kind = provider && connectionKind(provider);
  const others = [provider?.displayName, account.handle].filter((text) => text !== account.displayName);

  const holdsCalendars = account.calendarChannels.length > 0;
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);

  const disconnect = async () => {
    setAsking(false);
    setBusy(true);
    try {
      await request(DisconnectAccountDocument, { id: account.id });
      await loadSession();
      showToast(`${provider?.displayName ?? 'The account'} is disconnected.`);
    } catch (error) {
      showToast(messageFor(error), 'danger');
      setBusy(false);
    }
  };

  const reconnect =
    provider && kind === 'oauth' ? (
      <Button onClick={() => void startConnection(provider)}>Reconnect</Button>
    ) : undefined;

  return (
    <article className="card account-card" aria-label={[account.displayName, ...others].join(', ')}>
      <header className="card-header">
        <span className="account-icon">
          {provider ? (
            <ProviderIcon iconKey={provider.iconKey} />
          ) : (
            <Icon name={holdsCalendars ? 'calendar' : 'video'} />
          )}
        </span>
        <div className="account-name">
          <h3>{account.displayName}</h3>
          <p className="muted small">{others.join(' · ')}</p>
        </div>
        {kind !== 'builtIn' && (
          <Button isBusy={isBusy} onClick={() => setAsking(true)} aria-label={`Disconnect ${others.join(', ')}`}>
            Disconnect
          </Button>
        )}
      </header>
      {(account.needsReconnect || (holdsCalendars && !account.canWrite)) && (
        <Notice tone="warning" action={reconnect}>
          {account.reconnectReason ??
            (account.needsReconnect
              ? 'Reconnect this account.'
              : 'Events can’t be created here because the permission to write is missing.')}
          {kind === 'form' && ' Connect it again below with its current password.'}
        </Notice>
      )}
      {account.repliesProblem ? (
        <Notice tone="warning">
          Answers to your invitations cannot be read from your inbox. {account.repliesProblem}
        </Notice>
      ) : (
        account.readsReplies && (
          <p className="muted small account-replies">
            Answers to your invitations are read from your inbox
            {account.repliesReadAt ? `, last ${formatMoment(account.repliesReadAt, browserZone())}` : ''}.
          </p>
        )
      )}
      {account.calendarChannels.map((channel) => (
        <ChannelSettings
          key={channel.id}
          channel={channel}
          isNamed={channel.handle !== account.displayName}
        />
      ))}
      {isAsking && (
        <ConfirmDialog
          title={`Disconnect ${provider?.displayName ?? 'this account'}?`}
          message={
            holdsCalendars
              ? 'We revoke our access. Its meetings stay visible here but can no longer be changed, and changes that have ' +
                'not reached the calendar are dropped. You can reconnect it at any time.'
              : 'We revoke our access. Meetings keep their links, but the video meetings are no longer moved or deleted ' +
                'with them. You can reconnect it at any time.'
          }
          confirmLabel="Disconnect"
          cancelLabel="Keep it"
          onConfirm={() => void disconnect()}
          onCancel={() => setAsking(false)}
        />
      )}
    </article>
  );
}
