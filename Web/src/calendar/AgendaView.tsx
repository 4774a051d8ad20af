import type { CalendarEvent } from '../graphql/types';
import { EmptyState } from '../ui/EmptyState';
import { eventDays } from '../time/format';
import { addDays, minutesOfDay, wallTimeAt } from '../time/zonedTime';
import { DayList } from './DayList';
import { calendarPageMessages } from './messages';
import { touchesDay } from './weekLayout';

/** A month as a list of its days that have something in them. */
export function AgendaView({
  first,
  end,
  events,
  zone,
  today,
}: {
  first: string;
  end: string;
  events: readonly CalendarEvent[];
  zone: string;
  today: string;
}) {
  const days: Array<{ date: string; events: CalendarEvent[] }> = [];
  for (let date = first; date < end; date = addDays(date, 1)) {
    const ofDay = events.filter((event) => touchesDay(event, date, zone));
    ofDay.sort((a, b) => order(a, date, zone) - order(b, date, zone));
    if (ofDay.length > 0) days.push({ date, events: ofDay });
  }
  if (days.length === 0) {
    return (
      <EmptyState icon="calendar" title={calendarPageMessages.emptyMonth}>
        {calendarPageMessages.emptyMonthHint}
      </EmptyState>
    );
  }
  return <DayList days={days} today={today} zone={zone} />;
}

/** Whole days first, then by the hour. */
function order(event: CalendarEvent, date: string, zone: string): number {
  if (event.isFullDay || eventDays(event, zone).first < date) return -1;
  return minutesOfDay(wallTimeAt(event.startsAt, zone).time);
}
