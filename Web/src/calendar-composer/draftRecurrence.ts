import { firstFit, fits, followStart, recurrenceLines } from '../recurrence';
import type { Recurrence } from '../recurrence';
import { addDays, daysBetween } from '../time/zonedTime';
import { recurrenceFieldMessages } from './messages';
import type { CalendarEventDraft, OpenComposer } from './types/CalendarComposerTypes';

/** How often the draft is, after its rule has followed a start that was moved since it was chosen. */
export function draftRecurrence(draft: CalendarEventDraft): Recurrence | undefined {
  return draft.recurrence && followStart(draft.recurrence, draft.recurrenceAnchor, draft.startDate);
}

export function draftRecurrenceLines(draft: CalendarEventDraft): string[] {
  const recurrence = draftRecurrence(draft);
  return recurrence ? recurrenceLines(recurrence, draft) : [];
}

/** What is chosen now counts from the start as it is now. */
export function chooseRecurrence(draft: CalendarEventDraft, recurrence: Recurrence): CalendarEventDraft {
  return { ...draft, recurrence, recurrenceAnchor: draft.startDate, startMovedFrom: undefined };
}

/** Whether the rule was changed by hand; one that only followed its start was not. */
export function isRuleChanged(draft: CalendarEventDraft, pristine: CalendarEventDraft): boolean {
  return JSON.stringify(draft.recurrence) !== JSON.stringify(pristine.recurrence);
}

/**
 * The draft with its start on the first day of its rule that fits. One meeting of a series may be on any day,
 * as long as the rule itself is left alone.
 */
export function settled({ draft, pristine, editing }: OpenComposer): CalendarEventDraft {
  const isOneOfMany = editing?.event.recurringEventId && !isRuleChanged(draft, pristine);
  return isOneOfMany ? draft : onFittingDay(draft);
}

export function onFittingDay(draft: CalendarEventDraft): CalendarEventDraft {
  const recurrence = draftRecurrence(draft);
  if (recurrence?.kind !== 'rule' || Number.isNaN(Date.parse(draft.startDate))) return draft;
  const { pattern } = recurrence.rule;
  const startDate = fits(pattern, draft.startDate) ? undefined : firstFit(pattern, draft.startDate);
  if (!startDate) return draft;
  const endDate = addDays(draft.endDate || startDate, daysBetween(draft.startDate, startDate));
  const moved = { ...draft, startDate, endDate, startMovedFrom: draft.startDate };
  return { ...moved, recurrence, recurrenceAnchor: startDate };
}

const most = 999;

/** What is wrong with how often the event shall be. */
export function recurrenceProblem(draft: CalendarEventDraft): string | undefined {
  const recurrence = draftRecurrence(draft);
  if (recurrence?.kind !== 'rule') return undefined;
  const { pattern, interval, end } = recurrence.rule;
  if (!isCount(interval)) return recurrenceFieldMessages.intervalOutOfRange(most);
  if (pattern.frequency === 'WEEKLY' && pattern.weekdays.length === 0) {
    return recurrenceFieldMessages.weekdayMissing;
  }
  if (end.kind === 'after' && !isCount(end.count)) {
    return recurrenceFieldMessages.countOutOfRange(most);
  }
  if (end.kind !== 'on') return undefined;
  if (Number.isNaN(Date.parse(end.date))) return recurrenceFieldMessages.lastDayMissing;
  return end.date < draft.startDate ? recurrenceFieldMessages.lastDayBeforeStart : undefined;
}

function isCount(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= most;
}
