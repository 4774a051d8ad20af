import type { RuleEnd } from '../../recurrence';
import { addDays } from '../../time/zonedTime';
import { recurrenceFieldMessages } from '../messages';

const suggestedDays = 91;
const suggestedCount = 10;

/** When a series ends: never, on a date, or after a number of occurrences. */
export function RecurrenceEnd({
  end,
  startDate,
  onChange,
}: {
  end: RuleEnd;
  startDate: string;
  onChange: (end: RuleEnd) => void;
}) {
  const choose = (kind: string) => {
    if (kind === 'on') onChange({ kind, date: addDays(startDate, suggestedDays) });
    else if (kind === 'after') onChange({ kind, count: suggestedCount });
    else onChange({ kind: 'never' });
  };
  return (
    <div className="recurrence-row">
      <select
        aria-label={recurrenceFieldMessages.end}
        value={end.kind}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="never">{recurrenceFieldMessages.endsNever}</option>
        <option value="on">{recurrenceFieldMessages.endsOn}</option>
        <option value="after">{recurrenceFieldMessages.endsAfter}</option>
      </select>
      {end.kind === 'on' && (
        <input
          type="date"
          aria-label={recurrenceFieldMessages.lastDay}
          min={startDate}
          value={end.date}
          onChange={(event) => onChange({ kind: 'on', date: event.target.value })}
        />
      )}
      {end.kind === 'after' && (
        <>
          <input
            type="number"
            className="recurrence-number"
            aria-label={recurrenceFieldMessages.count}
            min={1}
            max={999}
            value={Number.isNaN(end.count) ? '' : end.count}
            onChange={(event) => onChange({ kind: 'after', count: event.target.valueAsNumber })}
          />
          <span>{recurrenceFieldMessages.occurrences(end.count)}</span>
        </>
      )}
    </div>
  );
}
