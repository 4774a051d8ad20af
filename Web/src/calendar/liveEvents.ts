import { useEffect, useRef } from 'react';
import { loadSession } from '../auth/sessionState';
import { CalendarEventChangedDocument } from '../graphql/generated';
import { subscribe } from '../graphql/subscribe';
import type { CalendarEvent } from '../graphql/types';
import { createStore, useStore } from '../state/store';
import { eventsChanged } from './eventsRevision';

/** Whether changes arrive by themselves. A page that nobody looks at has no connection. */
export type LiveState = 'off' | 'connecting' | 'open';

export const liveState = createStore<LiveState>('off');

const listeners = new Set<(event: CalendarEvent) => void>();

/** Calls with each event that has changed, as the signed-in member may see it; answers what ends that. */
export function onEventArrived(listener: (event: CalendarEvent) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** An event as the server has just told it, in whatever answer: as good as one that arrived by itself. */
export function publishEvent(event: CalendarEvent): void {
  for (const listener of [...listeners]) listener(event);
}

export function useArrivedEvents(listener: (event: CalendarEvent) => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => onEventArrived((event) => latest.current(event)), []);
}

export function useIsLive(): boolean {
  return useStore(liveState) === 'open';
}

/** What of the page a test replaces. */
export interface Visibility {
  isHidden(): boolean;
  onChange(listener: () => void): () => void;
}

const thisPage: Visibility = {
  isHidden: () => document.hidden,
  onChange: (listener) => {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
};

/**
 * The one connection of this page, for every event of the workspace. Without HTTP/2 a browser has six
 * connections for a host and all of its tabs, so a hidden page gives its own up. One tab that shares with the
 * others would be no better: a system may put the one to sleep that the others rely on.
 */
export function followEvents(page: Visibility = thisPage, open: typeof subscribe = subscribe): () => void {
  let close: (() => void) | undefined;
  const sync = () => {
    if (page.isHidden()) {
      close?.();
      close = undefined;
      liveState.set('off');
    } else if (!close) {
      liveState.set('connecting');
      close = open(CalendarEventChangedDocument, {}, connection);
    }
  };
  const stop = page.onChange(sync);
  sync();
  return () => {
    stop();
    close?.();
    liveState.set('off');
  };
}

const connection: Parameters<typeof subscribe<typeof CalendarEventChangedDocument>>[2] = {
  onData: ({ calendarEventChanged }) => publishEvent(calendarEventChanged),
  onOpen: () => liveState.set('open'),
  onMissed: eventsChanged,
  onLost: (isRefused) => {
    liveState.set('connecting');
    // An EventSource tells no status; whether the session has ended is learnt by asking for it.
    if (isRefused) void loadSession();
  },
};
