import { formatDate } from '../time/format';
import { lastDay } from './recurrence';
import type { SeriesTimes } from './recurrence';
import { readRule } from './rrule';
import type { WrittenRule } from './rrule';
import { areSameDays, dayOf, inWeekOrder, monthOf, weekdayNames, weekdayOf, workdays } from './weekdays';
import type { Weekday } from './weekdays';

const ofElsewhere = 'by a rule made elsewhere';

/**
 * How often an event is, in words that go on from "Repeats": "every second Tuesday until June 30, 2026". For
 * an event that happens once: `undefined`.
 */
export function describeRecurrence(lines: readonly string[], times: SeriesTimes): string | undefined {
  if (lines.length === 0) return undefined;
  const rules = lines.filter((line) => /^RRULE/i.test(line));
  const added = countDates(lines, /^RDATE/i);
  const left = countDates(lines, /^EXDATE/i);
  if (rules.length === 0) return added > 0 ? `on ${days(added)} chosen one by one` : ofElsewhere;
  const rule = rules.length === 1 ? readRule(rules[0] ?? '') : undefined;
  const words = rule && ruleWords(rule, times.startDate);
  if (!rule || !words) return ofElsewhere;
  const more = [added > 0 && `and on ${days(added)} more`, left > 0 && `except on ${days(left)}`];
  return [words + endWords(rule, times), ...more.filter(Boolean)].join(', ');
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}

function countDates(lines: readonly string[], name: RegExp): number {
  const found = lines.filter((line) => name.test(line));
  return found.reduce((sum, line) => sum + line.slice(line.indexOf(':') + 1).split(',').length, 0);
}

function endWords({ count, until }: WrittenRule, times: SeriesTimes): string {
  if (count !== undefined) return count === 1 ? ', once' : `, ${count} times`;
  return until ? ` until ${dateWords(lastDay(until, times))}` : '';
}

export function dateWords(date: string): string {
  return formatDate(date, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** The day of a year, as in every year. */
export function dayOfYearWords(month: number, day: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  // A leap year has every day.
  return formatDate(`2024-${two(month)}-${two(day)}`, { day: 'numeric', month: 'long' });
}

function ruleWords(rule: WrittenRule, start: string): string | undefined {
  if (rule.hasMore) return undefined;
  const { interval, days: named, monthDays, months, positions } = rule;
  const isPlain = monthDays.length === 0 && months.length === 0 && positions.length === 0;
  const chosen = inWeekOrder(named.map(({ weekday }) => weekday));
  const isEveryWeek = named.every(({ nth }) => nth === undefined);
  switch (rule.frequency) {
    case 'DAILY':
      if (!isPlain || !isEveryWeek) return undefined;
      if (named.length === 0) return every(interval, 'day');
      return interval === 1 ? weeklyWords(1, chosen) : undefined;
    case 'WEEKLY':
      if (!isPlain || !isEveryWeek) return undefined;
      return weeklyWords(interval, chosen.length > 0 ? chosen : [weekdayOf(start)]);
    case 'MONTHLY': {
      const on = dayWords(rule) ?? (isPlain && named.length === 0 ? ordinal(dayOf(start)) : undefined);
      const ofMonths = months.length > 0 ? ` of ${list(months.map(monthName))}` : '';
      return on && `${every(interval, 'month')} on the ${on}${ofMonths}`;
    }
    case 'YEARLY':
      return yearlyWords(rule, start);
    default:
      return undefined;
  }
}

function weeklyWords(interval: number, chosen: readonly Weekday[]): string {
  if (interval === 1 && chosen.length === 7) return 'every day';
  if (interval === 1 && areSameDays(chosen, workdays)) return 'every weekday (Monday to Friday)';
  const names = list(chosen.map((weekday) => weekdayNames[weekday]));
  // "Every second Tuesday" is a week's rhythm; with several days only the week can be the second one.
  if (chosen.length === 1 && interval <= 2) return every(interval, names);
  return `${every(interval, 'week')} on ${names}`;
}

function yearlyWords(rule: WrittenRule, start: string): string | undefined {
  const { interval, days: named, monthDays, months, positions } = rule;
  const year = every(interval, 'year');
  if (named.length === 0 && positions.length === 0 && monthDays.every((day) => day > 0)) {
    if (monthDays.length > 0 && months.length === 0) return undefined;
    const ofMonths = months.length > 0 ? months : [monthOf(start)];
    const ofDays = monthDays.length > 0 ? monthDays : [dayOf(start)];
    const dates = ofMonths.flatMap((month) => ofDays.map((day) => dayOfYearWords(month, day)));
    return `${year} on ${list(dates)}`;
  }
  const on = months.length > 0 ? dayWords(rule) : undefined;
  return on && `${year} on the ${on} of ${list(months.map(monthName))}`;
}

/** Which days of a month: "2nd and 16th", "last Friday", "first weekday". */
function dayWords({ days: named, monthDays, positions }: WrittenRule): string | undefined {
  if (named.length === 0) {
    return monthDays.length > 0 && positions.length === 0 ? list(monthDays.map(monthDayWords)) : undefined;
  }
  if (monthDays.length > 0) return undefined;
  if (positions.length === 0) {
    if (named.some(({ nth }) => nth === undefined)) return undefined;
    return list(named.map(({ weekday, nth }) => `${placeWords(nth ?? 1)} ${weekdayNames[weekday]}`));
  }
  if (named.some(({ nth }) => nth !== undefined)) return undefined;
  const chosen = inWeekOrder(named.map(({ weekday }) => weekday));
  const [only] = chosen;
  const kind =
    chosen.length === 7 ? 'day'
    : areSameDays(chosen, workdays) ? 'weekday'
    : chosen.length === 1 && only ? weekdayNames[only]
    : undefined;
  return kind && `${list(positions.map(placeWords))} ${kind}`;
}

function every(interval: number, unit: string): string {
  if (interval === 1) return `every ${unit}`;
  return interval === 2 ? `every second ${unit}` : `every ${interval} ${unit}s`;
}

function monthName(month: number): string {
  return formatDate(`2024-${String(month).padStart(2, '0')}-01`, { month: 'long' });
}

function monthDayWords(day: number): string {
  if (day > 0) return ordinal(day);
  return day === -1 ? 'last day' : `${placeWords(day)} day`;
}

const places = ['first', 'second', 'third', 'fourth', 'fifth'];

/** "third", "last", "second-to-last". */
export function placeWords(place: number): string {
  const name = places[Math.abs(place) - 1] ?? ordinal(Math.abs(place));
  if (place > 0) return name;
  return place === -1 ? 'last' : `${name}-to-last`;
}

export function ordinal(number: number): string {
  const rest = number % 100;
  const ending = rest >= 11 && rest <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}

function list(words: string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
