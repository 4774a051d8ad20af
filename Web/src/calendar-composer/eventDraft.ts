import type { RecurrenceScope, UpdateCalendarEventInput } from '../graphql/generated';
import type { CalendarEvent } from '../graphql/types';
import { personName } from '../graphql/types';
import { countBefore, readRecurrence, recurrenceLines } from '../recurrence';
import type { Recurrence } from '../recurrence';
import { eventDays } from '../time/format';
import { isKnownZone, wallTimeAt } from '../time/zonedTime';
import { addressKey } from '../ui/emailAddress';
import { areTimesTouched, sentTimes } from './draft';
import { draftRecurrence, draftRecurrenceLines, isRuleChanged } from './draftRecurrence';
import type { Attendee, CalendarEventDraft } from './types/CalendarComposerTypes';

/** What an event of whole days starts and ends at, should it get hours. */
const workingHours = { start: '09:00', end: '10:00' };

function zoneOf(event: CalendarEvent, memberZone: string): string {
  return event.timeZone && isKnownZone(event.timeZone) ? event.timeZone : memberZone;
}

/** An event as the form shows it. */
export function draftOf(event: CalendarEvent, memberZone: string): CalendarEventDraft {
  const timeZone = zoneOf(event, memberZone);
  const { first, last } = eventDays(event, timeZone);
  const start = event.isFullDay
    ? { date: first, time: workingHours.start }
    : wallTimeAt(event.startsAt, timeZone);
  const end = event.isFullDay ? { date: last, time: workingHours.end } : wallTimeAt(event.endsAt, timeZone);
  const guests = event.participants.filter(({ isOrganizer }) => !isOrganizer);
  return {
    title: event.title ?? '',
    connectedAccountId: event.connectedAccountId ?? '',
    startDate: start.date,
    startTime: start.time,
    endDate: end.date,
    endTime: end.time,
    isFullDay: event.isFullDay,
    timeZone,
    attendees: guests.map(({ handle, displayName }): Attendee => ({
      email: handle,
      ...(displayName ? { displayName } : {}),
    })),
    attendeeText: '',
    conferenceProviderId: event.conferenceProviderId,
    customConferenceLink: event.conferenceLink ?? '',
    location: event.location ?? '',
    description: event.description ?? '',
    linkedPeople: event.linkedPeople.map((person) => ({ id: person.id, name: personName(person) })),
    linkedCompany: event.linkedCompany ?? undefined,
    linkedOpportunity: event.linkedOpportunity ?? undefined,
    sendInvitations: true,
    recurrence: event.recurringEventId ? undefined : recurrenceOf(event, memberZone),
    recurrenceAnchor: start.date,
    startMovedFrom: undefined,
  };
}

/** How often an event is that has its rules itself. */
export function recurrenceOf(event: CalendarEvent, memberZone: string): Recurrence {
  const timeZone = zoneOf(event, memberZone);
  const start = wallTimeAt(event.startsAt, timeZone);
  const startDate = eventDays(event, timeZone).first;
  return readRecurrence(event.recurrence, {
    ...{ startDate, timeZone, isFullDay: event.isFullDay },
    startTime: event.isFullDay ? '00:00' : start.time,
  });
}

/** What differs from what was shown; empty when nothing does. How often it is comes with the scope. */
export function changedInput(
  draft: CalendarEventDraft,
  pristine: CalendarEventDraft,
  needsLink: boolean,
): UpdateCalendarEventInput {
  const input: UpdateCalendarEventInput = {};
  const differs = (...keys: Array<keyof CalendarEventDraft>) =>
    keys.some((key) => JSON.stringify(draft[key]) !== JSON.stringify(pristine[key]));
  const text = (value: string) => value.trim();
  if (text(draft.title) !== text(pristine.title)) input.title = text(draft.title);
  if (text(draft.description) !== text(pristine.description)) {
    input.description = text(draft.description) || null;
  }
  if (text(draft.location) !== text(pristine.location)) input.location = text(draft.location) || null;
  if (areTimesTouched(draft, pristine)) {
    Object.assign(input, sentTimes(draft));
    if (differs('isFullDay')) input.isFullDay = draft.isFullDay;
    if (differs('timeZone')) input.timeZone = draft.timeZone;
  }
  if (addresses(draft) !== addresses(pristine)) {
    input.attendees = draft.attendees.map(({ email, displayName }) => ({
      email,
      displayName: displayName ?? null,
    }));
  }
  const link = text(draft.customConferenceLink);
  if (differs('conferenceProviderId') || (needsLink && link !== text(pristine.customConferenceLink))) {
    input.conferenceProviderId = draft.conferenceProviderId;
    if (needsLink) input.customConferenceLink = link;
  }
  if (differs('linkedPeople')) input.linkedPersonIds = draft.linkedPeople.map(({ id }) => id);
  if (differs('linkedCompany')) input.linkedCompanyId = draft.linkedCompany?.id ?? null;
  if (differs('linkedOpportunity')) input.linkedOpportunityId = draft.linkedOpportunity?.id ?? null;
  return input;
}

function addresses({ attendees }: CalendarEventDraft): string {
  return attendees.map(({ email }) => addressKey(email)).sort().join();
}

/**
 * The rules to send with a change, where they were changed by hand. A rule that only follows its start is
 * moved along by the server, for the meetings that the change is for.
 */
export function changedRecurrence(
  draft: CalendarEventDraft,
  pristine: CalendarEventDraft,
  scope: RecurrenceScope | undefined,
  series: CalendarEvent | undefined,
): string[] | undefined {
  if (!draft.recurrence || !isRuleChanged(draft, pristine)) return undefined;
  const lines = draftRecurrenceLines(draft);
  return scope === 'THIS_AND_FOLLOWING' && series ? remaining(draft, pristine, series, lines) : lines;
}

/** Ten times in all, of which some lie before: what follows is the rest, unless the number was changed. */
function remaining(
  draft: CalendarEventDraft,
  pristine: CalendarEventDraft,
  series: CalendarEvent,
  lines: string[],
): string[] {
  const [now, before] = [draftRecurrence(draft), pristine.recurrence];
  if (now?.kind !== 'rule' || before?.kind !== 'rule') return lines;
  const { end } = now.rule;
  const isSame = JSON.stringify(end) === JSON.stringify(before.rule.end);
  if (end.kind !== 'after' || !isSame) return lines;
  const first = eventDays(series, zoneOf(series, draft.timeZone)).first;
  const count = Math.max(1, end.count - countBefore(before.rule, first, pristine.startDate));
  return recurrenceLines({ ...now, rule: { ...now.rule, end: { kind: 'after', count } } }, draft);
}

/** What the input has only by ids, in the words of the form. */
export function shownLinks(draft: CalendarEventDraft, event: CalendarEvent): Partial<CalendarEvent> {
  const ids = new Set(draft.linkedPeople.map(({ id }) => id));
  return {
    linkedPeople: event.linkedPeople.filter(({ id }) => ids.has(id)),
    linkedCompany: draft.linkedCompany ?? null,
    linkedOpportunity: draft.linkedOpportunity ?? null,
  };
}
