import type { CalendarEvent } from '../graphql/types';
import { createStore, useStore } from '../state/store';

/** A change that was asked for and not yet answered: events are shown as if it had been made. */
export interface PendingChange {
  id: number;
  /** The event as it will be; `undefined` when it will be gone. */
  apply(event: CalendarEvent): CalendarEvent | undefined;
  /** When the server took it: lists that were asked for since then have it. */
  takenAt?: number;
  /** The event as the server answered it, to which nothing is to be added. */
  saved?: CalendarEvent;
}

const pendingChanges = createStore<readonly PendingChange[]>([]);
let count = 0;

export function addPending(apply: PendingChange['apply']): number {
  const id = ++count;
  pendingChanges.update((changes) => [...changes, { id, apply }]);
  return id;
}

/** It was refused, or taken back: everything is shown as it is. */
export function dropPending(id: number): void {
  pendingChanges.update((changes) => changes.filter((change) => change.id !== id));
}

/** It was made. What was loaded before may still be on screen, so it is shown until a list is loaded. */
export function takePending(id: number, saved?: CalendarEvent): void {
  const takenAt = ++count;
  pendingChanges.update((changes) =>
    changes.map((change) => (change.id === id ? { ...change, takenAt, saved } : change)),
  );
}

/** A moment that lies after everything that has been taken. */
export function pendingMoment(): number {
  return count;
}

/** What was asked for at `moment` has arrived, with every change that had been taken by then. */
export function dropTakenBefore(moment: number): void {
  pendingChanges.update((changes) => {
    const left = changes.filter(({ takenAt }) => takenAt === undefined || takenAt > moment);
    return left.length === changes.length ? changes : left;
  });
}

export function withPending(
  event: CalendarEvent,
  changes: readonly PendingChange[] = pendingChanges.get(),
): CalendarEvent | undefined {
  return changes.reduce<CalendarEvent | undefined>((shown, { apply, saved }) => {
    const isDone = saved?.id === event.id && saved.version === event.version;
    return isDone ? shown : shown && apply(shown);
  }, event);
}

/** An event with what is pending, and whether that is anything. */
export function usePendingEvent(event: CalendarEvent | null | undefined) {
  const changes = useStore(pendingChanges);
  const shown = event ? withPending(event, changes) : event;
  return { event: shown, isSaving: Boolean(event) && shown !== event };
}

export function usePendingEvents(events: readonly CalendarEvent[] | undefined) {
  const changes = useStore(pendingChanges);
  if (!events || changes.length === 0) return events;
  return events.flatMap((event) => withPending(event, changes) ?? []);
}
