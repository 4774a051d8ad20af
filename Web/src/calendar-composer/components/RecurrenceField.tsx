import { useState } from 'react';
import { eventMessages } from '../../calendar/messages';
import { choiceFor, once, patternAt, recurrenceMessages, ruleMessages, usualChoices } from '../../recurrence';
import type { Recurrence } from '../../recurrence';
import { recurrenceWords } from '../../event-changes';
import { formatDate } from '../../time/format';
import { Field } from '../../ui/Field';
import { commonMessages } from '../../ui/messages';
import { Spinner } from '../../ui/Spinner';
import { chooseRecurrence, draftRecurrence } from '../draftRecurrence';
import { recurrenceFieldMessages } from '../messages';
import { editDraft, settleStart } from '../states/calendarComposerState';
import type { CalendarEventDraft, EditedEvent } from '../types/CalendarComposerTypes';
import { CustomRecurrence } from './CustomRecurrence';
import { RecurrenceEnd } from './RecurrenceEnd';

/** How often the event is: the usual answers in plain words, everything else under "Custom…". */
export function RecurrenceField({
  draft,
  pristine,
  editing,
  error,
}: {
  draft: CalendarEventDraft;
  pristine: CalendarEventDraft;
  editing: EditedEvent | undefined;
  error?: string;
}) {
  const [isCustom, setCustom] = useState(false);
  const recurrence = draftRecurrence(draft);
  if (!recurrence) return <UnknownRecurrence problem={editing?.seriesProblem} />;

  const rule = recurrence.kind === 'rule' ? recurrence.rule : undefined;
  const foreign = pristine.recurrence?.kind === 'foreign' ? pristine.recurrence : undefined;
  const isDated = !Number.isNaN(Date.parse(draft.startDate));
  const choices = isDated ? usualChoices(draft.startDate) : [];
  const choice = rule && choiceFor(rule, choices);
  const value = !rule ? recurrence.kind : isCustom || !choice ? 'custom' : choice.id;

  const choose = (next: Recurrence) => {
    editDraft((current) => chooseRecurrence(current, next), 'recurrence');
    settleStart();
  };
  const pick = (id: string) => {
    setCustom(id === 'custom');
    const others = recurrence.kind === 'rule' ? recurrence.others : [];
    const end = rule?.end ?? { kind: 'never' };
    const picked = choices.find((one) => one.id === id);
    if (id === 'once') choose(once);
    else if (id === 'foreign' && foreign) choose(foreign);
    else if (picked) choose({ kind: 'rule', others, rule: { ...pickRule(picked), end } });
    else if (!rule) {
      const pattern = patternAt(draft.startDate, 'WEEKLY');
      choose({ kind: 'rule', others, rule: { pattern, interval: 1, end } });
    }
  };

  return (
    <div className="recurrence">
      <Field label={eventMessages.repeats} error={error} hint={movedWords(draft) ?? skippedWords(recurrence)}>
        {(control) => (
          <select
            {...control}
            value={value}
            disabled={!isDated}
            onChange={(event) => pick(event.target.value)}
          >
            <option value="once">{recurrenceMessages.doesNotRepeat}</option>
            {foreign && <option value="foreign">{foreignWords(foreign.lines, draft, editing)}</option>}
            {choices.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
            <option value="custom">{recurrenceFieldMessages.custom}</option>
          </select>
        )}
      </Field>
      {recurrence.kind === 'rule' && (
        <>
          {value === 'custom' && (
            <CustomRecurrence
              rule={recurrence.rule}
              startDate={draft.startDate}
              onChange={(changed) => choose({ ...recurrence, rule: changed })}
            />
          )}
          <RecurrenceEnd
            end={recurrence.rule.end}
            startDate={draft.startDate}
            onChange={(end) => choose({ ...recurrence, rule: { ...recurrence.rule, end } })}
          />
        </>
      )}
    </div>
  );
}

function pickRule({ pattern, interval }: ReturnType<typeof usualChoices>[number]) {
  return { pattern, interval };
}

/** An occurrence does not have its rules itself. */
function UnknownRecurrence({ problem }: { problem: string | undefined }) {
  return (
    <div className="field">
      <span className="field-label">{eventMessages.repeats}</span>
      {problem ? (
        <p className="field-hint">{recurrenceFieldMessages.unknown(problem)}</p>
      ) : (
        <p className="field-hint" role="status">
          <Spinner size={13} /> {commonMessages.loading}
        </p>
      )}
    </div>
  );
}

function foreignWords(lines: string[], draft: CalendarEventDraft, editing: EditedEvent | undefined): string {
  const event = editing?.series ?? editing?.event;
  const words = event && recurrenceWords({ ...event, recurrence: lines }, draft.timeZone);
  if (!words || words === ruleMessages.madeElsewhere) return recurrenceFieldMessages.foreign;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const longDay = { weekday: 'long', day: 'numeric', month: 'long' } as const;

function movedWords({ startMovedFrom, startDate }: CalendarEventDraft): string | undefined {
  if (!startMovedFrom || Number.isNaN(Date.parse(startDate))) return undefined;
  const [from, to] = [formatDate(startMovedFrom, longDay), formatDate(startDate, longDay)];
  return recurrenceFieldMessages.startMoved({ from, to });
}

function skippedWords(recurrence: Recurrence): string | undefined {
  if (recurrence.kind !== 'rule') return undefined;
  const { pattern } = recurrence.rule;
  const isMonthly = pattern.frequency === 'MONTHLY' && pattern.on.kind === 'day' && pattern.on.day > 28;
  if (isMonthly) return recurrenceFieldMessages.monthsSkipped;
  const isLeapDay = pattern.frequency === 'YEARLY' && pattern.month === 2 && pattern.day === 29;
  return isLeapDay ? recurrenceFieldMessages.yearsSkipped : undefined;
}
