import { formatDate } from '../time/format';
import { dayMessages, ruleMessages } from './messages';
import { lastDay } from './recurrence';
import type { SeriesTimes } from './recurrence';
import { readRule } from './rrule';
import type { WrittenRule } from './rrule';
import { areSameDays, dayOf, inWeekOrder, monthOf, weekdayOf, workdays } from './weekdays';
import type { Weekday } from './weekdays';

/**
 * How often an event is, in words that go on from "Repeats": "every second Tuesday until June 30, 2026". For
 * an event that happens once: `undefined`.
 */
export function describeRecurrence(lines: readonly string[], times: SeriesTimes): string | undefined {
  if (lines.length === 0) return undefined;
  const rules = lines.filter((line) => /^RRULE/i.test(line));
  const added = countDates(lines, /^RDATE/i);
  const left = countDates(lines, /^EXDATE/i);
  if (rules.length === 0) return added > 0 ? ruleMessages.chosenDays(added) : ruleMessages.madeElsewhere;
  const rule = rules.length === 1 ? readRule(rules[0] ?? '') : undefined;
  const words = rule && ruleWords(rule, times.startDate);
  if (!rule || !words) return ruleMessages.madeElsewhere;
  const until = rule.until && dateWords(lastDay(rule.until, times));
  return ruleMessages.series({ rule: words, count: rule.count, until, added, left });
}

function countDates(lines: readonly string[], name: RegExp): number {
  const found = lines.filter((line) => name.test(line));
  return found.reduce((sum, line) => sum + line.slice(line.indexOf(':') + 1).split(',').length, 0);
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
      if (named.length === 0) return ruleMessages.daily(interval);
      return interval === 1 ? weeklyWords(1, chosen) : undefined;
    case 'WEEKLY':
      if (!isPlain || !isEveryWeek) return undefined;
      return weeklyWords(interval, chosen.length > 0 ? chosen : [weekdayOf(start)]);
    case 'MONTHLY': {
      const ofStart = isPlain && named.length === 0 ? dayMessages.dayOfMonth(dayOf(start)) : undefined;
      const on = dayWords(rule) ?? ofStart;
      return on && ruleMessages.monthly({ interval, days: on, months: months.map(monthName) });
    }
    case 'YEARLY':
      return yearlyWords(rule, start);
    default:
      return undefined;
  }
}

function weeklyWords(interval: number, chosen: readonly Weekday[]): string {
  if (interval === 1 && chosen.length === 7) return ruleMessages.daily(1);
  if (interval === 1 && areSameDays(chosen, workdays)) return ruleMessages.workdays;
  return ruleMessages.weekly({ interval, weekdays: chosen });
}

function yearlyWords(rule: WrittenRule, start: string): string | undefined {
  const { interval, days: named, monthDays, months, positions } = rule;
  if (named.length === 0 && positions.length === 0 && monthDays.every((day) => day > 0)) {
    if (monthDays.length > 0 && months.length === 0) return undefined;
    const ofMonths = months.length > 0 ? months : [monthOf(start)];
    const ofDays = monthDays.length > 0 ? monthDays : [dayOf(start)];
    const dates = ofMonths.flatMap((month) => ofDays.map((day) => dayOfYearWords(month, day)));
    return ruleMessages.yearlyOnDates({ interval, dates });
  }
  const on = months.length > 0 ? dayWords(rule) : undefined;
  return on && ruleMessages.yearlyOnDays({ interval, days: on, months: months.map(monthName) });
}

/** Which days of a month: "2nd and 16th", "last Friday", "first weekday". */
function dayWords({ days: named, monthDays, positions }: WrittenRule): string | undefined {
  const { list, dayOfMonth, nthWeekday, nthDays, nthWorkdays, nthWeekdays } = dayMessages;
  if (named.length === 0) {
    return monthDays.length > 0 && positions.length === 0 ? list(monthDays.map(dayOfMonth)) : undefined;
  }
  if (monthDays.length > 0) return undefined;
  if (positions.length === 0) {
    if (named.some(({ nth }) => nth === undefined)) return undefined;
    return list(named.map(({ weekday, nth = 1 }) => nthWeekday({ nth, weekday })));
  }
  if (named.some(({ nth }) => nth !== undefined)) return undefined;
  const chosen = inWeekOrder(named.map(({ weekday }) => weekday));
  const [only] = chosen;
  if (chosen.length === 7) return nthDays(positions);
  if (areSameDays(chosen, workdays)) return nthWorkdays(positions);
  return chosen.length === 1 && only ? nthWeekdays({ places: positions, weekday: only }) : undefined;
}

function monthName(month: number): string {
  return formatDate(`2024-${String(month).padStart(2, '0')}-01`, { month: 'long' });
}
