import { isWeekday } from './weekdays';
import type { Weekday } from './weekdays';

/** An RRULE as it is written (RFC 5545 §3.3.10), whatever it says. */
export interface WrittenRule {
  frequency: string;
  interval: number;
  days: Array<{ weekday: Weekday; nth?: number }>;
  monthDays: number[];
  months: number[];
  positions: number[];
  weekStart: Weekday;
  count?: number;
  /** As written: a date, a date-time in UTC, or a floating one. */
  until?: string;
  /** Whether it has parts beyond these. */
  hasMore: boolean;
}

/** Reads `RRULE:FREQ=…`, with or without the name; `undefined` when it is not one. */
export function readRule(line: string): WrittenRule | undefined {
  const rule: WrittenRule = {
    frequency: '',
    interval: 1,
    days: [],
    monthDays: [],
    months: [],
    positions: [],
    weekStart: 'MO',
    hasMore: false,
  };
  for (const part of line.replace(/^RRULE[^:]*:/i, '').split(';')) {
    const [name = '', value = ''] = part.toUpperCase().trim().split('=');
    if (!readPart(rule, name, value)) return undefined;
  }
  return rule.frequency ? rule : undefined;
}

function readPart(rule: WrittenRule, name: string, value: string): boolean {
  switch (name) {
    case '':
      return value === '';
    case 'FREQ':
      rule.frequency = value;
      return /^[A-Z]+$/.test(value);
    case 'INTERVAL':
      rule.interval = Number(value);
      return rule.interval >= 1;
    case 'COUNT':
      rule.count = Number(value);
      return rule.count >= 1;
    case 'UNTIL':
      rule.until = value;
      return /^\d{8}(T\d{6}Z?)?$/.test(value);
    case 'WKST':
      if (isWeekday(value)) rule.weekStart = value;
      return isWeekday(value);
    case 'BYDAY':
      return readDays(rule, value);
    case 'BYMONTHDAY':
      rule.monthDays = numbers(value);
      return areWhole(rule.monthDays);
    case 'BYMONTH':
      rule.months = numbers(value);
      return areWhole(rule.months);
    case 'BYSETPOS':
      rule.positions = numbers(value);
      return areWhole(rule.positions);
    default:
      rule.hasMore = true;
      return true;
  }
}

function readDays(rule: WrittenRule, value: string): boolean {
  for (const item of value.split(',')) {
    const [, nth, weekday = ''] = /^([+-]?\d+)?([A-Z]{2})$/.exec(item) ?? [];
    if (!isWeekday(weekday)) return false;
    rule.days.push(nth ? { weekday, nth: Number(nth) } : { weekday });
  }
  return true;
}

function numbers(value: string): number[] {
  return value.split(',').map(Number);
}

function areWhole(values: number[]): boolean {
  return values.every((value) => Number.isInteger(value) && value !== 0);
}
