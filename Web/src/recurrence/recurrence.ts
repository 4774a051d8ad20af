import { addDays, resolveWallTime, wallTimeAt } from '../time/zonedTime';
import { follow, patternAt } from './repeatRule';
import type { MonthlyDay, Pattern, RepeatRule, RuleEnd } from './repeatRule';
import { readRule } from './rrule';
import type { WrittenRule } from './rrule';
import { dayOf, inWeekOrder, monthOf } from './weekdays';

/** How often an event is, as a form holds it. */
export type Recurrence =
  | { kind: 'once' }
  /** `others` are the lines beside the rule, such as the days left out. */
  | { kind: 'rule'; rule: RepeatRule; others: string[] }
  /** What the editor cannot say, and therefore keeps as it is. */
  | { kind: 'foreign'; lines: string[] };

/** What a rule does not say itself and needs to be read or written. */
export interface SeriesTimes {
  /** The first day, seen from `timeZone`. */
  startDate: string;
  startTime: string;
  isFullDay: boolean;
  timeZone: string;
}

export const once: Recurrence = { kind: 'once' };

export function readRecurrence(lines: readonly string[], times: SeriesTimes): Recurrence {
  if (lines.length === 0) return once;
  const rules = lines.filter((line) => /^RRULE/i.test(line));
  const others = lines.filter((line) => /^EXDATE/i.test(line));
  const foreign: Recurrence = { kind: 'foreign', lines: [...lines] };
  const isOneRule = rules.length === 1 && rules.length + others.length === lines.length;
  const written = isOneRule && readRule(rules[0] ?? '');
  const rule = written && editable(written, times);
  return rule ? { kind: 'rule', rule, others } : foreign;
}

function editable(written: WrittenRule, times: SeriesTimes): RepeatRule | undefined {
  const pattern = written.hasMore ? undefined : patternOf(written, times.startDate);
  return pattern && { pattern, interval: written.interval, end: endOf(written, times) };
}

function patternOf(written: WrittenRule, start: string): Pattern | undefined {
  const { frequency, days, monthDays, months, positions, interval } = written;
  const has = { months: months.length > 0, days: days.length > 0, monthDays: monthDays.length > 0 };
  const isEveryWeek = days.every(({ nth }) => nth === undefined);
  const chosen = inWeekOrder(days.map(({ weekday }) => weekday));
  switch (frequency) {
    case 'DAILY':
      if (has.months || has.monthDays || positions.length > 0) return undefined;
      if (!has.days) return { frequency };
      return isEveryWeek && interval === 1 ? { frequency: 'WEEKLY', weekdays: chosen } : undefined;
    case 'WEEKLY':
      if (has.months || has.monthDays || positions.length > 0 || !isEveryWeek) return undefined;
      // Where the week begins matters only for every second week and more, on several days.
      if (written.weekStart !== 'MO' && interval > 1 && chosen.length > 1) return undefined;
      return has.days ? { frequency, weekdays: chosen } : patternAt(start, frequency);
    case 'MONTHLY': {
      const on = has.months ? undefined : monthlyDay(written, start);
      return on && { frequency, on };
    }
    case 'YEARLY': {
      if (has.days || positions.length > 0 || months.length > 1 || monthDays.length > 1) return undefined;
      const [month = monthOf(start), day = dayOf(start)] = [months[0], monthDays[0]];
      // Days without a month are in every month.
      return day > 0 && (has.months || !has.monthDays) ? { frequency, month, day } : undefined;
    }
    default:
      return undefined;
  }
}

function monthlyDay({ days, monthDays, positions }: WrittenRule, start: string): MonthlyDay | undefined {
  const [day, ...moreDays] = days;
  const [monthDay, ...moreMonthDays] = monthDays;
  const [position, ...morePositions] = positions;
  if (moreDays.length + moreMonthDays.length + morePositions.length > 0) return undefined;
  if (!day) {
    if (position !== undefined) return undefined;
    if (monthDay === -1) return { kind: 'lastDay' };
    const number = monthDay ?? dayOf(start);
    return number > 0 ? { kind: 'day', day: number } : undefined;
  }
  if (monthDay !== undefined || (day.nth !== undefined && position !== undefined)) return undefined;
  const nth = day.nth ?? position;
  if (nth === -1) return { kind: 'last', weekday: day.weekday };
  const isEvery = nth !== undefined && nth >= 1 && nth <= 4;
  return isEvery ? { kind: 'nth', nth, weekday: day.weekday } : undefined;
}

function endOf({ count, until }: WrittenRule, times: SeriesTimes): RuleEnd {
  if (count !== undefined) return { kind: 'after', count };
  return until ? { kind: 'on', date: lastDay(until, times) } : { kind: 'never' };
}

/** The last day on which one can still start. */
export function lastDay(until: string, times: SeriesTimes): string {
  const date = `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`;
  if (times.isFullDay || until.length === 8) return date;
  const time = `${until.slice(9, 11)}:${until.slice(11, 13)}`;
  const wall = until.endsWith('Z') ? wallTimeAt(`${date}T${time}:00Z`, times.timeZone) : { date, time };
  return wall.time < times.startTime ? addDays(wall.date, -1) : wall.date;
}

/** The RRULE, RDATE and EXDATE lines. */
export function recurrenceLines(
  recurrence: Recurrence,
  { isFullDay, timeZone }: Pick<SeriesTimes, 'isFullDay' | 'timeZone'>,
): string[] {
  switch (recurrence.kind) {
    case 'once':
      return [];
    case 'foreign':
      return recurrence.lines;
    case 'rule': {
      const { pattern, interval, end } = recurrence.rule;
      const parts = [`FREQ=${pattern.frequency}`];
      if (interval > 1) parts.push(`INTERVAL=${interval}`);
      parts.push(...patternParts(pattern));
      if (end.kind === 'after') parts.push(`COUNT=${end.count}`);
      if (end.kind === 'on') parts.push(`UNTIL=${untilText(end.date, isFullDay, timeZone)}`);
      return [`RRULE:${parts.join(';')}`, ...recurrence.others];
    }
  }
}

function patternParts(pattern: Pattern): string[] {
  switch (pattern.frequency) {
    case 'DAILY':
      return [];
    case 'WEEKLY':
      return [`BYDAY=${inWeekOrder(pattern.weekdays).join(',')}`];
    case 'MONTHLY':
      return [monthlyPart(pattern.on)];
    case 'YEARLY':
      return [`BYMONTH=${pattern.month}`, `BYMONTHDAY=${pattern.day}`];
  }
}

function monthlyPart(on: MonthlyDay): string {
  switch (on.kind) {
    case 'day':
      return `BYMONTHDAY=${on.day}`;
    case 'lastDay':
      return 'BYMONTHDAY=-1';
    case 'nth':
      return `BYDAY=${on.nth}${on.weekday}`;
    case 'last':
      return `BYDAY=-1${on.weekday}`;
  }
}

/** Of the same type as the start (RFC 5545 §3.3.10): a date, or the day's last second in UTC. */
function untilText(date: string, isFullDay: boolean, zone: string): string {
  const end = isFullDay ? undefined : resolveWallTime({ date, time: '23:59' }, zone);
  if (!end) return date.replaceAll('-', '');
  const utc = new Date(end.instant + 59_000).toISOString();
  return `${utc.slice(0, 19).replace(/[-:]/g, '')}Z`;
}

export function followStart(recurrence: Recurrence, from: string, to: string): Recurrence {
  return recurrence.kind === 'rule' ? { ...recurrence, rule: follow(recurrence.rule, from, to) } : recurrence;
}
