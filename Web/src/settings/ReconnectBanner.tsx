import { useState } from 'react';
import { accountMessages } from '../auth/messages';
import { useSession } from '../auth/sessionState';
import { navigate } from '../routing/router';
import { Button, IconButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { connectionKind, startConnection } from './connections';
import { reconnectBannerMessages } from './messages';
import './settings.css';

/** What was put aside is back with the next page load, or when another account is concerned. */
const dismissed = new Set<string>();

/** Shown on every page while one of the member's accounts has to be reconnected: nothing reaches its calendar. */
export function ReconnectBanner() {
  const { accounts, providers, member } = useSession();
  const [, redraw] = useState(0);
  const account = accounts.find(
    ({ id, ownerId, needsReconnect }) => needsReconnect && ownerId === member.id && !dismissed.has(id),
  );
  if (!account) return null;
  const provider = providers.find(({ providerId }) => providerId === account.provider);
  const reconnect = () => {
    if (provider && connectionKind(provider) === 'oauth') void startConnection(provider);
    else navigate('/settings/accounts');
  };
  return (
    <div className="reconnect-banner" role="alert">
      <Icon name="warning" size={17} />
      <p>
        <strong>
          {[provider?.displayName, account.handle].filter(Boolean).join(' · ')}
        </strong>{' '}
        {account.reconnectReason ?? accountMessages.reconnectThis}
      </p>
      <Button onClick={reconnect}>{accountMessages.reconnect}</Button>
      <IconButton
        icon="close"
        label={reconnectBannerMessages.notNow}
        onClick={() => {
          dismissed.add(account.id);
          redraw((count) => count + 1);
        }}
      />
    </div>
  );
}
