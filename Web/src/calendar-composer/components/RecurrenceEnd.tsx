import type { RuleEnd } from '../../recurrence';
import { addDays } from '../../time/zonedTime';

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
      <select aria-label="Ends" value={end.kind} onChange={(event) => choose(event.target.value)}>
        <option value="never">Never ends</option>
        <option value="on">Ends on a date</option>
        <option value="after">Ends after</option>
      </select>
      {end.kind === 'on' && (
        <input
          type="date"
          aria-label="Last day"
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
            aria-label="Number of occurrences"
            min={1}
            max={999}
            value={Number.isNaN(end.count) ? '' : end.count}
            onChange={(event) => onChange({ kind: 'after', count: event.target.valueAsNumber })}
          />
          <span>{end.count === 1 ? 'occurrence' : 'occurrences'}</span>
        </>
      )}
    </div>
  );
}
