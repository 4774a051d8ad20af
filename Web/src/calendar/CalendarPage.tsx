import { useState } from 'react';
import { useCanCreateEvents } from '../auth/featureFlags';
import { useMemberZone } from '../auth/sessionState';
import { NewEventButton, useCalendarComposer } from '../calendar-composer';
import { addMonths, formatDate, startOfMonth, startOfWeek } from '../time/format';
import { addDays, resolveWallTime, wallTimeAt } from '../time/zonedTime';
import { Button, IconButton } from '../ui/Button';
import { LoadFailure, Notice } from '../ui/EmptyState';
import { Icon } from '../ui/Icon';
import { Loading } from '../ui/Spinner';
import { AgendaView } from './AgendaView';
import { calendarPageMessages, eventMessages } from './messages';
import { WeekView } from './WeekView';
import { useCalendarEvents } from './useCalendarEvents';
import './calendar.css';

type View = 'week' | 'agenda';

/** A week has no room on a phone; the list has. */
const firstView: View = window.matchMedia?.('(max-width: 720px)').matches ? 'agenda' : 'week';

export function CalendarPage() {
  const zone = useMemberZone();
  const today = wallTimeAt(Date.now(), zone).date;
  const [view, setView] = useState<View>(firstView);
  const [day, setDay] = useState(today);
  const canCreate = useCanCreateEvents();
  const { openCalendarComposer } = useCalendarComposer();

  const first = view === 'week' ? startOfWeek(day) : startOfMonth(day);
  const end = view === 'week' ? addDays(first, 7) : addMonths(first, 1);
  const { events, isFirstLoad, isLoading, error, reload } = useCalendarEvents(first, end, zone);
  const step = (direction: 1 | -1) =>
    setDay(view === 'week' ? addDays(first, 7 * direction) : addMonths(first, direction));

  return (
    <main className={`page calendar-page calendar-page-${view} ${view === 'week' ? 'page-filling' : ''}`}>
      <header className="page-header">
        <h1>{calendarPageMessages.title}</h1>
        {canCreate ? (
          <NewEventButton />
        ) : (
          <span className="muted small">{eventMessages.creatingIsOff}</span>
        )}
      </header>
      <div className="calendar-bar">
        <Button onClick={() => setDay(today)}>{calendarPageMessages.today}</Button>
        <span className="stepper">
          <IconButton icon="left" label={calendarPageMessages.previous[view]} onClick={() => step(-1)} />
          <IconButton icon="right" label={calendarPageMessages.next[view]} onClick={() => step(1)} />
        </span>
        <h2 aria-live="polite">{periodName(view, first)}</h2>
        {isLoading && !isFirstLoad && <Loading />}
        {events.length > 0 && (
          <a className="button button-plain calendar-export" href={exportLink(first, end, zone)} download>
            <Icon name="download" size={16} />
            <span>{calendarPageMessages.export}</span>
          </a>
        )}
        <div className="view-switch" role="group" aria-label={calendarPageMessages.view}>
          {(['week', 'agenda'] as const).map((name) => (
            <button key={name} type="button" aria-pressed={view === name} onClick={() => setView(name)}>
              {calendarPageMessages.views[name]}
            </button>
          ))}
        </div>
      </div>
      {error && events.length > 0 && <Notice tone="warning">{error}</Notice>}
      {isFirstLoad ? (
        <Loading>{calendarPageMessages.loading}</Loading>
      ) : error && events.length === 0 ? (
        <LoadFailure message={error} onRetry={reload} />
      ) : view === 'week' ? (
        <WeekView
          first={first}
          events={events}
          zone={zone}
          onPickTime={canCreate ? (defaultStart) => openCalendarComposer({ defaultStart }) : undefined}
        />
      ) : (
        <AgendaView first={first} end={end} events={events} zone={zone} today={today} />
      )}
    </main>
  );
}

/** The file of what is shown: for another calendar, or to keep. */
function exportLink(first: string, end: string, zone: string): string {
  const at = (date: string) => resolveWallTime({ date, time: '00:00' }, zone)?.rfc3339 ?? '';
  return `/ics/calendar.ics?${new URLSearchParams({ from: at(first), to: at(end) })}`;
}

function periodName(view: View, first: string): string {
  if (view === 'agenda') return formatDate(first, { month: 'long', year: 'numeric' });
  const last = addDays(first, 6);
  if (first.slice(0, 7) === last.slice(0, 7)) return formatDate(first, { month: 'long', year: 'numeric' });
  const to = formatDate(last, { month: 'short', year: 'numeric' });
  return `${formatDate(first, { month: 'short' })} – ${to}`;
}
