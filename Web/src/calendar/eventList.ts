import type { CalendarEvent } from '../graphql/types';

/** A list after events have arrived, and whether only the server can tell what belongs into it, and where. */
export interface ReceivedList {
  events: readonly CalendarEvent[];
  needsReload: boolean;
}

export function receiveEvents(
  events: readonly CalendarEvent[],
  arrived: readonly CalendarEvent[],
  mayBelong: (event: CalendarEvent) => boolean,
): ReceivedList {
  return arrived.reduce<ReceivedList>(
    (list, event) => {
      const next = receiveEvent(list.events, event, mayBelong);
      return { ...next, needsReload: list.needsReload || next.needsReload };
    },
    { events, needsReload: false },
  );
}

/** Replaces a copy as a whole, so that nothing stays behind that a member may no longer see. */
function receiveEvent(
  events: readonly CalendarEvent[],
  arrived: CalendarEvent,
  mayBelong: (event: CalendarEvent) => boolean,
): ReceivedList {
  const known = events.find(({ id }) => id === arrived.id);
  if (!known) return { events, needsReload: mayBelong(arrived) || events.some(isOccurrenceOf(arrived)) };
  return {
    events: events.map((event) => (event === known ? arrived : event)),
    needsReload:
      !mayBelong(arrived) ||
      placeFields.some((field) => known[field] !== arrived[field]) ||
      known.recurrence.join() !== arrived.recurrence.join(),
  };
}

/** A calendar lists the occurrences of a series, each under an id of its own, and never the series itself. */
function isOccurrenceOf(series: CalendarEvent): (event: CalendarEvent) => boolean {
  return ({ recurringEventId }) => recurringEventId === series.id;
}

/** What decides whether and where an event stands in a list. */
const placeFields = ['startsAt', 'endsAt', 'isFullDay', 'title', 'isCanceled'] as const;

const dayMs = 86_400_000;

/**
 * Whether an event, or an occurrence of it, may touch the time between two instants. Whole days begin
 * elsewhere in other zones; when a series ends is for the server to say.
 */
export function mayTouch(event: CalendarEvent, from: number, to: number): boolean {
  const slack = event.isFullDay ? dayMs : 0;
  const [start, end] = [Date.parse(event.startsAt), Date.parse(event.endsAt)];
  // What has no length is over at its start, and takes place then all the same.
  const mayGoOn = event.recurrence.length > 0 || end + slack > from || start >= from;
  return start - slack < to && mayGoOn;
}
