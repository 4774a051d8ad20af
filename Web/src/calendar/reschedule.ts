import type { EventTimes } from '../time/format';
import { addDays, resolveWallTime, rfc3339, wallFromValue, wallTimeAt, wallValue } from '../time/zonedTime';

/** Where events are moved with the pointer and the arrow keys. */
export const stepMinutes = 15;

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

export interface NewTimes {
  startsAt: string;
  endsAt: string;
}

/** As many days and minutes later as the clock of `zone` shows, whatever that clock does in between. */
export function moved(event: EventTimes, by: { days: number; minutes: number }, zone: string): NewTimes {
  if (event.isFullDay) {
    const later = (instant: string) => `${addDays(instant.slice(0, 10), by.days)}T00:00:00Z`;
    return { startsAt: later(event.startsAt), endsAt: later(event.endsAt) };
  }
  const shift = by.days * dayMs + by.minutes * minuteMs;
  const startsAt = clockTime(wallOf(event.startsAt, zone) + shift, zone, event.startsAt);
  const endsAt = clockTime(wallOf(event.endsAt, zone) + shift, zone, event.endsAt);
  // Where clocks change in the middle of it, it may have no length left on the clock.
  return Date.parse(endsAt) > Date.parse(startsAt) ? { startsAt, endsAt } : sameLength(event, startsAt, zone);
}

/** Ends as much later on the clock; never before one step is left of it. */
export function resized(event: EventTimes, minutes: number, zone: string): NewTimes {
  const start = Date.parse(event.startsAt);
  const end = Date.parse(clockTime(wallOf(event.endsAt, zone) + minutes * minuteMs, zone, event.endsAt));
  const shortest = start + Math.min(stepMinutes * minuteMs, Date.parse(event.endsAt) - start);
  return { startsAt: event.startsAt, endsAt: rfc3339(Math.max(end, shortest), zone) };
}

/**
 * Later by so many minutes that really pass: step by step, the clock would not get back over an hour that it
 * skips.
 */
export function stepped(event: EventTimes, minutes: number, zone: string): NewTimes {
  if (event.isFullDay) return event;
  return sameLength(event, rfc3339(Date.parse(event.startsAt) + minutes * minuteMs, zone), zone);
}

export function snapped(minutes: number): number {
  return Math.round(minutes / stepMinutes) * stepMinutes;
}

export function areSameTimes(one: NewTimes, other: NewTimes): boolean {
  return (
    Date.parse(one.startsAt) === Date.parse(other.startsAt) &&
    Date.parse(one.endsAt) === Date.parse(other.endsAt)
  );
}

function wallOf(instant: string, zone: string): number {
  return wallValue(wallTimeAt(instant, zone));
}

function clockTime(wall: number, zone: string, otherwise: string): string {
  return resolveWallTime(wallFromValue(wall), zone)?.rfc3339 ?? otherwise;
}

function sameLength(event: EventTimes, startsAt: string, zone: string): NewTimes {
  const length = Date.parse(event.endsAt) - Date.parse(event.startsAt);
  return { startsAt, endsAt: rfc3339(Date.parse(startsAt) + length, zone) };
}
