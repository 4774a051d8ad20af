import type { CreateCalendarEventInput } from '../graphql/generated';
import {
  addDays,
  daysBetween,
  resolveWallTime,
  wallFromValue,
  wallTimeAt,
  wallValue,
} from '../time/zonedTime';
import type { ResolvedWallTime } from '../time/zonedTime';
import { problemWith } from '../ui/emailAddress';
import { once } from '../recurrence';
import { addAddresses, parseAddresses } from '../address-input';
import { emailAddressMessages } from '../ui/messages';
import { draftRecurrenceLines, recurrenceProblem } from './draftRecurrence';
import { accountFieldMessages, composerFieldMessages, dateTimeMessages } from './messages';
import type {
  CalendarComposerOptions,
  CalendarEventDraft,
  FieldErrors,
} from './types/CalendarComposerTypes';

/** The one conference choice that belongs to no provider. */
export const noConference = 'NONE';

const minuteMs = 60_000;
const halfHourMs = 30 * minuteMs;
const defaultDurationMs = 60 * minuteMs;

export interface DraftSurroundings {
  /** Milliseconds since 1970. */
  now: number;
  timeZone: string;
  connectedAccountId: string;
  conferenceProviderId?: string | null;
}

export function newDraft(options: CalendarComposerOptions, defaults: DraftSurroundings): CalendarEventDraft {
  const now = wallValue(wallTimeAt(defaults.now, defaults.timeZone));
  const start = options.defaultStart
    ? wallValue(options.defaultStart)
    : (Math.floor(now / halfHourMs) + 1) * halfHourMs;
  const from = wallFromValue(start);
  const to = wallFromValue(start + defaultDurationMs);
  const attendees = (options.defaultAttendees ?? []).flatMap((entry) => {
    const email = entry.email.trim();
    const problem = problemWith(email);
    return email ? [{ ...entry, email, ...(problem ? { problem } : {}) }] : [];
  });
  return {
    title: options.defaultTitle ?? '',
    connectedAccountId: options.connectedAccountId ?? defaults.connectedAccountId,
    startDate: from.date,
    startTime: from.time,
    endDate: to.date,
    endTime: to.time,
    isFullDay: false,
    timeZone: defaults.timeZone,
    attendees: addAddresses([], attendees),
    attendeeText: '',
    conferenceProviderId: defaults.conferenceProviderId ?? noConference,
    customConferenceLink: '',
    location: '',
    description: options.defaultDescription ?? '',
    linkedPeople: [...(options.linkedPeople ?? [])],
    linkedCompany: options.linkedCompany,
    linkedOpportunity: options.linkedOpportunity,
    sendInvitations: !options.isInvitedByMail,
    recurrence: once,
    recurrenceAnchor: from.date,
    startMovedFrom: undefined,
  };
}

function startOf(draft: CalendarEventDraft): number {
  return wallValue({ date: draft.startDate, time: draft.startTime });
}

function endOf(draft: CalendarEventDraft): number {
  return wallValue({ date: draft.endDate, time: draft.endTime });
}

/** Moves the start and takes the end along, so that the meeting stays as long as it was. */
export function moveStart(
  draft: CalendarEventDraft,
  change: { startDate?: string; startTime?: string },
): CalendarEventDraft {
  const moved = { ...draft, ...change, startMovedFrom: undefined };
  if (draft.isFullDay) {
    const days = daysBetween(draft.startDate, moved.startDate);
    return Number.isNaN(days) ? moved : { ...moved, endDate: addDays(draft.endDate, days) };
  }
  const end = startOf(moved) + (endOf(draft) - startOf(draft));
  if (Number.isNaN(end)) return moved;
  const to = wallFromValue(end);
  return { ...moved, endDate: to.date, endTime: to.time };
}

/** A date input can be emptied; what was typed before a usable start existed has no length to keep. */
export function setFullDay(draft: CalendarEventDraft, isFullDay: boolean): CalendarEventDraft {
  if (isFullDay || !(endOf(draft) <= startOf(draft))) return { ...draft, isFullDay };
  const to = wallFromValue(startOf(draft) + defaultDurationMs);
  return { ...draft, isFullDay, endDate: to.date, endTime: to.time };
}

export interface DraftTimes {
  start: ResolvedWallTime | undefined;
  end: ResolvedWallTime | undefined;
}

/** The instants a timed draft means in its chosen zone. */
export function draftTimes(draft: CalendarEventDraft): DraftTimes {
  return {
    start: resolveWallTime({ date: draft.startDate, time: draft.startTime }, draft.timeZone),
    end: resolveWallTime({ date: draft.endDate, time: draft.endTime }, draft.timeZone),
  };
}

/** Turns what is still being typed into attendees. */
export function commitAttendeeText(draft: CalendarEventDraft): CalendarEventDraft {
  if (!draft.attendeeText.trim()) return draft.attendeeText ? { ...draft, attendeeText: '' } : draft;
  const attendees = addAddresses(draft.attendees, parseAddresses(draft.attendeeText));
  return { ...draft, attendees, attendeeText: '' };
}

