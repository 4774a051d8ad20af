import type { CalendarEvent } from '../graphql/types';

/** Whether an event may belong on the timeline of a record with this id. */
export const mayBelongTo = {
  Person: ({ participants, linkedPeople }: CalendarEvent, id: string) =>
    linkedPeople.some((person) => person.id === id) || participants.some(({ person }) => person?.id === id),
  // An event does not tell whose people its own are.
  Company: ({ participants, linkedPeople, linkedCompany }: CalendarEvent, id: string) =>
    linkedCompany?.id === id || linkedPeople.length > 0 || participants.some(({ person }) => person !== null),
  Opportunity: ({ linkedOpportunity }: CalendarEvent, id: string) => linkedOpportunity?.id === id,
};
