import { createStore } from '../state/store';
import type { ComparedField } from './comparison';

/** Two versions of an event, of which a person chooses one. */
export interface VersionChoice {
  title: string;
  message: string;
  rows: readonly ComparedField[];
  /** What the columns are called. */
  mine: string;
  theirs: string;
  keepLabel: string;
  takeLabel: string;
}

export type ChosenVersion = 'mine' | 'theirs';

export const openChoice = createStore<
  (VersionChoice & { answer: (chosen: ChosenVersion | undefined) => void }) | undefined
>(undefined);

/** `undefined`: neither, for now. */
export function askToChoose(choice: VersionChoice): Promise<ChosenVersion | undefined> {
  openChoice.get()?.answer(undefined);
  return new Promise((resolve) => {
    openChoice.set({
      ...choice,
      answer: (chosen) => {
        openChoice.set(undefined);
        resolve(chosen);
      },
    });
  });
}
