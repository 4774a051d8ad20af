import type { Session } from '../auth/sessionState';
import type { ConnectedAccount } from '../graphql/types';

/** The member's own accounts that can send mail. */
export function sendableAccounts(session: Session): ConnectedAccount[] {
  return session.accounts.filter(
    ({ ownerId, canSendEmail }) => ownerId === session.member.id && canSendEmail,
  );
}

/** Someone who connected an account means that one; the built-in calendar is for those who have not. */
export function preferredSender(session: Session): ConnectedAccount | undefined {
  const able = sendableAccounts(session);
  const isBuiltIn = (account: ConnectedAccount) =>
    session.providers.find(({ providerId }) => providerId === account.provider)?.connection === 'BUILT_IN';
  return able.find((account) => !isBuiltIn(account)) ?? able[0];
}
