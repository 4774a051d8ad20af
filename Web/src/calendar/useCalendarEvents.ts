import { useEffect, useState } from 'react';
import { request, RequestFailure, wordsFor } from '../graphql/client';
import { CalendarEventsDocument } from '../graphql/generated';
import type { CalendarEvent } from '../graphql/types';
import { resolveWallTime } from '../time/zonedTime';
import { eventsChanged, useEventsRevision } from './eventsRevision';

const maxPages = 10;
const refreshMs = 30_000;

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
  const [state, setState] = useState<{ events?: CalendarEvent[]; key?: string; error?: string }>({});
  const revision = useEventsRevision();
  const key = `${first} ${end} ${zone}`;

  useEffect(() => {
    const from = resolveWallTime({ date: first, time: '00:00' }, zone)?.rfc3339;
    const to = resolveWallTime({ date: end, time: '00:00' }, zone)?.rfc3339;
    if (!from || !to) return;
    const abort = new AbortController();
    loadEvents({ from, to }, abort.signal)
      .then((events) => {
        if (!abort.signal.aborted) setState({ events, key });
      })
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        if (error instanceof RequestFailure && error.kind === 'signedOut') return;
        setState((current) => ({ ...current, error: wordsFor(error) }));
      });
    return () => abort.abort();
  }, [first, end, zone, key, revision]);

  useEffect(() => {
    // Colleagues and providers change things too.
    const timer = setInterval(() => {
      if (!document.hidden) eventsChanged();
    }, refreshMs);
    return () => clearInterval(timer);
  }, []);

  const isCurrent = state.key === key;
  return {
    events: state.events ?? [],
    isLoading: !isCurrent && !state.error,
    isFirstLoad: state.events === undefined && !state.error,
    error: state.error,
    reload: eventsChanged,
  };
}
