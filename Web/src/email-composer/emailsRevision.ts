import { createStore, useStore } from '../state/store';

/** Counts up whenever mails may have changed, so that every list on screen asks again. */
const emailsRevision = createStore(0);

export function emailsChanged(): void {
  emailsRevision.update((count) => count + 1);
}

export function useEmailsRevision(): number {
  return useStore(emailsRevision);
}
