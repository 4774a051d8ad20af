import { useEffect, useState } from 'react';
import { loadSession, useSession } from '../auth/sessionState';
import { navigate, usePlace } from '../routing/router';
import { EmptyState, Notice } from '../ui/EmptyState';
import { AccountCard } from './AccountCard';
import { ConnectCalendar } from './ConnectCalendar';
import { ProposedConference } from './ProposedConference';

export function AccountsPage() {
  const session = useSession();
  const outcome = useConnectionOutcome();
  const own = session.accounts.filter(({ ownerId }) => ownerId === session.member.id);

  useEffect(() => void loadSession(), []);

  return (
    <>
      {outcome && <Notice tone={outcome.isGood ? 'success' : 'danger'}>{outcome.text}</Notice>}
      <section className="settings-section" aria-label="Your accounts">
        <h2>Your accounts</h2>
        {own.length === 0 ? (
          <EmptyState icon="calendar" title="No account connected yet">
            Connect one below to create events in it.
          </EmptyState>
        ) : (
          own.map((account) => <AccountCard key={account.id} account={account} />)
        )}
      </section>
      <ConnectCalendar />
      <ProposedConference />
    </>
  );
}

/** How connecting at a provider ended: it sends the browser back here with a word in the address. */
function useConnectionOutcome(): { isGood: boolean; text: string } | undefined {
  const { search, path } = usePlace();
  const [outcome, setOutcome] = useState<{ isGood: boolean; text: string }>();
  const connected = search.get('connected');
  const error = search.get('error') ?? search.get('problem');
  useEffect(() => {
    if (!connected && !error) return;
    // Only known words become sentences: anyone can write a link with a text of their own in it.
    const text = connected ? 'Your account is connected.' : words(error);
    setOutcome({ isGood: connected !== null, text });
    navigate(`/${path.join('/')}`, { replace: true });
  }, [connected, error, path]);
  return outcome;
}

function words(error: string | null): string {
  switch (error) {
    case 'access_denied':
      return 'You did not allow the access, so nothing was connected.';
    case 'expired':
      return 'That took too long, or began in another window. Start again.';
    case 'missing_scope':
      return 'You did not allow all that is needed. Connect again and allow it.';
    case 'disabled':
      return 'Writing to calendars is switched off for this workspace. Switch it on under Features, then connect.';
    case 'unavailable':
      return 'The provider does not answer at the moment. Try again later.';
    default:
      return 'The account was not connected. Try again, and allow all the access that is asked for.';
  }
}
