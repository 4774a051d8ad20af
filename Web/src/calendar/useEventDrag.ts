import type { PointerEvent as ReactPointerEvent, RefObject } from 'react';
import type { CalendarEvent } from '../graphql/types';
import { moved, resized, snapped } from './reschedule';
import type { Ghost, Rescheduling } from './useReschedule';
import { hourHeight, isAboveHours } from './weekLayout';

/** A hand is not quite still while it clicks. */
const slackPixels = 5;
const edgePixels = 28;
const scrollPixels = 12;

export type DragKind = 'move' | 'resize';
export type BeginDrag = (down: ReactPointerEvent, event: CalendarEvent, kind: DragKind) => void;

/** Moving an event with the mouse or a pen, and drawing its lower edge. A finger scrolls. */
export function useEventDrag(
  scroller: RefObject<HTMLElement>,
  zone: string,
  { setGhost, drop, isAsking }: Rescheduling,
): BeginDrag {
  return (down, event, kind) => {
    const box = scroller.current;
    const isMeant = down.button === 0 && down.pointerType !== 'touch';
    if (!box || !isMeant || !event.canEdit || isAsking.current) return;
    down.stopPropagation();
    const columns = [...box.querySelectorAll('.week-day')];
    const day = columnAt(columns, down.clientX);
    const from = { x: down.clientX, y: down.clientY, scroll: box.scrollTop, day };
    const { pointerId } = down;
    let ghost: Ghost | undefined;
    let frame = 0;

    const move = (to: PointerEvent) => {
      if (to.pointerId !== pointerId) return;
      if (!ghost && Math.hypot(to.clientX - from.x, to.clientY - from.y) < slackPixels) return;
      to.preventDefault();
      place(to);
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => scrollOn(to));
    };
    // A pointer that is held still at an edge sends no events, and the hours keep scrolling below it.
    const scrollOn = (at: PointerEvent) => {
      if (!scrollAtEdge(box, at.clientY)) return;
      place(at);
      frame = requestAnimationFrame(() => scrollOn(at));
    };
    const place = (to: PointerEvent) => {
      const pixels = to.clientY - from.y + box.scrollTop - from.scroll;
      const minutes = snapped((pixels / hourHeight) * 60);
      const days = columnAt(columns, to.clientX) - from.day;
      const by = { days, minutes: isAboveHours(event) ? 0 : minutes };
      const times = kind === 'resize' ? resized(event, minutes, zone) : moved(event, by, zone);
      ghost = { event, times };
      setGhost(ghost);
    };
    const end = (isDrop: boolean) => {
      stop();
      if (!ghost) return;
      // After Escape the button is still to be let go.
      if (isDrop) {
        swallowClick();
        void drop(ghost);
      } else {
        document.addEventListener('pointerup', swallowClick, { once: true });
        setGhost(undefined);
      }
    };
    const up = (at: PointerEvent) => at.pointerId === pointerId && end(true);
    const cancel = () => end(false);
    const key = (pressed: KeyboardEvent) => {
      if (pressed.key !== 'Escape' || !ghost) return;
      pressed.preventDefault();
      pressed.stopPropagation();
      cancel();
    };
    const stop = () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('pointermove', move);
      document.removeEventListener('pointerup', up);
      document.removeEventListener('pointercancel', cancel);
      document.removeEventListener('keydown', key, true);
      window.removeEventListener('blur', cancel);
    };
    document.addEventListener('pointermove', move);
    document.addEventListener('pointerup', up);
    document.addEventListener('pointercancel', cancel);
    document.addEventListener('keydown', key, true);
    window.addEventListener('blur', cancel);
  };
}

function columnAt(columns: Element[], x: number): number {
  const index = columns.findIndex((column) => x < column.getBoundingClientRect().right);
  return index < 0 ? columns.length - 1 : index;
}

/** Whether there was anything left to scroll to. */
function scrollAtEdge(box: HTMLElement, y: number): boolean {
  const before = box.scrollTop;
  const { top, bottom } = box.getBoundingClientRect();
  if (y > bottom - edgePixels) box.scrollTop += scrollPixels;
  // Above the hours stand the days and what lasts all day.
  const hours = box.querySelector('.week-above')?.getBoundingClientRect().bottom ?? top;
  if (y < hours + edgePixels) box.scrollTop -= scrollPixels;
  return box.scrollTop !== before;
}

/** Letting go is no click, neither on the event nor on the day below it. */
function swallowClick(): void {
  const swallow = (click: MouseEvent) => {
    click.preventDefault();
    click.stopPropagation();
  };
  document.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener('click', swallow, true));
}
