import type { CalendarEvent } from '../graphql/types';
import { formatDate } from '../time/format';
import { EventRow } from './EventRow';

/** A row a day: weekday and date at the left, the day's events beside it. */
export function DayList({
  days,
  today,
  zone,
}: {
  days: Array<{ date: string; events: CalendarEvent[] }>;
  today: string;
  zone: string;
}) {
  return (
    <ol className="day-list">
      {days.map(({ date, events }) => (
        <li key={date} className={date === today ? 'day is-today' : 'day'}>
          <h3 className="day-label">
            <span className="day-weekday">{formatDate(date, { weekday: 'short' })}</span>
            <span className="day-number">{formatDate(date, { day: 'numeric' })}</span>
            <span className="visually-hidden">{formatDate(date, { month: 'long', year: 'numeric' })}</span>
          </h3>
          <div className="day-events">
            {events.map((event) => (
              <EventRow key={event.id} event={event} zone={zone} />
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}
