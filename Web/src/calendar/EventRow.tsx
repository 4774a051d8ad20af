import { recurrenceWords } from '../event-changes';
import type { CalendarEvent } from '../graphql/types';
import { Link, eventHref, useRouteLocation } from '../routing/router';
import { formatHours } from '../time/format';
import { Avatar } from '../ui/Avatar';
import { Icon } from '../ui/Icon';
import { eventLabel, eventTitle, participantName } from './eventLabels';
import { eventRowMessages } from './messages';

const shownAvatars = 4;

/** One event in the agenda and on timelines. */
export function EventRow({ event, zone }: { event: CalendarEvent; zone: string }) {
  const place = useRouteLocation();
  const states = [event.isCanceled && 'is-canceled', event.isRedacted && 'is-redacted'].filter(Boolean);
  const others = event.participants.length - shownAvatars;
  return (
    <Link
      href={eventHref(event.id, place)}
      className={`event-row ${states.join(' ')}`}
      aria-label={eventLabel(event, zone)}
      data-event-id={event.id}
    >
      <span className="event-bar" />
      <span className="event-hours">{formatHours(event, zone)}</span>
      <span className="event-title">
        {event.isRedacted && <Icon name="lock" size={15} />}
        <span>{eventTitle(event)}</span>
      </span>
      <Repeats event={event} zone={zone} />
      {event.pushStatus === 'PENDING' && (
        <span className="badge badge-warning">{eventRowMessages.pending}</span>
      )}
      {event.pushStatus === 'FAILED' && (
        <span className="badge badge-danger">{eventRowMessages.failed}</span>
      )}
      {event.pushStatus === 'CONFLICT' && (
        <span className="badge badge-danger">{eventRowMessages.conflict}</span>
      )}
      <span className="event-people">
        {event.participants.slice(0, shownAvatars).map((participant) => (
          <Avatar key={participant.handle} name={participantName(participant)} size={24} />
        ))}
        {others > 0 && <span className="muted small">+{others}</span>}
      </span>
    </Link>
  );
}

/** A timeline has the series itself, which knows how often it is; a calendar has its occurrences. */
function Repeats({ event, zone }: { event: CalendarEvent; zone: string }) {
  const words = recurrenceWords(event, zone);
  if (!words && !event.recurringEventId) return null;
  return (
    <span className="event-repeats">
      <Icon name="repeat" size={14} />
      {words && <span>{words}</span>}
    </span>
  );
}
