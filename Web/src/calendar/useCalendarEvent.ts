import { useCallback, useEffect, useState } from 'react';
import { usePendingEvent } from '../event-changes';
import { request, RequestFailure, messageFor } from '../graphql/client';
import { CalendarEventDocument, RetryCalendarEventDocument } from '../graphql/generated';
import type { CalendarEvent } from '../graphql/types';
import { eventsChanged, useEventsRevision } from './eventsRevision';
import { onEventArrived, useIsLive } from './liveEvents';
import { pushMessages } from './messages';

const firstPauseMs = 1000;
const longestPauseMs = 8000;

/** Whether something about the event is still on its way. */
export function isUnsettled(event: CalendarEvent | null | undefined): boolean {
  return event?.conferenceStatus === 'PENDING' || event?.pushStatus === 'PENDING';
}

interface State {
  id: string;
  event?: CalendarEvent | null;
  error?: string;
  retryError?: string;
  isRetrying?: boolean;
}

/**
 * One event, as it is now, with what is on its way: what happens to it arrives by itself. Only while the live
 * connection is not open is an event that is on its way to its provider asked for again, every second, then
 * more slowly.
 */
export function useCalendarEvent(eventId: string) {
  const [stored, setState] = useState<State>({ id: eventId });
  const [attempt, setAttempt] = useState(0);
  const revision = useEventsRevision();
  const isLive = useIsLive();
  const state: State = stored.id === eventId ? stored : { id: eventId };

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let pause = firstPauseMs;
    let wasUnsettled = false;
    /** What arrives while an answer is on its way is shown; should it be older, a newer one follows it. */
    let arrived: CalendarEvent | undefined;
    let seriesId: string | null = null;
    const keep = (news: Partial<State>) =>
      setState((current) => ({ ...(current.id === eventId ? current : {}), id: eventId, ...news }));
    const stop = onEventArrived((event) => {
      // What became of an occurrence when its series changes is for the server to say.
      if (event.id === seriesId) setAttempt((count) => count + 1);
      if (event.id !== eventId) return;
      arrived = event;
      keep({ event, error: undefined });
    });
    const ask = async () => {
      arrived = undefined;
      try {
        const answer = await request(CalendarEventDocument, { eventId }, abort.signal);
        if (abort.signal.aborted) return;
        const event = arrived ?? answer.getCalendarEventById;
        seriesId = event?.recurringEventId ?? null;
        keep({ event, error: undefined });
        if (!isUnsettled(event)) {
          // Lists behind the details show the old state until they are told.
          if (wasUnsettled) eventsChanged();
          return;
        }
        wasUnsettled = true;
        if (isLive) return;
      } catch (error) {
        if (abort.signal.aborted || (error instanceof RequestFailure && error.kind === 'signedOut')) return;
        keep({ error: messageFor(error) });
        if (!wasUnsettled) return;
      }
      timer = setTimeout(() => void ask(), pause);
      pause = Math.min(pause * 1.25, longestPauseMs);
    };
    void ask();
    return () => {
      stop();
      abort.abort();
      clearTimeout(timer);
    };
  }, [eventId, attempt, revision, isLive]);

  const reload = useCallback(() => setAttempt((count) => count + 1), []);

  const retry = useCallback(async () => {
    setState((current) => ({ ...current, isRetrying: true, retryError: undefined }));
    try {
      const answer = await request(RetryCalendarEventDocument, { eventId });
      const { success, calendarEvent, error } = answer.retryCalendarEvent;
      setState((current) => ({
        ...current,
        isRetrying: false,
        event: calendarEvent ?? current.event,
        retryError: success ? undefined : (error ?? pushMessages.notRetried),
      }));
      eventsChanged();
    } catch (error) {
      setState((current) => ({ ...current, isRetrying: false, retryError: messageFor(error) }));
    }
  }, [eventId]);

  const { event: shown, isSaving } = usePendingEvent(state.event);
  // One that is being deleted is as good as gone.
  const event = state.event ? (shown ?? null) : state.event;
  return { ...state, event, isSaving, reload, retry };
}
