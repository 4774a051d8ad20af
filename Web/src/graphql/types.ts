/** What the app calls the fragments it reads, and the little that the schema does not say. */
import type {
  AccountFieldsFragment,
  CalendarProviderFieldsFragment,
  ChannelFieldsFragment,
  ConferenceProviderFieldsFragment,
  ConnectionFieldFieldsFragment,
  EventFieldsFragment,
  EventResultFieldsFragment,
  FailedJobFieldsFragment,
  MemberFieldsFragment,
  PageFragment,
  ParticipantFieldsFragment,
  PersonNameFragment,
  SessionQuery,
} from './generated';
import { personMessages } from './messages';

export type CalendarChannel = ChannelFieldsFragment;
export type CalendarEvent = EventFieldsFragment;
export type CalendarEventResult = EventResultFieldsFragment;
export type CalendarProviderInfo = CalendarProviderFieldsFragment;
export type ConferenceProviderInfo = ConferenceProviderFieldsFragment;
export type ConnectedAccount = AccountFieldsFragment;
export type ConnectionField = ConnectionFieldFieldsFragment;
export type FailedJob = FailedJobFieldsFragment;
export type FeatureFlag = SessionQuery['featureFlags'][number];
export type Participant = ParticipantFieldsFragment;
export type WorkspaceMember = MemberFieldsFragment;

/** A page of a list, whatever it lists. */
export interface Connection<Node> {
  edges: Array<{ node: Node }>;
  pageInfo: PageFragment;
}

export function personName(person: Omit<PersonNameFragment, 'id'>): string {
  const name = [person.firstName, person.lastName].filter(Boolean).join(' ').trim();
  return name || person.emails[0] || personMessages.unnamed;
}
