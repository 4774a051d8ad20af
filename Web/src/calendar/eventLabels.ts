import type { CalendarEvent, Participant } from '../graphql/types';
import { personName } from '../graphql/types';
import { eventDays, formatDate, formatSpokenHours } from '../time/format';
import { eventMessages, eventStateMessages } from './messages';

export function eventTitle(event: CalendarEvent): string {
  return event.isRedacted ? eventMessages.notShared : event.title || eventMessages.untitled;
}

/** What a screen reader says of an event in a list. */
export function eventLabel(event: CalendarEvent, zone: string): string {
  const { first } = eventDays(event, zone);
  const day = formatDate(first, { weekday: 'long', day: 'numeric', month: 'long' });
  const states = [
    event.isCanceled && eventStateMessages.canceled,
    event.pushStatus === 'PENDING' && eventStateMessages.pending,
    event.pushStatus === 'FAILED' && eventStateMessages.failed,
    event.pushStatus === 'CONFLICT' && eventStateMessages.conflict,
    (event.recurringEventId || event.recurrence.length > 0) && eventStateMessages.repeats,
  ].filter(Boolean);
  return [eventTitle(event), day, formatSpokenHours(event, zone), ...states].join(', ');
}

export function participantName(participant: Participant): string {
  const { displayName, person, workspaceMember, handle } = participant;
  return workspaceMember?.displayName || (person ? personName(person) : displayName) || handle;
}
