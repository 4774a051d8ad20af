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
  const [known, ...others] = events.filter(({ id }) => id === arrived.id);
  if (!known) return { events, needsReload: mayBelong(arrived) };
  // The occurrences of a series share its id, and which of them has changed is not told.
  if (others.length > 0 || arrived.recurrence.length > 0) return { events, needsReload: true };
  return {
    events: events.map((event) => (event === known ? arrived : event)),
    needsReload: !mayBelong(arrived) || placeFields.some((field) => known[field] !== arrived[field]),
  };
}

/** What decides whether and where an event stands in a list. */
const placeFields = ['startsAt', 'endsAt', 'isFullDay', 'title', 'isCanceled'] as const;

const dayMs = 86_400_000;

/** Whether an event may touch the time between two instants. Whole days begin elsewhere in other zones. */
export function mayTouch(event: CalendarEvent, from: number, to: number): boolean {
  const slack = event.isFullDay ? dayMs : 0;
  return Date.parse(event.startsAt) - slack < to && Date.parse(event.endsAt) + slack > from;
}
