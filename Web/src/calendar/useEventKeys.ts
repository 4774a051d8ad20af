import { useEffect } from 'react';
import type { KeyboardEvent as ReactKeyboardEvent } from 'react';
import type { CalendarEvent } from '../graphql/types';
import type { EventTimes } from '../time/format';
import { formatWhen } from '../time/format';
import { eventMessages, weekMessages } from './messages';
import { moved, resized, stepMinutes, stepped } from './reschedule';
import type { NewTimes } from './reschedule';
import type { Rescheduling } from './useReschedule';
import { isAboveHours } from './weekLayout';

/** Alt with the arrow keys moves the event that has the focus, which is saved when Alt is let go. */
export function useEventKeys(
  events: readonly CalendarEvent[],
  zone: string,
  { ghost, setGhost, drop, announce, keepFocus }: Rescheduling,
) {
  useEffect(() => {
    if (!ghost?.isByKeys) return;
    const finish = () => {
      keepFocus(ghost.event.id);
      void drop(ghost);
    };
    const release = (event: KeyboardEvent) => {
      if (event.key === 'Alt') finish();
    };
    window.addEventListener('keyup', release);
    // Another window took the keys.
    window.addEventListener('blur', finish);
    return () => {
      window.removeEventListener('keyup', release);
      window.removeEventListener('blur', finish);
    };
  }, [ghost, drop, keepFocus]);

  return (pressed: ReactKeyboardEvent) => {
    if (pressed.key === 'Escape' && ghost?.isByKeys) {
      pressed.preventDefault();
      setGhost(undefined);
      announce(weekMessages.notMoved);
      return;
    }
    if (!pressed.altKey || pressed.ctrlKey || pressed.metaKey || !pressed.key.startsWith('Arrow')) return;
    const element = (pressed.target as Element).closest<HTMLElement>('[data-event-id]');
    const event = events.find(({ id }) => id === element?.dataset.eventId);
    if (!event) return;
    // Otherwise the browser goes back a page.
    pressed.preventDefault();
    if (!event.canEdit) {
      announce(event.editUnavailableReason ?? eventMessages.cannotChange);
      return;
    }
    const now: EventTimes = { ...event, ...(ghost?.event.id === event.id ? ghost.times : {}) };
    const times = timesAfter(pressed.key, pressed.shiftKey, now, zone);
    if (!times) return;
    setGhost({ event, times, isByKeys: true });
    announce(formatWhen({ ...now, ...times }, zone));
  };
}

function timesAfter(key: string, isResizing: boolean, event: EventTimes, zone: string): NewTimes | undefined {
  const direction = key === 'ArrowUp' || key === 'ArrowLeft' ? -1 : 1;
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    return isResizing ? undefined : moved(event, { days: direction, minutes: 0 }, zone);
  }
  if (isAboveHours(event)) return undefined;
  const minutes = direction * stepMinutes;
  return isResizing ? resized(event, minutes, zone) : stepped(event, minutes, zone);
}
