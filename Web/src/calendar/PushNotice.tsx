import { useState } from 'react';
import { providerName, useMemberZone, useSession } from '../auth/sessionState';
import { resolveConflict } from '../event-changes';
import type { CalendarEvent } from '../graphql/types';
import { Button } from '../ui/Button';
import { Notice } from '../ui/EmptyState';
import { pushMessages } from './messages';

/** Where the event stands with its provider, for as long as it is not simply there. */
export function PushNotice({
  event,
  isRetrying,
  retryError,
  onRetry,
}: {
  event: CalendarEvent;
  isRetrying: boolean | undefined;
  retryError: string | undefined;
  onRetry: () => void;
}) {
  const session = useSession();
  const name = providerName(session, event.connectedAccountId);
  const zone = useMemberZone();
  const [isComparing, setComparing] = useState(false);
  const account = session.accounts.find(({ id }) => id === event.connectedAccountId);
  const isMine = [event.crmCreatorId, account?.ownerId].includes(session.member.id);
  const compare = async () => {
    setComparing(true);
    await resolveConflict(event, name, zone);
    setComparing(false);
  };
  // The server takes this from nobody else.
  const again = event.crmCreatorId === session.member.id && (
    <Button isBusy={isRetrying} onClick={onRetry}>
      {pushMessages.retry}
    </Button>
  );
  const trouble = retryError && <p className="small">{retryError}</p>;
  switch (event.pushStatus) {
    case 'PENDING':
      return event.pushError ? (
        <Notice tone="warning" action={again}>
          {pushMessages.waitingBecause({ calendar: name, reason: sentence(event.pushError) })}
          {trouble}
        </Notice>
      ) : (
        <Notice tone="info" action={again}>
          {pushMessages.waiting(name)}
          {trouble}
        </Notice>
      );
    case 'FAILED':
      return (
        <Notice tone="danger" action={again}>
          {pushMessages.failed({ calendar: name, reason: sentence(event.pushError) })}
          {trouble}
        </Notice>
      );
    case 'CONFLICT':
      return (
        <Notice
          tone="warning"
          action={
            isMine && (
              <Button icon="compare" isBusy={isComparing} onClick={() => void compare()}>
                {pushMessages.compare}
              </Button>
            )
          }
        >
          {pushMessages.conflict(name)}
        </Notice>
      );
    default:
      return null;
  }
}

function sentence(text: string | null): string {
  return text && !/[.!?…]$/.test(text) ? `${text}.` : (text ?? '');
}
