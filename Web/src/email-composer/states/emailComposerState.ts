import { createStore } from '../../state/store';
import { delay } from '../../state/delay';
import { isWorthKeeping } from '../draft';
import { forgetDraft, keepDraft } from '../savedDrafts';
import type { EmailDraft, EmailField, EmailFieldErrors } from '../types';

export type EmailComposerState =
  | { isOpen: false }
  | {
      isOpen: true;
      /** Whose mail it is: a session may end and someone else sign in before it is sent. */
      memberId: string;
      draft: EmailDraft;
      /** The draft as first shown, to know whether anything was written. */
      pristine: EmailDraft;
      isSending: boolean;
      /** Whether this browser has the draft as it is now. */
      isKept: boolean;
      fieldErrors: EmailFieldErrors;
      failure: { message: string; code?: string; mayHaveArrived: boolean } | undefined;
    };

export type OpenEmail = Extract<EmailComposerState, { isOpen: true }>;

/** The mail composer's own store; nothing outside this module writes to it. */
export const emailComposerState = createStore<EmailComposerState>({ isOpen: false });

const keepingPauseMs = 300;
let cancelSaving: (() => void) | undefined;

export function showEmail(memberId: string, draft: EmailDraft, pristine: EmailDraft): void {
  emailComposerState.set({
    ...{ isOpen: true, memberId, draft, pristine, isKept: false },
    ...{ isSending: false, fieldErrors: {}, failure: undefined },
  });
  if (isWorthKeeping(draft, pristine)) void keep();
}

export function updateEmail(change: (state: OpenEmail) => Partial<OpenEmail>): void {
  emailComposerState.update((state) => (state.isOpen ? { ...state, ...change(state) } : state));
}

/** Edits the draft, takes away the errors of the touched fields, and has the browser keep it in a moment. */
export function editEmail(change: (draft: EmailDraft) => EmailDraft, ...touched: EmailField[]): void {
  updateEmail((state) => {
    const fieldErrors = { ...state.fieldErrors };
    for (const field of touched) delete fieldErrors[field];
    return { draft: change(state.draft), fieldErrors, isKept: false };
  });
  cancelSaving?.();
  cancelSaving = delay(() => void keep(), keepingPauseMs);
}

async function keep(): Promise<void> {
  const state = emailComposerState.get();
  if (!state.isOpen) return;
  await keepDraft(state.memberId, state.draft, true);
  updateEmail((now) => (now.draft === state.draft ? { isKept: true } : {}));
}

// What was typed a moment before the page goes away.
window.addEventListener('pagehide', () => {
  const state = emailComposerState.get();
  if (state.isOpen && !state.isKept && isWorthKeeping(state.draft, state.pristine)) void keep();
});

/** Closes the composer; what was written waits where it was begun, if it is kept. */
export function closeEmail(isKept: boolean): void {
  const state = emailComposerState.get();
  cancelSaving?.();
  emailComposerState.set({ isOpen: false });
  if (!state.isOpen) return;
  if (isKept) void keepDraft(state.memberId, state.draft, false);
  else void forgetDraft(state.memberId, state.draft.place);
}
