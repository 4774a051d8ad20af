import { useSession } from '../auth/sessionState';
import type { ConnectedAccount } from '../graphql/types';
import { Button } from '../ui/Button';
import { Notice } from '../ui/EmptyState';
import { Icon } from '../ui/Icon';
import { ChannelSettings } from './ChannelSettings';
import { connectionKind, startConnection } from './connections';

export function AccountCard({ account }: { account: ConnectedAccount }) {
  const { providers } = useSession();
  const provider = providers.find(({ providerId }) => providerId === account.provider);
  const kind = provider && connectionKind(provider);
  const others = [provider?.displayName, account.handle].filter((text) => text !== account.displayName);

  const reconnect =
    provider && kind === 'oauth' ? (
      <Button onClick={() => void startConnection(provider)}>Reconnect</Button>
    ) : undefined;

  return (
    <article className="card account-card" aria-label={[account.displayName, ...others].join(', ')}>
      <header className="card-header">
        <span className="account-icon">
          <Icon name="calendar" />
        </span>
        <div className="account-name">
          <h3>{account.displayName}</h3>
          <p className="muted small">{others.join(' · ')}</p>
        </div>
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
        <ChannelSettings key={channel.id} channel={channel} />
      ))}
    </article>
  );
}
