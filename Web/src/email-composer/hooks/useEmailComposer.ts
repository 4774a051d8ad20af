import { useCallback } from 'react';
import { loadSession, sessionState } from '../../auth/sessionState';
import { randomId } from '../../state/randomId';
import { preferredSender } from '../sendableAccounts';
import { newEmailDraft } from '../draft';
import { savedDraft } from '../savedDrafts';
import { showEmail } from '../states/emailComposerState';
import type { EmailComposerOptions } from '../types';

/** How the rest of the app opens the mail composer. */
export function useEmailComposer() {
  const openEmailComposer = useCallback(async (options: EmailComposerOptions) => {
    const current = sessionState.get();
    if (current.status !== 'signedIn') return;
    const { session } = current;
    const pristine = newEmailDraft(options, {
      connectedAccountId: preferredSender(session)?.id ?? '',
      key: randomId(),
    });
    const kept = await savedDraft(session.member.id, options.place);
    showEmail(session.member.id, kept ?? pristine, pristine);
    // An account may have lost its permission since the page was loaded.
    void loadSession();
  }, []);
  return { openEmailComposer };
}
