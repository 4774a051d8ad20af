import { useEffect, useRef } from 'react';
import type { CalendarEvent } from '../graphql/types';
import { Link, eventHref } from '../routing/router';
import { eventDays, formatHoursShort } from '../time/format';
import { Icon } from '../ui/Icon';
import { eventLabel, eventTitle } from './eventLabels';
import type { BeginDrag } from './useEventDrag';
import { hourHeight } from './weekLayout';
import type { DayPiece } from './weekLayout';

/** One event in the week: a link to its details that can be moved where it may be changed. */
export function WeekEvent({
  event,
  zone,
  date,
  piece,
  isLifted,
  onDrag,
}: {
  event: CalendarEvent;
  zone: string;
  date: string;
  piece?: DayPiece;
  isLifted: boolean;
  onDrag: BeginDrag;
}) {
  const states = [
    event.isCanceled && 'is-canceled',
    event.isRedacted && 'is-redacted',
    event.pushStatus !== 'SYNCED' && 'is-waiting',
    event.pushStatus === 'CONFLICT' && 'is-conflict',
    piece && piece.to - piece.from < 45 && 'is-short',
    event.canEdit ? 'can-move' : 'is-fixed',
    isLifted && 'is-lifted',
  ].filter(Boolean);
  const endsHere = eventDays(event, zone).last === date;
  return (
    <Link
      href={eventHref(event.id)}
      className={`week-event ${piece ? 'is-placed' : ''} ${states.join(' ')}`}
      style={piece && placeOf(piece)}
      title={event.canEdit ? undefined : (event.editUnavailableReason ?? undefined)}
      aria-label={eventLabel(event, zone)}
      data-event-id={event.id}
      draggable={false}
      onPointerDown={(down) => onDrag(down, event, 'move')}
    >
      <span className="week-event-title">
        {event.isRedacted && <Icon name="lock" size={12} />}
        {event.pushStatus === 'CONFLICT' && <Icon name="warning" size={12} />}
        {event.recurringEventId && <Icon name="repeat" size={12} />} {eventTitle(event)}
      </span>
      {piece && <span className="week-event-hours">{formatHoursShort(event, zone)}</span>}
      {piece && endsHere && event.canEdit && (
        <span className="week-event-edge" onPointerDown={(down) => onDrag(down, event, 'resize')} />
      )}
    </Link>
  );
}

/** Where an event would go. */
export function GhostEvent({
  event,
  zone,
  piece,
  isKeptInSight,
}: {
  event: CalendarEvent;
  zone: string;
  piece?: DayPiece;
  isKeptInSight: boolean;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isKeptInSight) box.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isKeptInSight, event.startsAt, event.endsAt]);
  return (
    <div
      className={`week-event week-ghost ${piece ? 'is-placed' : ''}`}
      style={piece && placeOf(piece)}
      aria-hidden="true"
      ref={box}
    >
      <span className="week-event-title">{eventTitle(event)}</span>
      {piece && <span className="week-event-hours">{formatHoursShort(event, zone)}</span>}
    </div>
  );
}

function placeOf(piece: DayPiece) {
  return {
    top: (piece.from / 60) * hourHeight + 1,
    height: ((piece.to - piece.from) / 60) * hourHeight - 2,
    left: `calc(${(piece.column / piece.columns) * 100}% + 2px)`,
    width: `calc(${100 / piece.columns}% - 4px)`,
  };
}
