import { useEffect, useRef, useState } from 'react';
import { delay } from './delay';
import type { Delay } from './delay';

const pauseMs = 300;

/** Something that is done once, a moment after the first of several askings. */
export function debounceFirst(action: () => void, wait: Delay = delay): { ask: () => void; cancel: () => void } {
  let cancelPending: (() => void) | undefined;
  return {
    // Later askings do not put it off: changes without end would put it off for ever.
    ask: () => {
      cancelPending ??= wait(() => {
        cancelPending = undefined;
        action();
      }, pauseMs);
    },
    cancel: () => {
      cancelPending?.();
      cancelPending = undefined;
    },
  };
}

export function useDebounceFirst(action: () => void): () => void {
  const latest = useRef(action);
  latest.current = action;
  const [asked] = useState(() => debounceFirst(() => latest.current()));
  useEffect(() => asked.cancel, [asked]);
  return asked.ask;
}
