import { recurrenceWords } from '../event-changes';
import { CalendarEventDocument } from '../graphql/generated';
import type { CalendarEvent } from '../graphql/types';
import { useQuery } from '../graphql/useQuery';
import { recurrenceMessages } from '../recurrence';
import { useEventsRevision } from './eventsRevision';

/** How often an event is. Of an occurrence its series knows, which may be hidden from who asks. */
export function RecurrenceSummary({ event, zone }: { event: CalendarEvent; zone: string }) {
  const { recurringEventId } = event;
  const variables = recurringEventId ? { eventId: recurringEventId } : null;
  const { data } = useQuery(CalendarEventDocument, variables, useEventsRevision());
  const source = recurringEventId ? data?.getCalendarEventById : event;
  const words = source && recurrenceWords(source, zone);
  if (!words && !recurringEventId) return null;
  const text = words ? recurrenceMessages.repeats(words) : recurrenceMessages.repeatsSomehow;
  return <span className="muted small">{text}</span>;
}
