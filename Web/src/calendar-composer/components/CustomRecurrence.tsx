import {
  inWeekOrder,
  monthlyDayWords,
  monthlyDays,
  patternAt,
  weekdayNames,
  weekdays,
} from '../../recurrence';
import type { Frequency, MonthlyDay, RepeatRule, Weekday } from '../../recurrence';
import { recurrenceFieldMessages } from '../messages';

/** Every so many days, weeks, months or years, and on which days of them. */
export function CustomRecurrence({
  rule,
  startDate,
  onChange,
}: {
  rule: RepeatRule;
  startDate: string;
  onChange: (rule: RepeatRule) => void;
}) {
  const { pattern, interval } = rule;
  return (
    <div className="recurrence-row">
      <span>{recurrenceFieldMessages.every}</span>
      <input
        type="number"
        className="recurrence-number"
        aria-label={recurrenceFieldMessages.interval}
        min={1}
        max={999}
        value={Number.isNaN(interval) ? '' : interval}
        onChange={(event) => onChange({ ...rule, interval: event.target.valueAsNumber })}
      />
      <select
        aria-label={recurrenceFieldMessages.unit}
        value={pattern.frequency}
        onChange={(event) =>
          onChange({ ...rule, pattern: patternAt(startDate, event.target.value as Frequency) })
        }
      >
        {Object.entries(recurrenceFieldMessages.units).map(([frequency, unit]) => (
          <option key={frequency} value={frequency}>
            {unit(interval)}
          </option>
        ))}
      </select>
      {pattern.frequency === 'WEEKLY' && (
        <Weekdays
          chosen={pattern.weekdays}
          onChange={(chosen) => onChange({ ...rule, pattern: { frequency: 'WEEKLY', weekdays: chosen } })}
        />
      )}
      {pattern.frequency === 'MONTHLY' && (
        <MonthDay
          chosen={pattern.on}
          startDate={startDate}
          onChange={(on) => onChange({ ...rule, pattern: { frequency: 'MONTHLY', on } })}
        />
      )}
    </div>
  );
}

function Weekdays({
  chosen,
  onChange,
}: {
  chosen: readonly Weekday[];
  onChange: (chosen: Weekday[]) => void;
}) {
  const toggle = (weekday: Weekday) =>
    onChange(
      inWeekOrder(
        chosen.includes(weekday) ? chosen.filter((one) => one !== weekday) : [...chosen, weekday],
      ),
    );
  return (
    <div className="weekdays" role="group" aria-label={recurrenceFieldMessages.weekdays}>
      {weekdays.map((weekday) => (
        <button
          key={weekday}
          type="button"
          aria-pressed={chosen.includes(weekday)}
          aria-label={weekdayNames[weekday]}
          onClick={() => toggle(weekday)}
        >
          {weekdayNames[weekday].slice(0, 2)}
        </button>
      ))}
    </div>
  );
}

function MonthDay({
  chosen,
  startDate,
  onChange,
}: {
  chosen: MonthlyDay;
  startDate: string;
  onChange: (on: MonthlyDay) => void;
}) {
  const key = JSON.stringify(chosen);
  const days = monthlyDays(startDate);
  // A single meeting that was moved is not on the day of its rule.
  const offered = days.some((day) => JSON.stringify(day) === key) ? days : [...days, chosen];
  return (
    <select
      aria-label={recurrenceFieldMessages.dayOfMonth}
      value={key}
      onChange={(event) => onChange(JSON.parse(event.target.value) as MonthlyDay)}
    >
      {offered.map((day) => (
        <option key={JSON.stringify(day)} value={JSON.stringify(day)}>
          {monthlyDayWords(day)}
        </option>
      ))}
    </select>
  );
}
