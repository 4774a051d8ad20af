import type { CalendarEvent } from '../src/graphql/types';

/** An hour on Tuesday, 2 June 2026, at ten in Berlin, with one guest; a test says what is different. */
export function fakeEvent(changes: Partial<CalendarEvent> = {}): CalendarEvent {
  return {
    id: 'e',
    title: 'Review',
    description: null,
    location: 'Room 1',
    startsAt: '2026-06-02T08:00:00Z',
    endsAt: '2026-06-02T09:00:00Z',
    isFullDay: false,
    timeZone: 'Europe/Berlin',
    isCanceled: false,
    recurrence: [],
    conferenceProviderId: 'NONE',
    conferenceStatus: 'NONE',
    conferenceLink: null,
    createdFromCrm: true,
    crmCreatorId: 'member',
    connectedAccountId: 'account',
    pushStatus: 'SYNCED',
    pushError: null,
    providerUrl: null,
    icsFileUrl: null,
    isRedacted: false,
    recurringEventId: null,
    originalStart: null,
    version: 3,
    canEdit: true,
    editUnavailableReason: null,
    canDelete: true,
    deleteUnavailableReason: null,
    participants: [fakeParticipant('me@x.example', true), fakeParticipant('ann@x.example')],
    linkedPeople: [],
    linkedCompany: null,
    linkedOpportunity: null,
    ...changes,
  };
}

export function fakeParticipant(handle: string, isOrganizer = false): CalendarEvent['participants'][number] {
  return {
    ...{ handle, isOrganizer, displayName: null, responseStatus: 'ACCEPTED' },
    ...{ person: null, workspaceMember: null },
  };
}

/** The occurrence of the series `s` that starts so many weeks later. */
export function fakeOccurrence(weeks: number, changes: Partial<CalendarEvent> = {}): CalendarEvent {
  const later = (hours: number) => new Date(Date.UTC(2026, 5, 2 + 7 * weeks, hours)).toISOString();
  const originalStart = later(8);
  const times = { startsAt: originalStart, endsAt: later(9), originalStart };
  return fakeEvent({ id: `s_${weeks}`, recurringEventId: 's', ...times, ...changes });
}
