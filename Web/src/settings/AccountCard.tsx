import { useState } from 'react';
import { accountMessages } from '../auth/messages';
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
import { accountCardMessages } from './messages';

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
      showToast(accountCardMessages.disconnected(provider?.displayName));
    } catch (error) {
      showToast(messageFor(error), 'danger');
      setBusy(false);
    }
  };

  const reconnect =
    provider && kind === 'oauth' ? (
      <Button onClick={() => void startConnection(provider)}>{accountMessages.reconnect}</Button>
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
          <Button
            isBusy={isBusy}
            onClick={() => setAsking(true)}
            aria-label={accountCardMessages.disconnectAccount(others.join(', '))}
          >
            {accountCardMessages.disconnect}
          </Button>
        )}
      </header>
      {(account.needsReconnect || (holdsCalendars && !account.canWrite)) && (
        <Notice tone="warning" action={reconnect}>
          {account.reconnectReason ??
            (account.needsReconnect
              ? accountMessages.reconnectThis
              : accountCardMessages.cannotWrite)}
          {kind === 'form' && ` ${accountCardMessages.connectBelow}`}
        </Notice>
      )}
      {account.repliesProblem ? (
        <Notice tone="warning">
          {accountCardMessages.repliesUnreadable(account.repliesProblem)}
        </Notice>
      ) : (
        account.readsReplies && (
          <p className="muted small account-replies">
            {account.repliesReadAt
              ? accountCardMessages.repliesReadAt(formatMoment(account.repliesReadAt, browserZone()))
              : accountCardMessages.repliesRead}
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
          title={accountCardMessages.askDisconnect(provider?.displayName)}
          message={
            holdsCalendars ? accountCardMessages.disconnectCalendar : accountCardMessages.disconnectConference
          }
          confirmLabel={accountCardMessages.disconnect}
          cancelLabel={accountCardMessages.keep}
          onConfirm={() => void disconnect()}
          onCancel={() => setAsking(false)}
        />
      )}
    </article>
  );
}
