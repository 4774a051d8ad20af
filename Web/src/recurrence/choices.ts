import { choiceMessages, dayMessages, weekdayNames } from './messages';
import { isSamePattern, monthlyDays, patternAt } from './repeatRule';
import type { MonthlyDay, Pattern, RepeatRule } from './repeatRule';
import { weekdayOf, workdays } from './weekdays';
import { dayOfYearWords } from './words';

/** One of the usual answers to how often, and what it means for a start. */
export interface RepeatChoice {
  id: string;
  label: string;
  pattern: Pattern;
  interval: number;
}

/** The usual ones in the words of the day on which the event starts. */
export function usualChoices(start: string): RepeatChoice[] {
  const weekday = weekdayNames[weekdayOf(start)];
  const daily = patternAt(start, 'DAILY');
  const weekly = patternAt(start, 'WEEKLY');
  const yearly = patternAt(start, 'YEARLY');
  const work: Pattern = { frequency: 'WEEKLY', weekdays: [...workdays] };
  const monthly = monthlyDays(start).map((on) => ({
    id: `monthly-${on.kind}`,
    label: choiceMessages.monthly(dayName(on)),
    pattern: { frequency: 'MONTHLY', on } as Pattern,
    interval: 1,
  }));
  return [
    { id: 'daily', label: choiceMessages.daily, pattern: daily, interval: 1 },
    { id: 'workdays', label: choiceMessages.workdays, pattern: work, interval: 1 },
    { id: 'weekly', label: choiceMessages.weekly(weekday), pattern: weekly, interval: 1 },
    { id: 'second-week', label: choiceMessages.everySecondWeek(weekday), pattern: weekly, interval: 2 },
    ...monthly,
    { id: 'yearly', label: choiceMessages.yearly(yearWords(yearly)), pattern: yearly, interval: 1 },
  ];
}

function yearWords(pattern: Pattern): string {
  return pattern.frequency === 'YEARLY' ? dayOfYearWords(pattern.month, pattern.day) : '';
}

/** "on the 2nd", "on the first Tuesday", "on the last day". */
export function monthlyDayWords(on: MonthlyDay): string {
  return choiceMessages.onDay(dayName(on));
}

function dayName(on: MonthlyDay): string {
  switch (on.kind) {
    case 'day':
      return dayMessages.dayOfMonth(on.day);
    case 'lastDay':
      return dayMessages.dayOfMonth(-1);
    case 'nth':
      return dayMessages.nthWeekday(on);
    case 'last':
      return dayMessages.nthWeekday({ nth: -1, weekday: on.weekday });
  }
}

/** The usual choice that says the same as a rule, whenever that ends. */
export function choiceFor(rule: RepeatRule, choices: readonly RepeatChoice[]): RepeatChoice | undefined {
  const isSame = ({ pattern, interval }: RepeatChoice) =>
    interval === rule.interval && isSamePattern(pattern, rule.pattern);
  return choices.find(isSame);
}
