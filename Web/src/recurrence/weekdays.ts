/** Days of the week and places in a month, of dates written `YYYY-MM-DD`. */

export type Weekday = 'MO' | 'TU' | 'WE' | 'TH' | 'FR' | 'SA' | 'SU';

/** In the order of RFC 5545's week, which begins on Monday. */
export const weekdays: readonly Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
export const workdays: readonly Weekday[] = weekdays.slice(0, 5);

export function isWeekday(text: string): text is Weekday {
  return (weekdays as readonly string[]).includes(text);
}

export function inWeekOrder(chosen: Iterable<Weekday>): Weekday[] {
  const set = new Set(chosen);
  return weekdays.filter((weekday) => set.has(weekday));
}

/** Whether two choices of weekdays are the same one. */
export function areSameDays(one: readonly Weekday[], other: readonly Weekday[]): boolean {
  return inWeekOrder(one).join() === inWeekOrder(other).join();
}

export function weekdayOf(date: string): Weekday {
  const sundayFirst = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekdays[(sundayFirst + 6) % 7] ?? 'MO';
}

export function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}

export function monthOf(date: string): number {
  return Number(date.slice(5, 7));
}

export function dayOf(date: string): number {
  return Number(date.slice(8, 10));
}

/** The third Tuesday of its month is 3. */
export function placeInMonth(date: string): number {
  return Math.ceil(dayOf(date) / 7);
}

function daysInMonth(date: string): number {
  return new Date(Date.UTC(yearOf(date), monthOf(date), 0)).getUTCDate();
}

export function isLastDayOfMonth(date: string): boolean {
  return dayOf(date) === daysInMonth(date);
}

/** Whether no such weekday follows in its month. */
export function isLastOfItsKind(date: string): boolean {
  return dayOf(date) + 7 > daysInMonth(date);
}
