import type { RecurrenceScope, UpdateCalendarEventInput } from '../graphql/generated';
import type { CalendarEvent, Participant } from '../graphql/types';
import { isKnownZone, resolveWallTime, wallFromValue, wallTimeAt, wallValue } from '../time/zonedTime';
import { addressKey } from '../ui/emailAddress';

/** What a change is for: the event itself, and with a scope other occurrences of its series too. */
export interface Affected {
  event: CalendarEvent;
  scope?: RecurrenceScope | null;
}

export function seriesId(event: CalendarEvent): string | undefined {
  return event.recurringEventId ?? (event.recurrence.length > 0 ? event.id : undefined);
}

/** Whether a change of one event concerns another one too. */
export function isAffected({ event, scope }: Affected, other: CalendarEvent): boolean {
  if (other.id === event.id) return true;
  const series = seriesId(event);
  if (!series || seriesId(other) !== series) return false;
  if (scope === 'ALL' || !event.recurringEventId) return true;
  if (scope !== 'THIS_AND_FOLLOWING' || !other.originalStart || !event.originalStart) return false;
  return Date.parse(other.originalStart) >= Date.parse(event.originalStart);
}

/** How events look while a change of them is on its way. `shown` is what the input says only by ids. */
export function pendingUpdate(
  affected: Affected,
  input: UpdateCalendarEventInput,
  shown: Partial<CalendarEvent> = {},
): (event: CalendarEvent) => CalendarEvent {
  const versions = new Map<string, number>();
  return (other) => {
    if (!isAffected(affected, other)) return other;
    if (other.id === affected.event.id) return { ...changed(other, input), ...shown };
    // Other occurrences move by as much, so one that arrives changed already must not move again.
    const version = versions.get(other.id) ?? other.version;
    versions.set(other.id, version);
    if (other.version !== version) return other;
    return { ...changed(other, { ...input, ...movedAlong(affected.event, other, input) }), ...shown };
  };
}

/** Hides what is deleted. */
export function pendingDeletion(affected: Affected): (event: CalendarEvent) => CalendarEvent | undefined {
  return (other) => (isAffected(affected, other) ? undefined : other);
}

function changed(event: CalendarEvent, input: UpdateCalendarEventInput): CalendarEvent {
  const result: CalendarEvent = { ...event, pushStatus: 'PENDING', pushError: null };
  if (input.title !== undefined) result.title = input.title;
  if (input.description !== undefined) result.description = input.description;
  if (input.location !== undefined) result.location = input.location;
  if (input.startsAt) result.startsAt = input.startsAt;
  if (input.endsAt) result.endsAt = input.endsAt;
  if (typeof input.isFullDay === 'boolean') result.isFullDay = input.isFullDay;
  if (input.timeZone) result.timeZone = input.timeZone;
  if (input.attendees) result.participants = participantsOf(event, input.attendees);
  // An occurrence has no rules of its own.
  if (input.recurrence && !event.recurringEventId) result.recurrence = input.recurrence;
  if (input.conferenceProviderId) {
    const link = input.customConferenceLink ?? null;
    const isNone = input.conferenceProviderId === 'NONE';
    result.conferenceProviderId = input.conferenceProviderId;
    result.conferenceLink = link;
    result.conferenceStatus = isNone ? 'NONE' : link ? 'SUCCESS' : 'PENDING';
  }
  return result;
}

function participantsOf(
  event: CalendarEvent,
  attendees: NonNullable<UpdateCalendarEventInput['attendees']>,
): Participant[] {
  const known = new Map(event.participants.map((one) => [addressKey(one.handle), one]));
  const guests = attendees.map(
    ({ email, displayName }): Participant =>
      known.get(addressKey(email)) ?? {
        handle: email,
        displayName: displayName ?? null,
        isOrganizer: false,
        responseStatus: 'NEEDS_ACTION',
        person: null,
        workspaceMember: null,
      },
  );
  return [...event.participants.filter(({ isOrganizer }) => isOrganizer), ...guests];
}

/** The times of another occurrence, by as much later on the clock as the changed one is. */
function movedAlong(
  from: CalendarEvent,
  other: CalendarEvent,
  input: UpdateCalendarEventInput,
): { startsAt?: string; endsAt?: string } {
  if (!input.startsAt || !input.endsAt) return {};
  const isTimed = !from.isFullDay && !input.isFullDay;
  const zone = isTimed && from.timeZone && isKnownZone(from.timeZone) ? from.timeZone : 'UTC';
  const wall = (instant: string) => wallValue(wallTimeAt(instant, zone));
  const start = wall(other.startsAt) + wall(input.startsAt) - wall(from.startsAt);
  const end = start + wall(input.endsAt) - wall(input.startsAt);
  const at = (value: number) => resolveWallTime(wallFromValue(value), zone)?.rfc3339;
  return { startsAt: at(start), endsAt: at(end) };
}
