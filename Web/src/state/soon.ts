import { useEffect, useRef, useState } from 'react';
import { later } from './later';
import type { Later } from './later';

const pauseMs = 300;

/** Something that is done once, a moment after the first of several askings. */
export function soon(action: () => void, wait: Later = later): { ask: () => void; cancel: () => void } {
  let callOff: (() => void) | undefined;
  return {
    // Later askings do not put it off: changes without end would put it off for ever.
    ask: () => {
      callOff ??= wait(() => {
        callOff = undefined;
        action();
      }, pauseMs);
    },
    cancel: () => {
      callOff?.();
      callOff = undefined;
    },
  };
}

export function useSoon(action: () => void): () => void {
  const latest = useRef(action);
  latest.current = action;
  const [asked] = useState(() => soon(() => latest.current()));
  useEffect(() => asked.cancel, [asked]);
  return asked.ask;
}
