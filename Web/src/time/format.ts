import { timeMessages } from './messages';
import { addDays, wallTimeAt } from './zonedTime';

/** How dates and times are written for people, in the browser's language. */

const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  let found = cache.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(undefined, options);
    cache.set(key, found);
  }
  return found;
}

/** A calendar date has no zone; writing it in UTC keeps the day it names. */
export function formatDate(date: string, options: Intl.DateTimeFormatOptions): string {
  return formatter({ ...options, timeZone: 'UTC' }).format(Date.parse(`${date}T00:00:00Z`));
}

export function formatTime(instant: string | number, zone: string): string {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant);
  return formatter({ hour: 'numeric', minute: '2-digit', timeZone: zone }).format(ms);
}

export function formatMoment(instant: string | number, zone: string): string {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant);
  return formatter({ dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(ms);
}

const longDay: Intl.DateTimeFormatOptions = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
};

export interface EventTimes {
  startsAt: string;
  endsAt: string;
  isFullDay: boolean;
}

/** The first and last day an event touches, both inclusive, seen from a zone. */
export function eventDays(event: EventTimes, zone: string): { first: string; last: string } {
  if (event.isFullDay) {
    const first = event.startsAt.slice(0, 10);
    const last = addDays(event.endsAt.slice(0, 10), -1);
    return { first, last: last < first ? first : last };
  }
  const first = wallTimeAt(event.startsAt, zone).date;
  // The end is exclusive: a meeting until midnight does not touch the next day.
  const end = Math.max(Date.parse(event.startsAt), Date.parse(event.endsAt) - 1);
  return { first, last: wallTimeAt(end, zone).date };
}

/** Whether an event has no length. */
function isMoment(event: EventTimes): boolean {
  return !event.isFullDay && Date.parse(event.endsAt) === Date.parse(event.startsAt);
}

/** One sentence for when an event is: "Tuesday, 24 November 2026, 10:00 – 11:00". */
export function formatWhen(event: EventTimes, zone: string): string {
  const { first, last } = eventDays(event, zone);
  const firstDay = formatDate(first, longDay);
  if (event.isFullDay) {
    return first === last ? timeMessages.allDayOn(firstDay) : `${firstDay} – ${formatDate(last, longDay)}`;
  }
  const from = formatTime(event.startsAt, zone);
  if (isMoment(event)) return `${firstDay}, ${from}`;
  const to = formatTime(event.endsAt, zone);
  if (first === last) return `${firstDay}, ${from} – ${to}`;
  return `${firstDay}, ${from} – ${formatDate(wallTimeAt(event.endsAt, zone).date, longDay)}, ${to}`;
}

export function formatHours(event: EventTimes, zone: string, range = timeMessages.hours): string {
  if (event.isFullDay) return timeMessages.allDay;
  const from = formatTime(event.startsAt, zone);
  return isMoment(event) ? from : range({ from, to: formatTime(event.endsAt, zone) });
}

/** For screen readers. */
export function formatSpokenHours(event: EventTimes, zone: string): string {
  return formatHours(event, zone, timeMessages.spokenHours);
}

/** For narrow columns: "1:00 – 2:00 PM". */
export function formatHoursShort(event: EventTimes, zone: string): string {
  const ends = Math.max(Date.parse(event.startsAt), Date.parse(event.endsAt));
  const format = formatter({ hour: 'numeric', minute: '2-digit', timeZone: zone });
  // Up to midnight or over it, a range would name both dates, which the columns already do.
  return wallTimeAt(event.startsAt, zone).date === wallTimeAt(ends, zone).date
    ? format.formatRange(Date.parse(event.startsAt), ends)
    : `${formatTime(event.startsAt, zone)} – ${formatTime(ends, zone)}`;
}

/** 0 is Sunday. The browser's own idea where it has one, Monday otherwise. */
export function firstDayOfWeek(): number {
  type WeekInfo = { firstDay: number };
  const locale = new Intl.Locale(navigator.language) as Intl.Locale & {
    getWeekInfo?: () => WeekInfo;
    weekInfo?: WeekInfo;
  };
  return (locale.getWeekInfo?.() ?? locale.weekInfo ?? { firstDay: 1 }).firstDay % 7;
}

export function startOfWeek(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return addDays(date, -((weekday - firstDayOfWeek() + 7) % 7));
}

export function startOfMonth(date: string): string {
  return `${date.slice(0, 7)}-01`;
}

export function addMonths(date: string, months: number): string {
  const start = new Date(`${startOfMonth(date)}T00:00:00Z`);
  start.setUTCMonth(start.getUTCMonth() + months);
  return start.toISOString().slice(0, 10);
}
