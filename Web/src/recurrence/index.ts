/** How events repeat: rules as they are written, as a form edits them, and in words. */
export { choiceFor, monthlyDayWords, usualChoices } from './choices';
export type { RepeatChoice } from './choices';
export { recurrenceMessages, ruleMessages, weekdayNames } from './messages';
export { followStart, once, readRecurrence, recurrenceLines } from './recurrence';
export type { Recurrence, SeriesTimes } from './recurrence';
export { countBefore, firstFit, fits, monthlyDays, patternAt } from './repeatRule';
export type { Frequency, MonthlyDay, Pattern, RepeatRule, RuleEnd } from './repeatRule';
export { inWeekOrder, weekdayOf, weekdays } from './weekdays';
export type { Weekday } from './weekdays';
export { dateWords, describeRecurrence } from './words';
