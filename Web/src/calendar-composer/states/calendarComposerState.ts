import { createStore } from '../../state/store';
import { isTouched, newDraft } from '../draft';
import type { DraftSurroundings } from '../draft';
import type {
  CalendarComposerOptions,
  CalendarComposerState,
  CalendarEventDraft,
  ComposerField,
} from '../types/CalendarComposerTypes';

/** The composer's own store; nothing outside this module writes to it. */
export const calendarComposerState = createStore<CalendarComposerState>({ isOpen: false });

export function openComposer(
  options: CalendarComposerOptions,
  around: DraftSurroundings & { idempotencyKey: string; memberId: string },
): void {
  const draft = newDraft(options, around);
  calendarComposerState.set({
    isOpen: true,
    memberId: around.memberId,
    options,
    draft,
    pristine: draft,
    idempotencyKey: around.idempotencyKey,
    isSending: false,
    fieldErrors: {},
    failure: undefined,
  });
}

export function closeComposer(): void {
  calendarComposerState.set({ isOpen: false });
}

/** The open composer's state changed by a function; nothing happens when it has been closed meanwhile. */
export function updateComposer(
  change: (state: Extract<CalendarComposerState, { isOpen: true }>) => Partial<
    Extract<CalendarComposerState, { isOpen: true }>
  >,
): void {
  calendarComposerState.update((state) => (state.isOpen ? { ...state, ...change(state) } : state));
}

/** Edits the draft and takes away the errors of the touched fields: they speak of what was there before. */
export function editDraft(
  change: (draft: CalendarEventDraft) => CalendarEventDraft,
  ...touched: ComposerField[]
): void {
  updateComposer((state) => {
    const fieldErrors = { ...state.fieldErrors };
    for (const field of touched) delete fieldErrors[field];
    return { draft: change(state.draft), fieldErrors };
  });
}

export function hasTypedSomething(state: CalendarComposerState): boolean {
  return state.isOpen && isTouched(state.draft, state.pristine);
}
