import { useState } from 'react';
import type { ReactNode } from 'react';
import { useMemberZone } from '../auth/sessionState';
import { DayList } from '../calendar/DayList';
import { useEventList } from '../calendar/useEventList';
import { request } from '../graphql/client';
import {
  CompanyTimelineDocument,
  OpportunityTimelineDocument,
  PersonTimelineDocument,
} from '../graphql/generated';
import type { CalendarEvent } from '../graphql/types';
import { eventDays, formatDate } from '../time/format';
import { wallTimeAt } from '../time/zonedTime';
import { Button } from '../ui/Button';
import { EmptyState, LoadFailure } from '../ui/EmptyState';
import { commonMessages } from '../ui/messages';
import { Loading } from '../ui/Spinner';
import { mayBelongTo } from './mayBelongTo';
import { timelineMessages } from './messages';
import '../calendar/calendar.css';

const documents = {
  Person: PersonTimelineDocument,
  Company: CompanyTimelineDocument,
  Opportunity: OpportunityTimelineDocument,
};

export type TimelineOwner = keyof typeof documents;

const pageSize = 20;

/** A record's events, newest month first. */
export function TimelineCard({
  owner,
  id,
  emptyText,
  action,
}: {
  owner: TimelineOwner;
  id: string;
  emptyText: string;
  action: ReactNode;
}) {
  const zone = useMemberZone();
  const [pages, setPages] = useState(1);
  const {
    list: timeline,
    error,
    reload,
  } = useEventList(
    `${owner} ${id} ${pages}`,
    async (signal) => {
      // Every page up to the last one shown, so that a new event moves nothing out of sight.
      const events: CalendarEvent[] = [];
      let total = 0;
      for (let page = 1; page <= pages; page += 1) {
        const { timeline } = await request(documents[owner], { id, page, pageSize }, signal);
        events.push(...timeline.timelineCalendarEvents);
        total = timeline.totalNumberOfCalendarEvents;
      }
      return { events, total };
    },
    (event) => mayBelongTo[owner](event, id),
  );

  const events = timeline?.events ?? [];
  return (
    <section className="card" aria-label={timelineMessages.title}>
      <header className="card-header">
        <h2>
          {timelineMessages.title}{' '}
          {timeline && <span className="muted count">{timeline.total}</span>}
        </h2>
        {action}
      </header>
      {error && !timeline ? (
        <LoadFailure message={error} onRetry={reload} />
      ) : !timeline ? (
        <Loading />
      ) : events.length === 0 ? (
        <EmptyState icon="calendar" title={timelineMessages.empty}>
          {emptyText}
        </EmptyState>
      ) : (
        <Months events={events} zone={zone} />
      )}
      {timeline && events.length < timeline.total && (
        <div className="load-more">
          <Button onClick={() => setPages((count) => count + 1)}>{commonMessages.showMore}</Button>
        </div>
      )}
    </section>
  );
}

function Months({ events, zone }: { events: readonly CalendarEvent[]; zone: string }) {
  const today = wallTimeAt(Date.now(), zone).date;
  const months = new Map<string, Map<string, CalendarEvent[]>>();
  for (const event of events) {
    const date = eventDays(event, zone).first;
    const month = months.get(date.slice(0, 7)) ?? new Map<string, CalendarEvent[]>();
    months.set(date.slice(0, 7), month);
    month.set(date, [...(month.get(date) ?? []), event]);
  }
  return (
    <>
      {[...months].map(([month, days]) => (
        <div key={month}>
          <h3 className="month-label">{formatDate(`${month}-01`, { month: 'long', year: 'numeric' })}</h3>
          <DayList
            days={[...days].map(([date, ofDay]) => ({ date, events: ofDay }))}
            today={today}
            zone={zone}
          />
        </div>
      ))}
    </>
  );
}
