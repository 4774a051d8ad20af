import { useEffect, useState } from 'react';
import { loadSession, useSession } from '../auth/sessionState';
import { navigate, useRouteLocation } from '../routing/router';
import { EmptyState, Notice } from '../ui/EmptyState';
import { AccountCard } from './AccountCard';
import { ConnectCalendar } from './ConnectCalendar';
import { accountsPageMessages, connectMessages } from './messages';
import { ProposedConference } from './ProposedConference';

export function AccountsPage() {
  const session = useSession();
  const outcome = useConnectionOutcome();
  const own = session.accounts.filter(({ ownerId }) => ownerId === session.member.id);

  useEffect(() => void loadSession(), []);

  return (
    <>
      {outcome && <Notice tone={outcome.isGood ? 'success' : 'danger'}>{outcome.text}</Notice>}
      <section className="settings-section" aria-label={accountsPageMessages.title}>
        <h2>{accountsPageMessages.title}</h2>
        {own.length === 0 ? (
          <EmptyState icon="calendar" title={accountsPageMessages.empty}>
            {accountsPageMessages.emptyHint}
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
  const { search, path } = useRouteLocation();
  const [outcome, setOutcome] = useState<{ isGood: boolean; text: string }>();
  const connected = search.get('connected');
  const error = search.get('error') ?? search.get('problem');
  useEffect(() => {
    if (!connected && !error) return;
    // Only known words become sentences: anyone can write a link with a text of their own in it.
    const text = connected ? connectMessages.connected : words(error);
    setOutcome({ isGood: connected !== null, text });
    navigate(`/${path.join('/')}`, { replace: true });
  }, [connected, error, path]);
  return outcome;
}

function words(error: string | null): string {
  switch (error) {
    case 'access_denied':
      return connectMessages.accessDenied;
    case 'expired':
      return connectMessages.expired;
    case 'missing_scope':
      return connectMessages.missingScope;
    case 'disabled':
      return connectMessages.editingOff;
    case 'unavailable':
      return connectMessages.unavailable;
    default:
      return connectMessages.notConnected;
  }
}
