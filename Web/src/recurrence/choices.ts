import { isSamePattern, monthlyDays, patternAt } from './repeatRule';
import type { MonthlyDay, Pattern, RepeatRule } from './repeatRule';
import { weekdayNames, weekdayOf, workdays } from './weekdays';
import { dayOfYearWords, ordinal, placeWords } from './words';

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
    label: `Every month ${monthlyDayWords(on)}`,
    pattern: { frequency: 'MONTHLY', on } as Pattern,
    interval: 1,
  }));
  return [
    { id: 'daily', label: 'Every day', pattern: daily, interval: 1 },
    { id: 'workdays', label: 'Every weekday (Monday to Friday)', pattern: work, interval: 1 },
    { id: 'weekly', label: `Every week on ${weekday}`, pattern: weekly, interval: 1 },
    { id: 'second-week', label: `Every second week on ${weekday}`, pattern: weekly, interval: 2 },
    ...monthly,
    { id: 'yearly', label: `Every year on ${yearWords(yearly)}`, pattern: yearly, interval: 1 },
  ];
}

function yearWords(pattern: Pattern): string {
  return pattern.frequency === 'YEARLY' ? dayOfYearWords(pattern.month, pattern.day) : '';
}

/** "on the 2nd", "on the first Tuesday", "on the last day". */
export function monthlyDayWords(on: MonthlyDay): string {
  switch (on.kind) {
    case 'day':
      return `on the ${ordinal(on.day)}`;
    case 'lastDay':
      return 'on the last day';
    case 'nth':
      return `on the ${placeWords(on.nth)} ${weekdayNames[on.weekday]}`;
    case 'last':
      return `on the last ${weekdayNames[on.weekday]}`;
  }
}

/** The usual choice that says the same as a rule, whenever that ends. */
export function choiceFor(rule: RepeatRule, choices: readonly RepeatChoice[]): RepeatChoice | undefined {
  const isSame = ({ pattern, interval }: RepeatChoice) =>
    interval === rule.interval && isSamePattern(pattern, rule.pattern);
  return choices.find(isSame);
}
