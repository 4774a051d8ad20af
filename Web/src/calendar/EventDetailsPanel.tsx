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
import { commonMessages } from '../ui/messages';
import { Modal } from '../ui/Modal';
import { Loading } from '../ui/Spinner';
import { AddReply } from './AddReply';
import { ConferenceLine } from './ConferenceLine';
import { EventActions, pressEventKey } from './EventActions';
import { DetailLine } from './DetailLine';
import { detailsMessages, eventMessages, responseMessages } from './messages';
import { PushNotice } from './PushNotice';
import { RecurrenceSummary } from './RecurrenceSummary';
import { eventTitle, participantName } from './eventLabels';
import { useCalendarEvent } from './useCalendarEvent';
import './calendar.css';

/** An event's details, over whatever page one came from. */
export function EventDetailsPanel({ eventId }: { eventId: string }) {
  const place = useRouteLocation();
  const { event, error, reload, retry, isRetrying, retryError, isSaving } = useCalendarEvent(eventId);
  return (
    <Modal
      title={event ? eventTitle(event) : detailsMessages.title}
      icon={<Icon name={event?.isRedacted ? 'lock' : 'calendar'} />}
      shape="drawer"
      onClose={() => navigate(withoutEvent(place))}
      onKeyDown={(pressed) => event && pressEventKey(pressed, event)}
    >
      {event ? (
        <>
          {isSaving ? (
            <Notice tone="info">{commonMessages.saving}</Notice>
          ) : (
            <PushNotice event={event} isRetrying={isRetrying} retryError={retryError} onRetry={retry} />
          )}
          <Details event={event} />
        </>
      ) : event === null ? (
        <EmptyState icon="search" title={detailsMessages.gone}>
          {detailsMessages.goneHint}
        </EmptyState>
      ) : error ? (
        <LoadFailure message={error} onRetry={reload} />
      ) : (
        <Loading>{detailsMessages.loading}</Loading>
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
      {event.isCanceled && <p className="badge badge-danger">{detailsMessages.canceled}</p>}
      <When event={event} />
      <ConferenceLine event={event} />
      {event.location && (
        <DetailLine icon="pin" label={eventMessages.location}>
          {event.location}
        </DetailLine>
      )}
      {event.isRedacted ? (
        <DetailLine icon="lock" label={detailsMessages.visibility}>
          <span className="muted">{detailsMessages.onlyTimes}</span>
        </DetailLine>
      ) : (
        event.description && (
          <DetailLine icon="text" label={eventMessages.description}>
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
              <span>{detailsMessages.openInCalendar}</span>
            </a>
          )}
          {icsLink && (
            <a className="button button-plain" href={icsLink} download>
              <Icon name="download" size={16} />
              <span>{detailsMessages.download}</span>
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
    <DetailLine icon="clock" label={eventMessages.when}>
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
    <DetailLine icon="people" label={eventMessages.attendees}>
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
                {participant.isOrganizer
                  ? detailsMessages.organizer
                  : responseMessages[participant.responseStatus]}
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
    <DetailLine icon="link" label={eventMessages.linkedRecords}>
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
