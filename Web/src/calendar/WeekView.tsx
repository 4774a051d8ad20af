import { useEffect, useId, useRef } from 'react';
import type { MouseEvent } from 'react';
import type { CalendarEvent } from '../graphql/types';
import { formatDate, formatTime } from '../time/format';
import { timeMessages } from '../time/messages';
import { addDays, minutesOfDay, wallFromValue, wallTimeAt, wallValue } from '../time/zonedTime';
import { weekMessages } from './messages';
import { GhostEvent, WeekEvent } from './WeekEvent';
import { useEventDrag } from './useEventDrag';
import { useEventKeys } from './useEventKeys';
import { useNow } from './useNow';
import { useReschedule } from './useReschedule';
import { hourHeight, isAboveHours, layoutDay, touchesDay } from './weekLayout';

const opensAtHour = 7.5;
const lateHour = 17;
const shownHoursBefore = 7;
const hoursWidth = 64;
const hours = Array.from({ length: 24 }, (_, hour) => hour);

export function WeekView({
  first,
  events,
  zone,
  onPickTime,
}: {
  first: string;
  events: readonly CalendarEvent[];
  zone: string;
  onPickTime?: (start: { date: string; time: string }) => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const now = wallTimeAt(useNow(), zone);
  const days = Array.from({ length: 7 }, (_, index) => addDays(first, index));
  const above = events.filter(isAboveHours);

  const rescheduling = useReschedule(zone);
  const { ghost, words } = rescheduling;
  const begin = useEventDrag(scroller, zone, rescheduling);
  const handleKey = useEventKeys(events, zone, rescheduling);
  const helpId = useId();
  const isByKeys = Boolean(ghost?.isByKeys);
  const lifted = ghost && { ...ghost.event, ...ghost.times };

  const nowHour = minutesOfDay(now.time) / 60;
  const opening = useRef(nowHour);

  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    // Working hours, or what is left of the day.
    const today = box.querySelector<HTMLElement>('.week-day.is-today');
    const hour = today && opening.current > lateHour ? opening.current - shownHoursBefore : opensAtHour;
    box.scrollTop = hour * hourHeight;
    // On a phone the week is wider than the screen: begin with today, beside the column of hours.
    box.scrollLeft = today ? today.offsetLeft - hoursWidth : 0;
  }, [first]);

  const pick = (event: MouseEvent<HTMLDivElement>, date: string) => {
    if (!onPickTime || event.target !== event.currentTarget) return;
    const minutes = ((event.clientY - event.currentTarget.getBoundingClientRect().top) / hourHeight) * 60;
    const start = wallValue({ date, time: '00:00' }) + Math.floor(minutes / 30) * 30 * 60_000;
    onPickTime(wallFromValue(start));
  };

  return (
    <div
      className={`week ${ghost ? 'is-moving' : ''}`}
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={weekMessages.label}
      aria-describedby={helpId}
      onKeyDown={handleKey}
    >
      <p className="visually-hidden" id={helpId}>
        {weekMessages.keys}
      </p>
      <p className="visually-hidden" role="status" aria-live="assertive">
        {words}
      </p>
      <div className="week-grid">
        <div className="week-head week-corner" />
        {days.map((date) => (
          <div key={date} className={`week-head ${date === now.date ? 'is-today' : ''}`}>
            <span className="day-weekday">{formatDate(date, { weekday: 'short' })}</span>
            <span className="day-number">{formatDate(date, { day: 'numeric' })}</span>
          </div>
        ))}
        <div className="week-above week-above-label muted">{timeMessages.allDay}</div>
        {days.map((date) => (
          <div key={date} className="week-above">
            {above
              .filter((event) => touchesDay(event, date, zone))
              .map((event) => (
                <WeekEvent
                  key={event.id}
                  {...{ event, zone, date }}
                  isLifted={event.id === ghost?.event.id}
                  onDrag={begin}
                />
              ))}
            {lifted && isAboveHours(lifted) && touchesDay(lifted, date, zone) && (
              <GhostEvent event={lifted} zone={zone} isKeptInSight={isByKeys} />
            )}
          </div>
        ))}
        <div className="week-hours">
          {hours.slice(1).map((hour) => (
            <span key={hour} style={{ top: hour * hourHeight }}>
              {formatTime(hour * 3_600_000, 'UTC')}
            </span>
          ))}
        </div>
        {days.map((date) => (
          <div
            key={date}
            className={`week-day ${date === now.date ? 'is-today' : ''} ${onPickTime ? 'can-pick' : ''}`}
            style={{ height: 24 * hourHeight }}
            onClick={(event) => pick(event, date)}
          >
            {layoutDay(events, date, zone).map((piece) => (
              <WeekEvent
                key={piece.event.id}
                {...{ event: piece.event, zone, date, piece }}
                isLifted={piece.event.id === ghost?.event.id}
                onDrag={begin}
              />
            ))}
            {lifted &&
              layoutDay([lifted], date, zone).map((piece) => (
                <GhostEvent
                  key="ghost"
                  event={lifted}
                  zone={zone}
                  piece={piece}
                  isKeptInSight={isByKeys}
                />
              ))}
            {date === now.date && (
              <div className="now-line" style={{ top: nowHour * hourHeight }} />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}
