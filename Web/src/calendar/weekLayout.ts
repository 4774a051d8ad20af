import type { CalendarEvent } from '../graphql/types';
import { eventDays } from '../time/format';
import type { EventTimes } from '../time/format';
import { minutesOfDay, wallTimeAt } from '../time/zonedTime';

/** An event's piece on one day: minutes from midnight, and its place among the events beside it. */
export interface DayPiece {
  event: CalendarEvent;
  from: number;
  to: number;
  column: number;
  columns: number;
}

/** Pixels. */
export const hourHeight = 48;

const dayMinutes = 1440;
/** A piece shorter than this could not show its title. */
const shortest = 25;

/** Whole-day events, and those of a day or longer, stand above the hours. */
export function isAboveHours(event: EventTimes): boolean {
  return event.isFullDay || Date.parse(event.endsAt) - Date.parse(event.startsAt) >= dayMinutes * 60_000;
}

export function touchesDay(event: CalendarEvent, day: string, zone: string): boolean {
  const { first, last } = eventDays(event, zone);
  return first <= day && day <= last;
}

/** Places a day's events side by side where they overlap, in as few columns as that takes. */
export function layoutDay(events: readonly CalendarEvent[], day: string, zone: string): DayPiece[] {
  const pieces = events
    .filter((event) => !isAboveHours(event) && touchesDay(event, day, zone))
    .map((event) => {
      const start = wallTimeAt(event.startsAt, zone);
      const end = wallTimeAt(event.endsAt, zone);
      const begins = start.date < day ? 0 : minutesOfDay(start.time);
      const ends = end.date > day ? dayMinutes : minutesOfDay(end.time);
      // What is late and short is drawn a little earlier, so that it does not hang out of its day.
      const from = Math.min(begins, dayMinutes - shortest);
      return { event, from, to: Math.max(ends, from + shortest), column: 0, columns: 1 };
    })
    .sort((a, b) => a.from - b.from || b.to - a.to || a.event.id.localeCompare(b.event.id));

  let group: DayPiece[] = [];
  let groupEnd = -1;
  const closeGroup = () => {
    const columns = Math.max(1, ...group.map(({ column }) => column + 1));
    for (const piece of group) piece.columns = columns;
    group = [];
  };
  for (const piece of pieces) {
    if (piece.from >= groupEnd) closeGroup();
    const taken = new Set(group.filter(({ to }) => to > piece.from).map(({ column }) => column));
    while (taken.has(piece.column)) piece.column += 1;
    group.push(piece);
    groupEnd = Math.max(groupEnd, piece.to);
  }
  closeGroup();
  return pieces;
}
