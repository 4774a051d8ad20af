import type { Session } from '../auth/sessionState';
import type { ConnectedAccount } from '../graphql/types';

/** Accounts of the member's own that hold a calendar: nobody writes into a colleague's, or into a video service. */
export function ownAccounts(session: Session): ConnectedAccount[] {
  return session.accounts.filter(
    ({ ownerId, calendarChannels }) => ownerId === session.member.id && calendarChannels.length > 0,
  );
}

/** Someone who connected a calendar means that one; the built-in calendar is for those who have not. */
export function preferredAccountId(session: Session): string | undefined {
  const writable = ownAccounts(session).filter(({ canWrite }) => canWrite);
  const isBuiltIn = (account: ConnectedAccount) =>
    session.providers.find(({ providerId }) => providerId === account.provider)?.connection === 'BUILT_IN';
  return (writable.find((account) => !isBuiltIn(account)) ?? writable[0])?.id;
}
