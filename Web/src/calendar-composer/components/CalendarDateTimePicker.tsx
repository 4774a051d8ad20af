import { useId } from 'react';
import { timeMessages } from '../../time/messages';
import { FieldError } from '../../ui/Field';
import type { ResolvedWallTime } from '../../time/zonedTime';
import { draftTimes, moveStart, setFullDay } from '../draft';
import { dateTimeMessages } from '../messages';
import { editDraft, settleStart } from '../states/calendarComposerState';
import type { CalendarEventDraft, FieldErrors } from '../types/CalendarComposerTypes';
import { TimeZoneField } from './TimeZoneField';

/** Start and end as the clock on the wall of the chosen zone shows them. */
export function CalendarDateTimePicker({
  draft,
  errors,
}: {
  draft: CalendarEventDraft;
  errors: FieldErrors;
}) {
  const id = useId();
  const { start, end } = draftTimes(draft);
  const notes = draft.isFullDay ? [] : [noteAbout(start, draft.startTime), noteAbout(end, draft.endTime)];
  return (
    <fieldset className="date-time">
      <legend>
        {dateTimeMessages.legend}
        <span className="required" aria-hidden="true"> *</span>
      </legend>
      <div className="date-time-row">
        <input
          type="date"
          aria-label={dateTimeMessages.startDate}
          aria-invalid={errors.startsAt ? true : undefined}
          aria-describedby={errors.startsAt ? `${id}-start` : undefined}
          value={draft.startDate}
          onChange={(event) => {
            const startDate = event.target.value;
            editDraft((current) => moveStart(current, { startDate }), 'startsAt', 'endsAt');
          }}
          // Not while it is typed: half a date is another date.
          onBlur={settleStart}
        />
        {!draft.isFullDay && (
          <input
            type="time"
            aria-label={dateTimeMessages.startTime}
            aria-invalid={errors.startsAt ? true : undefined}
            aria-describedby={errors.startsAt ? `${id}-start` : undefined}
            value={draft.startTime}
            onChange={(event) => {
              const startTime = event.target.value;
              editDraft((current) => moveStart(current, { startTime }), 'startsAt', 'endsAt');
            }}
          />
        )}
        <span className="muted date-time-to">{dateTimeMessages.to}</span>
        <input
          type="date"
          aria-label={dateTimeMessages.endDate}
          aria-invalid={errors.endsAt ? true : undefined}
          aria-describedby={errors.endsAt ? `${id}-end` : undefined}
          value={draft.endDate}
          onChange={(event) => {
            const endDate = event.target.value;
            editDraft((current) => ({ ...current, endDate }), 'endsAt');
          }}
        />
        {!draft.isFullDay && (
          <input
            type="time"
            aria-label={dateTimeMessages.endTime}
            aria-invalid={errors.endsAt ? true : undefined}
            aria-describedby={errors.endsAt ? `${id}-end` : undefined}
            value={draft.endTime}
            onChange={(event) => {
              const endTime = event.target.value;
              editDraft((current) => ({ ...current, endTime }), 'endsAt');
            }}
          />
        )}
      </div>
      <FieldError id={`${id}-start`} message={errors.startsAt} />
      <FieldError id={`${id}-end`} message={errors.endsAt} />
      {notes.filter(Boolean).map((note) => (
        <p className="field-hint" role="status" key={note}>
          {note}
        </p>
      ))}
      <div className="date-time-options">
        <label className="checkbox">
          <input
            type="checkbox"
            checked={draft.isFullDay}
            onChange={(event) => {
              const isFullDay = event.target.checked;
              editDraft((current) => setFullDay(current, isFullDay), 'startsAt', 'endsAt');
            }}
          />
          {timeMessages.allDay}
        </label>
        {!draft.isFullDay && (
          <TimeZoneField
            zone={draft.timeZone}
            instant={start?.instant}
            error={errors.timeZone}
            onChange={(timeZone) => editDraft((current) => ({ ...current, timeZone }), 'timeZone')}
          />
        )}
      </div>
      {draft.isFullDay && <FieldError message={errors.timeZone} />}
    </fieldset>
  );
}

/** Twice a year some times do not exist and some happen twice; the hint says so when one is picked. */
function noteAbout(time: ResolvedWallTime | undefined, asked: string): string | undefined {
  if (time?.kind === 'gap') return dateTimeMessages.skippedHour({ asked, used: time.wall.time });
  if (time?.kind === 'fold') return dateTimeMessages.repeatedHour(asked);
  return undefined;
}
