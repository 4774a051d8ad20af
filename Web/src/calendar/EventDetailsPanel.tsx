import { useMemberZone } from '../auth/sessionState';
import type { CalendarEvent } from '../graphql/types';
import { personName } from '../graphql/types';
import { Link, navigate, recordHref, useRouteLocation, withoutEvent } from '../routing/router';
import { trustedLink } from '../routing/safeLinks';
import { formatWhen } from '../time/format';
import { isKnownZone, offsetMinutes } from '../time/zonedTime';
import { Avatar } from '../ui/Avatar';
import { EmptyState, LoadFailure, Notice } from '../ui/EmptyState';
import { Icon } from '../ui/Icon';
import type { IconName } from '../ui/Icon';
import { Modal } from '../ui/Modal';
import { Loading } from '../ui/Spinner';
import { AddReply } from './AddReply';
import { ConferenceLine } from './ConferenceLine';
import { EventActions, pressEventKey } from './EventActions';
import { DetailLine } from './DetailLine';
import { PushNotice } from './PushNotice';
import { RecurrenceSummary } from './RecurrenceSummary';
import { eventTitle, participantName, responseWords } from './eventLabels';
import { useCalendarEvent } from './useCalendarEvent';
import './calendar.css';

/** An event's details, over whatever page one came from. */
export function EventDetailsPanel({ eventId }: { eventId: string }) {
  const place = useRouteLocation();
  const { event, error, reload, retry, isRetrying, retryError, isSaving } = useCalendarEvent(eventId);
  return (
    <Modal
      title={event ? eventTitle(event) : 'Event'}
      icon={<Icon name={event?.isRedacted ? 'lock' : 'calendar'} />}
      shape="drawer"
      onClose={() => navigate(withoutEvent(place))}
      onKeyDown={(pressed) => event && pressEventKey(pressed, event)}
    >
      {event ? (
        <>
          {isSaving ? (
            <Notice tone="info">Saving…</Notice>
          ) : (
            <PushNotice event={event} isRetrying={isRetrying} retryError={retryError} onRetry={retry} />
          )}
          <Details event={event} />
        </>
      ) : event === null ? (
        <EmptyState icon="search" title="This event no longer exists">
          It may have been deleted, or it belongs to another workspace.
        </EmptyState>
      ) : error ? (
        <LoadFailure message={error} onRetry={reload} />
      ) : (
        <Loading>Loading the event…</Loading>
      )}
    </Modal>
  );
}

function Details({ event }: { event: CalendarEvent }) {
  const icsLink = trustedLink(event.icsFileUrl);
  const providerLink = trustedLink(event.providerUrl);
  return (
    <div className="details">
      <EventActions event={event} />
      {event.isCanceled && <p className="badge badge-danger">Canceled</p>}
      <When event={event} />
      <ConferenceLine event={event} />
      {event.location && (
        <DetailLine icon="pin" label="Location">
          {event.location}
        </DetailLine>
      )}
      {event.isRedacted ? (
        <DetailLine icon="lock" label="Visibility">
          <span className="muted">The owner shares only the times of this event.</span>
        </DetailLine>
      ) : (
        event.description && (
          <DetailLine icon="text" label="Description">
            <span className="description">{event.description}</span>
          </DetailLine>
        )
      )}
      <Participants event={event} />
      <LinkedRecords event={event} />
      {(icsLink || providerLink) && (
        <div className="details-actions details-elsewhere">
          {providerLink && (
            <a className="button button-plain" href={providerLink} target="_blank" rel="noreferrer noopener">
              <Icon name="external" size={16} />
              <span>Open in the calendar</span>
            </a>
          )}
          {icsLink && (
            <a className="button button-plain" href={icsLink} download>
              <Icon name="download" size={16} />
              <span>Download .ics</span>
            </a>
          )}
        </div>
      )}
    </div>
  );
}

function When({ event }: { event: CalendarEvent }) {
  const zone = useMemberZone();
  const other = event.timeZone && isKnownZone(event.timeZone) ? event.timeZone : undefined;
  const start = Date.parse(event.startsAt);
  const differs = !event.isFullDay && other && offsetMinutes(start, other) !== offsetMinutes(start, zone);
  return (
    <DetailLine icon="clock" label="When">
      <span>{formatWhen(event, zone)}</span>
      {!event.isFullDay && <span className="muted small">{zone.replaceAll('_', ' ')}</span>}
      {differs && (
        <span className="muted small">
          {formatWhen(event, other)} ({other.replaceAll('_', ' ')})
        </span>
      )}
      <RecurrenceSummary event={event} zone={zone} />
    </DetailLine>
  );
}

function Participants({ event }: { event: CalendarEvent }) {
  if (event.participants.length === 0) return null;
  return (
    <DetailLine icon="people" label="Attendees">
      <ul className="participants">
        {event.participants.map((participant) => (
          <li key={participant.handle}>
            <Avatar name={participantName(participant)} />
            <span className="participant-text">
              {participant.person ? (
                <Link href={recordHref('people', participant.person.id)}>{participantName(participant)}</Link>
              ) : (
                <span>{participantName(participant)}</span>
              )}
              <span className="muted small">
                {participant.isOrganizer ? 'Organizer' : responseWords[participant.responseStatus]}
                {participantName(participant) !== participant.handle && ` · ${participant.handle}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <AddReply event={event} />
    </DetailLine>
  );
}

function LinkedRecords({ event }: { event: CalendarEvent }) {
  const records = [
    ...event.linkedPeople.map((person) => ({
      icon: 'person',
      path: 'people',
      id: person.id,
      name: personName(person),
    })),
    event.linkedCompany && { icon: 'company', path: 'companies', ...event.linkedCompany },
    event.linkedOpportunity && { icon: 'opportunity', path: 'opportunities', ...event.linkedOpportunity },
  ].filter(Boolean) as Array<{ icon: IconName; path: string; id: string; name: string }>;
  if (records.length === 0) return null;
  return (
    <DetailLine icon="link" label="Linked records">
      <span className="chips">
        {records.map(({ icon, path, id, name }) => (
          <Link key={path + id} className="chip chip-record" href={recordHref(path, id)}>
            <Icon name={icon} size={14} /> <span className="chip-text">{name}</span>
          </Link>
        ))}
      </span>
    </DetailLine>
  );
}