/**
 * What can be said without asking the server. It checks everything again, and more. The times that an event has
 * already, those in `pristine`, are not for the form to judge.
 */
export function checkDraft(
  draft: CalendarEventDraft,
  needsLink: boolean,
  pristine?: CalendarEventDraft,
): FieldErrors {
  const errors: FieldErrors = {};
  if (!draft.title.trim()) errors.title = composerFieldMessages.titleMissing;
  if (!draft.connectedAccountId) errors.connectedAccountId = accountFieldMessages.missing;
  if (!pristine || areTimesTouched(draft, pristine)) Object.assign(errors, checkTimes(draft, pristine));
  const [bad, ...others] = draft.attendees.filter(({ problem }) => problem);
  if (bad) {
    errors.attendees =
      others.length > 0
        ? composerFieldMessages.attendeesMarked(others.length + 1)
        : emailAddressMessages.problemOf(bad);
  }
  if (needsLink && !/^https:\/\/[^\s/]+/i.test(draft.customConferenceLink.trim())) {
    errors.customConferenceLink = composerFieldMessages.meetingLinkMissing;
  }
  const problem = recurrenceProblem(draft);
  if (problem) errors.recurrence = problem;
  return errors;
}

function checkTimes(draft: CalendarEventDraft, pristine: CalendarEventDraft | undefined): FieldErrors {
  const { start, end } = bounds(draft);
  const errors: FieldErrors = {};
  if (start === undefined) errors.startsAt = dateTimeMessages.startIncomplete;
  if (end === undefined) errors.endsAt = dateTimeMessages.endIncomplete;
  if (start === undefined || end === undefined) return errors;
  // A meeting without a length can be moved, as the server has it.
  const canBeMoment = pristine !== undefined && isMoment(pristine);
  if (draft.isFullDay && end < start) errors.endsAt = dateTimeMessages.lastDayBeforeFirst;
  if (!draft.isFullDay && (end < start || (end === start && !canBeMoment))) {
    errors.endsAt = dateTimeMessages.endNotAfterStart;
  }
  return errors;
}

/** Days where they are whole, instants otherwise. */
function bounds(draft: CalendarEventDraft): { start: number | undefined; end: number | undefined } {
  if (draft.isFullDay) return { start: dateValue(draft.startDate), end: dateValue(draft.endDate) };
  const { start, end } = draftTimes(draft);
  return { start: start?.instant, end: end?.instant };
}

function isMoment(draft: CalendarEventDraft): boolean {
  const { start, end } = bounds(draft);
  return !draft.isFullDay && start === end;
}

/** Whether the draft is to be at another time than `pristine`; hours do not count for whole days. */
export function areTimesTouched(draft: CalendarEventDraft, pristine: CalendarEventDraft): boolean {
  const differs = (...keys: Array<keyof CalendarEventDraft>) => keys.some((key) => draft[key] !== pristine[key]);
  const isTimed = !draft.isFullDay && differs('startTime', 'endTime', 'timeZone');
  return isTimed || differs('startDate', 'endDate', 'isFullDay');
}

function dateValue(date: string): number | undefined {
  const value = wallValue({ date, time: '00:00' });
  return Number.isNaN(value) ? undefined : value;
}

export function isTouched(draft: CalendarEventDraft, pristine: CalendarEventDraft): boolean {
  return JSON.stringify(draft) !== JSON.stringify(pristine);
}

/** Start and end as they are sent. A time that `checkDraft` objects to is sent empty, and refused. */
export function sentTimes(draft: CalendarEventDraft): { startsAt: string; endsAt: string } {
  const times = draftTimes(draft);
  const startsAt = draft.isFullDay ? `${draft.startDate}T00:00:00Z` : (times.start?.rfc3339 ?? '');
  // Exclusive, as the contract and iCalendar have it: the day after the last day.
  const endsAt = draft.isFullDay ? `${addDays(draft.endDate, 1)}T00:00:00Z` : (times.end?.rfc3339 ?? '');
  return { startsAt, endsAt };
}

/** The input of `createCalendarEvent`. */
export function createInput(
  draft: CalendarEventDraft,
  idempotencyKey: string,
  needsLink: boolean,
): CreateCalendarEventInput {
  const recurrence = draftRecurrenceLines(draft);
  return {
    title: draft.title.trim(),
    description: draft.description.trim() || null,
    location: draft.location.trim() || null,
    ...sentTimes(draft),
    isFullDay: draft.isFullDay,
    timeZone: draft.timeZone,
    attendees: draft.attendees.map(({ email, displayName }) => ({ email, displayName: displayName ?? null })),
    conferenceProviderId: draft.conferenceProviderId,
    customConferenceLink: needsLink ? draft.customConferenceLink.trim() : null,
    connectedAccountId: draft.connectedAccountId,
    linkedPersonIds: draft.linkedPeople.map(({ id }) => id),
    linkedCompanyId: draft.linkedCompany?.id ?? null,
    linkedOpportunityId: draft.linkedOpportunity?.id ?? null,
    recurrence: recurrence.length > 0 ? recurrence : null,
    sendInvitations: draft.sendInvitations,
    idempotencyKey,
  };
}
