import { createStore, useStore } from '../state/store';

/** Counts up whenever events may have changed, so that every list on screen asks again. */
export const eventsRevision = createStore(0);

export function eventsChanged(): void {
  eventsRevision.update((count) => count + 1);
}

export function useEventsRevision(): number {
  return useStore(eventsRevision);
}
