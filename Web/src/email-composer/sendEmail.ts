import { sessionState } from '../auth/sessionState';
import { RequestFailure, request, messageFor } from '../graphql/client';
import { CancelEmailDocument, EmailStatusDocument, SendEmailDocument } from '../graphql/generated';
import { delay } from '../state/delay';
import { randomId } from '../state/randomId';
import { commonMessages } from '../ui/messages';
import { showToast } from '../ui/Toast';
import { checkEmail, sendInput, withTypedRecipients } from './draft';
import { emailsChanged } from './emailsRevision';
import { emailComposerMessages } from './messages';
import { sendableAccounts } from './sendableAccounts';
import { closeEmail, emailComposerState, showEmail, updateEmail } from './states/emailComposerState';
import type { OpenEmail } from './states/emailComposerState';
import type { EmailField } from './types';

/** Seconds in which a mail can be taken back. */
const undoWindow = 8;

const namedFields: readonly string[] = [
  'to', 'cc', 'bcc', 'connectedAccountId', 'subject', 'body', 'attachments',
];

/** Sends the open mail once. A second call while the first is under way does nothing. */
export async function sendOpenEmail(): Promise<void> {
  const before = emailComposerState.get();
  const current = sessionState.get();
  if (!before.isOpen || before.isSending || current.status !== 'signedIn') return;
  const draft = withTypedRecipients(before.draft);
  const account = sendableAccounts(current.session).find(({ id }) => id === draft.connectedAccountId);
  const fieldErrors = checkEmail(draft, account);
  updateEmail(() => ({ draft, fieldErrors, failure: undefined }));
  if (Object.keys(fieldErrors).length > 0) return;
  updateEmail(() => ({ isSending: true }));
  const sent: OpenEmail = { ...before, draft };
  try {
    const { sendEmail: result } = await request(SendEmailDocument, { input: sendInput(draft, undoWindow) });
    if (!isStillOpen(sent)) return;
    if (result.success && result.email) return taken(sent, result.email.id);
    const message = result.error ?? emailComposerMessages.notSent;
    const field = namedFields.find((name) => name === result.errorField) as EmailField | undefined;
    updateEmail(() =>
      field
        ? { fieldErrors: { [field]: message } }
        : { failure: { message, code: result.errorCode ?? undefined, mayHaveArrived: false } },
    );
  } catch (error) {
    if (!isStillOpen(sent)) return;
    const unreached = error instanceof RequestFailure && error.kind === 'unreached';
    const code = error instanceof RequestFailure ? error.code : undefined;
    updateEmail(() => ({ failure: { message: messageFor(error), code, mayHaveArrived: unreached } }));
  } finally {
    if (isStillOpen(sent)) updateEmail(() => ({ isSending: false }));
  }
}

function isStillOpen({ draft }: OpenEmail): boolean {
  const state = emailComposerState.get();
  return state.isOpen && state.draft.idempotencyKey === draft.idempotencyKey;
}

/** The server has it, and sends it once it can no longer be taken back. */
function taken(sent: OpenEmail, id: string): void {
  closeEmail(false);
  emailsChanged();
  const cancel = delay(() => void tellHowItWent(id, 0), undoWindow * 1000 + 500);
  showToast(emailComposerMessages.sent, 'success', {
    milliseconds: undoWindow * 1000,
    action: { label: commonMessages.undo, run: () => void undo(sent, id, cancel) },
  });
}

async function undo(sent: OpenEmail, id: string, cancel: () => void): Promise<void> {
  try {
    await request(CancelEmailDocument, { id });
    cancel();
    // Another mail, should it be sent after all.
    showEmail(sent.memberId, { ...sent.draft, idempotencyKey: randomId() }, sent.pristine);
  } catch (error) {
    showToast(messageFor(error), 'danger');
  } finally {
    emailsChanged();
  }
}

const furtherLooksMs = [3000, 10_000, 30_000];

/** Nobody looks at a mail that is gone: what went wrong afterwards is said wherever they are. */
async function tellHowItWent(id: string, looks: number): Promise<void> {
  try {
    const { email } = await request(EmailStatusDocument, { id });
    if (!email) return;
    if (email.status === 'SCHEDULED') {
      const wait = furtherLooksMs[looks];
      if (wait !== undefined) delay(() => void tellHowItWent(id, looks + 1), wait);
    } else if (email.status !== 'SENT') {
      const message = emailComposerMessages.failedLater({ subject: email.subject, reason: email.error });
      showToast(message, 'danger', { milliseconds: 15_000 });
    }
    emailsChanged();
  } catch {
    // The list of mails says it, too.
  }
}
