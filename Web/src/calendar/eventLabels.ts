import type { CalendarEvent, Participant } from '../graphql/types';
import { personName } from '../graphql/types';
import { formatDate, formatHours, eventDays } from '../time/format';

export function eventTitle(event: CalendarEvent): string {
  return event.isRedacted ? 'Not shared' : event.title || 'Untitled';
}

/** What a screen reader says of an event in a list. */
export function eventLabel(event: CalendarEvent, zone: string): string {
  const { first } = eventDays(event, zone);
  const day = formatDate(first, { weekday: 'long', day: 'numeric', month: 'long' });
  const states = [
    event.isCanceled && 'canceled',
    event.pushStatus === 'PENDING' && 'waiting to be sent',
    event.pushStatus === 'FAILED' && 'not in the calendar yet',
    event.pushStatus === 'CONFLICT' && 'changed in two places',
    (event.recurringEventId || event.recurrence.length > 0) && 'repeats',
  ].filter(Boolean);
  return [eventTitle(event), day, formatHours(event, zone).replace('→', 'to'), ...states].join(', ');
}

export function participantName(participant: Participant): string {
  const { displayName, person, workspaceMember, handle } = participant;
  return workspaceMember?.displayName || (person ? personName(person) : displayName) || handle;
}

export const responseWords = {
  NEEDS_ACTION: 'No answer yet',
  ACCEPTED: 'Accepted',
  DECLINED: 'Declined',
  TENTATIVE: 'Maybe',
} as const;
