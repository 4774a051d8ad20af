import type { CalendarEvent } from '../../graphql/types';
import { createStore } from '../../state/store';
import { isTouched, newDraft } from '../draft';
import type { DraftSurroundings } from '../draft';
import { settled } from '../draftRecurrence';
import { draftOf, recurrenceOf } from '../eventDraft';
import type {
  CalendarComposerOptions,
  CalendarComposerState,
  CalendarEventDraft,
  ComposerField,
  OpenComposer,
} from '../types/CalendarComposerTypes';

/** The composer's own store; nothing outside this module writes to it. */
export const calendarComposerState = createStore<CalendarComposerState>({ isOpen: false });

export function openComposer(
  options: CalendarComposerOptions,
  defaults: DraftSurroundings & { idempotencyKey: string; memberId: string },
): void {
  const draft = newDraft(options, defaults);
  calendarComposerState.set({
    ...{ isOpen: true, memberId: defaults.memberId, idempotencyKey: defaults.idempotencyKey },
    ...{ options, draft, pristine: draft, editing: undefined },
    ...untried,
  });
}

/** Opens the form on an event that is there, `typed` when it was already being edited. */
export function openEditor(
  event: CalendarEvent,
  defaults: { memberId: string; timeZone: string; key: string },
  typed?: CalendarEventDraft,
): void {
  const pristine = draftOf(event, defaults.timeZone);
  calendarComposerState.set({
    ...{ isOpen: true, memberId: defaults.memberId, idempotencyKey: defaults.key },
    ...{ options: {}, draft: typed ?? pristine, pristine },
    editing: { event, series: undefined, seriesProblem: undefined },
    ...untried,
  });
}

const untried = { isSending: false, fieldErrors: {}, failure: undefined } as const;

/** What an occurrence does not have itself: how it repeats. */
export function seriesArrived(series: CalendarEvent, timeZone: string): void {
  updateComposer(({ editing, draft, pristine }) => {
    if (!editing || editing.event.recurringEventId !== series.id) return {};
    const recurrence = recurrenceOf(series, timeZone);
    return {
      editing: { ...editing, series, seriesProblem: undefined },
      draft: draft.recurrence ? draft : { ...draft, recurrence },
      pristine: { ...pristine, recurrence },
    };
  });
}

export function closeComposer(): void {
  calendarComposerState.set({ isOpen: false });
}

/** The open composer's state changed by a function; nothing happens when it has been closed since. */
export function updateComposer(
  change: (state: OpenComposer) => Partial<OpenComposer>,
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

/** Where the event must be among the days of its rule, a start beside them goes to the first of them. */
export function settleStart(): void {
  updateComposer((state) => ({ draft: settled(state) }));
}

export function hasTypedSomething(state: CalendarComposerState): boolean {
  return state.isOpen && isTouched(state.draft, state.pristine);
}
