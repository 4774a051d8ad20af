import { useEffect, useState } from 'react';
import { request, RequestFailure, wordsFor } from '../graphql/client';
import { eventFields } from '../graphql/eventFields';
import type { CalendarEvent, Connection } from '../graphql/types';
import { resolveWallTime } from '../time/zonedTime';
import { eventsChanged, useEventsRevision } from './eventsRevision';

const eventsQuery = `query CalendarEvents($from: DateTime!, $to: DateTime!, $after: String) {
  calendarEvents(from: $from, to: $to, first: 200, after: $after) {
    edges { cursor node { ...EventFields } }
    pageInfo { hasNextPage endCursor }
  }
}
${eventFields}`;

const maxPages = 10;
const refreshMs = 30_000;

async function loadEvents(from: string, to: string, signal: AbortSignal): Promise<CalendarEvent[]> {
  const events: CalendarEvent[] = [];
  let after: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const answer: { calendarEvents: Connection<CalendarEvent> } = await request(
      eventsQuery,
      { from, to, after },
      signal,
    );
    events.push(...answer.calendarEvents.edges.map(({ node }) => node));
    const { hasNextPage, endCursor } = answer.calendarEvents.pageInfo;
    if (!hasNextPage || !endCursor) break;
    after = endCursor;
  }
  return events;
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
    loadEvents(from, to, abort.signal)
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
