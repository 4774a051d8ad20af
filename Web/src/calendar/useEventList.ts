import { useCallback, useEffect, useRef, useState } from 'react';
import { dropTakenBefore, pendingMoment, usePendingEvents } from '../event-changes';
import { RequestFailure, messageFor } from '../graphql/client';
import type { CalendarEvent } from '../graphql/types';
import { useDebounceFirst } from '../state/debounceFirst';
import { createStore, useStore } from '../state/store';
import { receiveEvents } from './eventList';
import { eventsChanged, useEventsRevision } from './eventsRevision';
import { useArrivedEvents, useIsLive } from './liveEvents';

const refreshMs = 30_000;

interface Shown<List> {
  list?: List;
  /** What the list was asked for. */
  key?: string;
  error?: string;
}

/**
 * A list that is asked for when `key` changes and whenever events may have come or gone; an event that
 * arrives takes the place of its copy at once. The last answer stays on screen until then, and changes that
 * are on their way are shown as if they were made.
 */
export function useEventList<List extends { events: readonly CalendarEvent[] }>(
  key: string,
  load: (signal: AbortSignal) => Promise<List>,
  mayBelong: (event: CalendarEvent) => boolean,
) {
  const [store] = useState(() => createStore<Shown<List>>({}));
  const shown = useStore(store);
  const [attempt, setAttempt] = useState(0);
  const revision = useEventsRevision();
  const isLive = useIsLive();
  const reload = useCallback(() => setAttempt((count) => count + 1), []);
  const reloadSoon = useDebounceFirst(reload);

  const latest = useRef({ load, mayBelong });
  latest.current = { load, mayBelong };
  /** What has arrived while an answer is on its way, and may be newer than it. */
  const overtaking = useRef<CalendarEvent[]>();

  useEffect(() => {
    const abort = new AbortController();
    const arrived: CalendarEvent[] = (overtaking.current = []);
    const moment = pendingMoment();
    latest.current.load(abort.signal).then(
      (answer) => {
        if (abort.signal.aborted) return;
        overtaking.current = undefined;
        const { events, needsReload } = receiveEvents(answer.events, arrived, latest.current.mayBelong);
        store.set({ list: { ...answer, events }, key });
        dropTakenBefore(moment);
        if (needsReload) reloadSoon();
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        overtaking.current = undefined;
        if (error instanceof RequestFailure && error.kind === 'signedOut') return;
        store.update((current) => ({ ...current, error: messageFor(error) }));
      },
    );
    return () => abort.abort();
  }, [key, revision, attempt, store, reloadSoon]);

  useArrivedEvents((arrived) => {
    overtaking.current?.push(arrived);
    const { list } = store.get();
    if (!list) return;
    const { events, needsReload } = receiveEvents(list.events, [arrived], mayBelong);
    if (events !== list.events) store.update((current) => ({ ...current, list: { ...list, events } }));
    // An answer on its way may have it already.
    if (needsReload && !overtaking.current) reloadSoon();
  });

  const isInDoubt = !isLive || shown.error !== undefined;
  useEffect(() => {
    // Colleagues and providers change things too: without a live connection nobody tells.
    if (!isInDoubt) return;
    const timer = setInterval(() => {
      if (!document.hidden) eventsChanged();
    }, refreshMs);
    return () => clearInterval(timer);
  }, [isInDoubt]);

  const events = usePendingEvents(shown.list?.events);
  const list = shown.list && events ? { ...shown.list, events } : undefined;
  return { ...shown, list, isCurrent: shown.key === key, reload };
}
