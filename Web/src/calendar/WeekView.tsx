import { useEffect, useRef } from 'react';
import type { MouseEvent } from 'react';
import type { CalendarEvent } from '../graphql/types';
import { Link, eventHref } from '../routing/router';
import { formatDate, formatHoursShort, formatTime } from '../time/format';
import { addDays, minutesOfDay, wallFromValue, wallTimeAt, wallValue } from '../time/zonedTime';
import { Icon } from '../ui/Icon';
import { eventLabel, eventTitle } from './eventWords';
import { useNow } from './useNow';
import { isAboveHours, layoutDay, touchesDay } from './weekLayout';
import type { DayPiece } from './weekLayout';

const hourHeight = 48;
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
    <div className="week" ref={scroller} tabIndex={0} role="region" aria-label="Week">
      <div className="week-grid">
        <div className="week-head week-corner" />
        {days.map((date) => (
          <div key={date} className={`week-head ${date === now.date ? 'is-today' : ''}`}>
            <span className="day-weekday">{formatDate(date, { weekday: 'short' })}</span>
            <span className="day-number">{formatDate(date, { day: 'numeric' })}</span>
          </div>
        ))}
        <div className="week-above week-above-label muted">All day</div>
        {days.map((date) => (
          <div key={date} className="week-above">
            {above
              .filter((event) => touchesDay(event, date, zone))
              .map((event) => (
                <WeekEvent key={event.id + event.startsAt} event={event} zone={zone} />
              ))}
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
            {layoutDay(events, date, zone).map((piece) => {
              const { event } = piece;
              return <WeekEvent key={event.id + event.startsAt} event={event} zone={zone} piece={piece} />;
            })}
            {date === now.date && (
              <div className="now-line" style={{ top: nowHour * hourHeight }} />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function WeekEvent({ event, zone, piece }: { event: CalendarEvent; zone: string; piece?: DayPiece }) {
  const states = [
    event.isCanceled && 'is-canceled',
    event.isRedacted && 'is-redacted',
    event.pushStatus !== 'SYNCED' && 'is-waiting',
    piece && piece.to - piece.from < 45 && 'is-short',
  ].filter(Boolean);
  const box = piece && {
    top: (piece.from / 60) * hourHeight + 1,
    height: ((piece.to - piece.from) / 60) * hourHeight - 2,
    left: `calc(${(piece.column / piece.columns) * 100}% + 2px)`,
    width: `calc(${100 / piece.columns}% - 4px)`,
  };
  return (
    <Link
      href={eventHref(event.id)}
      className={`week-event ${piece ? 'is-placed' : ''} ${states.join(' ')}`}
      style={box}
      aria-label={eventLabel(event, zone)}
      data-event-id={event.id}
    >
      <span className="week-event-title">
        {event.isRedacted && <Icon name="lock" size={12} />} {eventTitle(event)}
      </span>
      {piece && <span className="week-event-hours">{formatHoursShort(event, zone)}</span>}
    </Link>
  );
}
