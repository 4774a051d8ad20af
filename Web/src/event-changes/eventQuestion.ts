import type { RecurrenceScope } from '../graphql/generated';
import { createStore } from '../state/store';

/** Something that is asked before an event is changed. */
export interface EventQuestion {
  title: string;
  /** What will happen besides, such as who is told. */
  message?: string;
  /** Which occurrences can be chosen; empty when it is not about a series. */
  scopes: readonly RecurrenceScope[];
  confirmLabel: string;
  isDangerous?: boolean;
}

export type EventAnswer = { scope: RecurrenceScope | undefined };

export const openQuestion = createStore<
  (EventQuestion & { answer: (answer: EventAnswer | undefined) => void }) | undefined
>(undefined);

/** `undefined`: not at all. A question that is still open when the next one comes is answered so. */
export function askAbout(question: EventQuestion): Promise<EventAnswer | undefined> {
  openQuestion.get()?.answer(undefined);
  return new Promise((resolve) => {
    openQuestion.set({
      ...question,
      answer: (answer) => {
        openQuestion.set(undefined);
        resolve(answer);
      },
    });
  });
}

const anyScope: readonly RecurrenceScope[] = ['THIS', 'THIS_AND_FOLLOWING', 'ALL'];

/** A rule belongs to the series: one occurrence cannot have one of its own. */
export function scopesOf(changesRule: boolean): readonly RecurrenceScope[] {
  return changesRule ? anyScope.slice(1) : anyScope;
}
