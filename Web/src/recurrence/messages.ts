/**
 * How often events are, in words. A rule has more parts than there can be sentences, so these are phrases that go on
 * from “Repeats”, each with its own grammar. How texts are kept: `ui/messages.ts`.
 */
import type { Weekday } from './weekdays';

export const recurrenceMessages = {
  repeats: (rule: string) => `Repeats ${rule}`,
  /** When how often is not known. */
  repeatsSomehow: 'Repeats',
  doesNotRepeat: 'Does not repeat',
};

export const weekdayNames: Record<Weekday, string> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};

/** The usual answers to how often. */
export const choiceMessages = {
  daily: 'Every day',
  workdays: 'Every weekday (Monday to Friday)',
  weekly: (weekday: string) => `Every week on ${weekday}`,
  everySecondWeek: (weekday: string) => `Every second week on ${weekday}`,
  monthly: (day: string) => `Every month on the ${day}`,
  yearly: (date: string) => `Every year on ${date}`,
  onDay: (day: string) => `on the ${day}`,
};

/** Days of a month: "2nd and 16th", "last Friday", "first weekday". */
export const dayMessages = {
  list,
  dayOfMonth: (day: number) => {
    if (day > 0) return ordinal(day);
    return day === -1 ? 'last day' : `${place(day)} day`;
  },
  nthWeekday: ({ nth, weekday }: { nth: number; weekday: Weekday }) => `${place(nth)} ${weekdayNames[weekday]}`,
  nthDays: (places: readonly number[]) => `${list(places.map(place))} day`,
  nthWorkdays: (places: readonly number[]) => `${list(places.map(place))} weekday`,
  nthWeekdays: ({ places, weekday }: { places: readonly number[]; weekday: Weekday }) =>
    `${list(places.map(place))} ${weekdayNames[weekday]}`,
};

export const ruleMessages = {
  madeElsewhere: 'by a rule made elsewhere',
  chosenDays: (days: number) => `on ${dayCount(days)} chosen one by one`,
  daily: (interval: number) => every(interval, 'day'),
  workdays: 'every weekday (Monday to Friday)',
  /** "Every second Tuesday" is a week's rhythm; with several days only the week can be the second one. */
  weekly: ({ interval, weekdays }: { interval: number; weekdays: readonly Weekday[] }) => {
    const names = list(weekdays.map((weekday) => weekdayNames[weekday]));
    const isOne = weekdays.length === 1 && interval <= 2;
    return isOne ? every(interval, names) : `${every(interval, 'week')} on ${names}`;
  },
  monthly: ({ interval, days, months }: { interval: number; days: string; months: string[] }) =>
    `${every(interval, 'month')} on the ${days}${months.length > 0 ? ` of ${list(months)}` : ''}`,
  yearlyOnDates: ({ interval, dates }: { interval: number; dates: string[] }) =>
    `${every(interval, 'year')} on ${list(dates)}`,
  yearlyOnDays: ({ interval, days, months }: { interval: number; days: string; months: string[] }) =>
    `${every(interval, 'year')} on the ${days} of ${list(months)}`,
  /** A rule with its end, and with the days that were added to it and taken out of it. */
  series: ({ rule, count, until, added, left }: SeriesParts) => {
    const times = count === 1 ? ', once' : `, ${count} times`;
    const end = count !== undefined ? times : until === undefined ? '' : ` until ${until}`;
    const more = added > 0 ? `, and on ${dayCount(added)} more` : '';
    return `${rule}${end}${more}${left > 0 ? `, except on ${dayCount(left)}` : ''}`;
  },
};

interface SeriesParts {
  rule: string;
  count: number | undefined;
  until: string | undefined;
  added: number;
  left: number;
}

function dayCount(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

function every(interval: number, unit: string): string {
  if (interval === 1) return `every ${unit}`;
  return interval === 2 ? `every second ${unit}` : `every ${interval} ${unit}s`;
}

const places = ['first', 'second', 'third', 'fourth', 'fifth'];

/** "third", "last", "second-to-last". */
function place(number: number): string {
  const name = places[Math.abs(number) - 1] ?? ordinal(Math.abs(number));
  if (number > 0) return name;
  return number === -1 ? 'last' : `${name}-to-last`;
}

function ordinal(number: number): string {
  const rest = number % 100;
  const ending = rest >= 11 && rest <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}

function list(words: string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
