import { eventMessages } from '../calendar/messages';
import type {
  CalendarEventField,
  UpdateCalendarEventInput,
  VersionFieldsFragment,
} from '../graphql/generated';
import type { CalendarEvent, Participant } from '../graphql/types';
import { describeRecurrence, recurrenceMessages } from '../recurrence';
import { formatWhen } from '../time/format';
import { isKnownZone, wallTimeAt } from '../time/zonedTime';
import { addressKey } from '../ui/emailAddress';
import { commonMessages } from '../ui/messages';
import { comparisonMessages } from './messages';

/** The fields of an event that are merged, regardless of who changed them. */
export type EventSide = VersionFieldsFragment;

/** One line of two versions side by side, in words. */
export interface ComparedField {
  field: CalendarEventField;
  label: string;
  mine: string;
  theirs: string;
  /** Whether both sides changed it, so that one of them is lost. */
  isContested: boolean;
}

const labels: Record<CalendarEventField, string> = {
  TITLE: eventMessages.title,
  TIME: eventMessages.when,
  RECURRENCE: eventMessages.repeats,
  LOCATION: eventMessages.location,
  ATTENDEES: comparisonMessages.guests,
  CONFERENCE: eventMessages.conference,
  DESCRIPTION: eventMessages.description,
};

const fields = Object.keys(labels) as CalendarEventField[];

export function sideOf(event: CalendarEvent): EventSide {
  const { participants, title, ...rest } = event;
  return { ...rest, title: title ?? '', attendees: participants.filter(({ isOrganizer }) => !isOrganizer) };
}

/** Only what differs, or is contested. */
export function compareSides(
  mine: EventSide,
  theirs: EventSide,
  contested: readonly CalendarEventField[],
  zone: string,
): ComparedField[] {
  const differing = differingFields(mine, theirs);
  const shown = fields.filter((field) => differing.includes(field) || contested.includes(field));
  const areZonesShown = (mine.timeZone ?? zone) !== (theirs.timeZone ?? zone);
  const words = (side: EventSide, field: CalendarEventField) =>
    field === 'TIME' && areZonesShown
      ? `${fieldWords(side, field, zone)} (${(side.timeZone ?? zone).replaceAll('_', ' ')})`
      : fieldWords(side, field, zone);
  return shown.map((field) => ({
    field,
    label: labels[field],
    mine: words(mine, field),
    theirs: words(theirs, field),
    isContested: contested.includes(field),
  }));
}

export function differingFields(one: EventSide, other: EventSide): CalendarEventField[] {
  return fields.filter((field) => fieldValue(one, field) !== fieldValue(other, field));
}

function fieldValue(side: EventSide, field: CalendarEventField): string {
  switch (field) {
    case 'TITLE':
      return side.title;
    case 'DESCRIPTION':
      return side.description ?? '';
    case 'LOCATION':
      return side.location ?? '';
    case 'TIME':
      return [side.isFullDay, Date.parse(side.startsAt), Date.parse(side.endsAt), side.timeZone].join();
    case 'RECURRENCE':
      return [...side.recurrence].sort().join('\n');
    case 'ATTENDEES':
      return handles(side.attendees).join('\n');
    case 'CONFERENCE':
      return `${side.conferenceProviderId} ${side.conferenceLink ?? ''}`;
  }
}

function handles(attendees: readonly Participant[]): string[] {
  return attendees.map(({ handle }) => addressKey(handle)).sort();
}

function fieldWords(side: EventSide, field: CalendarEventField, zone: string): string {
  switch (field) {
    case 'TITLE':
      return side.title || eventMessages.untitled;
    case 'DESCRIPTION':
      return side.description || commonMessages.none;
    case 'LOCATION':
      return side.location || commonMessages.none;
    case 'TIME':
      return formatWhen(side, zone);
    case 'RECURRENCE': {
      const words = recurrenceWords(side, zone);
      return words ? recurrenceMessages.repeats(words) : recurrenceMessages.doesNotRepeat;
    }
    case 'ATTENDEES': {
      const names = side.attendees.map(({ displayName, handle }) => displayName || handle);
      return names.join('\n') || commonMessages.none;
    }
    case 'CONFERENCE':
      if (side.conferenceLink) return side.conferenceLink;
      return side.conferenceProviderId === 'NONE' ? commonMessages.none : comparisonMessages.withLink;
  }
}

/** How often an event is, for people: "every Tuesday". */
export function recurrenceWords(
  event: Pick<EventSide, 'recurrence' | 'startsAt' | 'isFullDay' | 'timeZone'>,
  shownZone: string,
): string | undefined {
  const timeZone = event.timeZone && isKnownZone(event.timeZone) ? event.timeZone : shownZone;
  const start = event.isFullDay
    ? { date: event.startsAt.slice(0, 10), time: '00:00' }
    : wallTimeAt(event.startsAt, timeZone);
  return describeRecurrence(event.recurrence, {
    startDate: start.date,
    startTime: start.time,
    isFullDay: event.isFullDay,
    timeZone,
  });
}

/** What a change is about. */
export function changedFields(input: UpdateCalendarEventInput): CalendarEventField[] {
  const { title, description, location, recurrence, attendees } = input;
  const isGiven = (...values: unknown[]) => values.some((value) => value !== undefined);
  const given: Record<CalendarEventField, boolean> = {
    TITLE: isGiven(title),
    DESCRIPTION: isGiven(description),
    LOCATION: isGiven(location),
    TIME: isGiven(input.startsAt, input.endsAt, input.isFullDay, input.timeZone),
    RECURRENCE: isGiven(recurrence),
    ATTENDEES: isGiven(attendees),
    CONFERENCE: isGiven(input.conferenceProviderId, input.customConferenceLink),
  };
  return fields.filter((field) => given[field]);
}

/** The same change made to a newer version: guests whom someone else has invited since stay invited. */
export function rebased(
  input: UpdateCalendarEventInput,
  base: CalendarEvent,
  latest: CalendarEvent,
): UpdateCalendarEventInput {
  if (!input.attendees) return input;
  const before = new Set(handles(sideOf(base).attendees));
  const mine = new Set(input.attendees.map(({ email }) => addressKey(email)));
  const theirs = sideOf(latest).attendees.filter(({ handle }) => {
    const key = addressKey(handle);
    return !before.has(key) && !mine.has(key);
  });
  const removedThere = new Set(handles(sideOf(latest).attendees));
  const kept = input.attendees.filter(({ email }) => {
    const key = addressKey(email);
    return !before.has(key) || removedThere.has(key);
  });
  const added = theirs.map(({ handle, displayName }) => ({ email: handle, displayName }));
  return { ...input, attendees: [...kept, ...added] };
}
