import { request } from '../graphql/client';
import { CalendarEventsDocument } from '../graphql/generated';
import type { CalendarEvent } from '../graphql/types';
import { resolveWallTime } from '../time/zonedTime';
import { mayTouch } from './eventList';
import { eventsChanged } from './eventsRevision';
import { useEventList } from './useEventList';

const maxPages = 10;

interface Range {
  from: string;
  to: string;
}

async function loadEvents(
  range: Range,
  signal: AbortSignal,
  after: string | null = null,
  page = 1,
): Promise<CalendarEvent[]> {
  const { calendarEvents } = await request(CalendarEventsDocument, { ...range, after }, signal);
  const events = calendarEvents.edges.map(({ node }) => node);
  const { hasNextPage, endCursor } = calendarEvents.pageInfo;
  if (!hasNextPage || !endCursor || page === maxPages) return events;
  return [...events, ...(await loadEvents(range, signal, endCursor, page + 1))];
}

/** Every event that touches the days from `first` up to, not including, `end`, in a zone. */
export function useCalendarEvents(first: string, end: string, zone: string) {
  const from = resolveWallTime({ date: first, time: '00:00' }, zone);
  const to = resolveWallTime({ date: end, time: '00:00' }, zone);
  const { list, error, isCurrent } = useEventList(
    `${first} ${end} ${zone}`,
    async (signal) => {
      if (!from || !to) return { events: [] };
      return { events: await loadEvents({ from: from.rfc3339, to: to.rfc3339 }, signal) };
    },
    (event) => from !== undefined && to !== undefined && mayTouch(event, from.instant, to.instant),
  );
  return {
    events: list?.events ?? [],
    isLoading: !isCurrent && !error,
    isFirstLoad: list === undefined && !error,
    error,
    reload: eventsChanged,
  };
}
