import { addDays, daysBetween } from '../time/zonedTime';
import {
  areSameDays,
  dayOf,
  isLastDayOfMonth,
  isLastOfItsKind,
  monthOf,
  placeInMonth,
  weekdayOf,
  weekdays,
  yearOf,
} from './weekdays';
import type { Weekday } from './weekdays';

/** Which day of a month. `nth` goes up to 4: a fifth one is not there every month, the last one is. */
export type MonthlyDay =
  | { kind: 'day'; day: number }
  | { kind: 'lastDay' }
  | { kind: 'nth'; nth: number; weekday: Weekday }
  | { kind: 'last'; weekday: Weekday };

/** On which days, leaving out how many of them are skipped and when it ends. */
export type Pattern =
  | { frequency: 'DAILY' }
  | { frequency: 'WEEKLY'; weekdays: Weekday[] }
  | { frequency: 'MONTHLY'; on: MonthlyDay }
  | { frequency: 'YEARLY'; month: number; day: number };

export type Frequency = Pattern['frequency'];

export type RuleEnd =
  | { kind: 'never' }
  /** The last day on which one may be, inclusive. */
  | { kind: 'on'; date: string }
  | { kind: 'after'; count: number };

/** What the editor can say. Every day is named outright, so that no start has to be known to read it. */
export interface RepeatRule {
  pattern: Pattern;
  /** Every so many days, weeks, months or years. */
  interval: number;
  end: RuleEnd;
}

/** Which days of the month a date can stand for, the plainest first. */
export function monthlyDays(date: string): MonthlyDay[] {
  const [weekday, nth] = [weekdayOf(date), placeInMonth(date)];
  const days: MonthlyDay[] = [{ kind: 'day', day: dayOf(date) }];
  if (nth <= 4) days.push({ kind: 'nth', nth, weekday });
  if (isLastOfItsKind(date)) days.push({ kind: 'last', weekday });
  if (isLastDayOfMonth(date)) days.push({ kind: 'lastDay' });
  return days;
}

/** The plainest pattern of a frequency that has the date in it. */
export function patternAt(date: string, frequency: Frequency): Pattern {
  switch (frequency) {
    case 'DAILY':
      return { frequency };
    case 'WEEKLY':
      return { frequency, weekdays: [weekdayOf(date)] };
    case 'MONTHLY':
      return { frequency, on: { kind: 'day', day: dayOf(date) } };
    case 'YEARLY':
      return { frequency, month: monthOf(date), day: dayOf(date) };
  }
}

/** Whether a date is among the days that a pattern names. */
export function fits(pattern: Pattern, date: string): boolean {
  switch (pattern.frequency) {
    case 'DAILY':
      return true;
    case 'WEEKLY':
      return pattern.weekdays.includes(weekdayOf(date));
    case 'MONTHLY':
      return monthlyDays(date).some((day) => isSameDay(day, pattern.on));
    case 'YEARLY':
      return monthOf(date) === pattern.month && dayOf(date) === pattern.day;
  }
}

function isSameDay(one: MonthlyDay, other: MonthlyDay): boolean {
  if (one.kind === 'day' && other.kind === 'day') return one.day === other.day;
  if (one.kind === 'nth' && other.kind === 'nth') {
    return one.nth === other.nth && one.weekday === other.weekday;
  }
  if (one.kind === 'last' && other.kind === 'last') return one.weekday === other.weekday;
  return one.kind === 'lastDay' && other.kind === 'lastDay';
}

export function isSamePattern(one: Pattern, other: Pattern): boolean {
  if (one.frequency === 'WEEKLY' && other.frequency === 'WEEKLY') {
    return areSameDays(one.weekdays, other.weekdays);
  }
  if (one.frequency === 'MONTHLY' && other.frequency === 'MONTHLY') return isSameDay(one.on, other.on);
  if (one.frequency === 'YEARLY' && other.frequency === 'YEARLY') {
    return one.month === other.month && one.day === other.day;
  }
  return one.frequency === other.frequency;
}

/** Longer than from one 29 February to the next, also around a year 2100. */
const searchedDays = 366 * 8;

/** The date itself or the next one that the pattern names. */
export function firstFit(pattern: Pattern, from: string): string | undefined {
  for (let days = 0; days <= searchedDays; days += 1) {
    const date = addDays(from, days);
    if (fits(pattern, date)) return date;
  }
  return undefined;
}

/**
 * The rule after its start has moved: weekly on that weekday, monthly on that day. Several weekdays stay as
 * they are, and so does a rule that did not have the old start in it.
 */
export function follow(rule: RepeatRule, from: string, to: string): RepeatRule {
  const { pattern } = rule;
  if (from === to || !isDate(to) || !fits(pattern, from)) return rule;
  switch (pattern.frequency) {
    case 'DAILY':
      return rule;
    case 'WEEKLY':
      return pattern.weekdays.length > 1 ? rule : { ...rule, pattern: patternAt(to, 'WEEKLY') };
    case 'MONTHLY':
      return { ...rule, pattern: { frequency: 'MONTHLY', on: sameKind(pattern.on, to) } };
    case 'YEARLY':
      return { ...rule, pattern: patternAt(to, 'YEARLY') };
  }
}

function sameKind(on: MonthlyDay, date: string): MonthlyDay {
  const [byDay, ...others] = monthlyDays(date);
  const isByWeekday = on.kind === 'nth' || on.kind === 'last';
  const same = [byDay, ...others].find((day) => day?.kind === on.kind);
  const similar = isByWeekday ? others.find(({ kind }) => kind === 'nth' || kind === 'last') : byDay;
  return same ?? similar ?? { kind: 'day', day: dayOf(date) };
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

/** How many of a series come before a day; the start is the first of them. */
export function countBefore(rule: RepeatRule, start: string, date: string): number {
  let count = 0;
  const days = daysBetween(start, date);
  for (let day = 0; day < days; day += 1) {
    if (isInstance(rule, start, addDays(start, day))) count += 1;
  }
  return count;
}

function isInstance({ pattern, interval }: RepeatRule, start: string, date: string): boolean {
  if (!fits(pattern, date)) return false;
  switch (pattern.frequency) {
    case 'DAILY':
      return daysBetween(start, date) % interval === 0;
    case 'WEEKLY':
      return (daysBetween(mondayOf(start), mondayOf(date)) / 7) % interval === 0;
    case 'MONTHLY':
      return ((yearOf(date) - yearOf(start)) * 12 + monthOf(date) - monthOf(start)) % interval === 0;
    case 'YEARLY':
      return (yearOf(date) - yearOf(start)) % interval === 0;
  }
}

function mondayOf(date: string): string {
  return addDays(date, -weekdays.indexOf(weekdayOf(date)));
}
