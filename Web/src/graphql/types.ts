/** The parts of the GraphQL contract this app reads. Provider ids are open: data, never a list here. */

export type ResponseStatus = 'NEEDS_ACTION' | 'ACCEPTED' | 'DECLINED' | 'TENTATIVE';
export type ConferenceStatus = 'NONE' | 'PENDING' | 'SUCCESS' | 'FAILURE';
export type PushStatus = 'PENDING' | 'SYNCED' | 'FAILED' | 'CONFLICT';
export type ChannelVisibility = 'METADATA' | 'SHARE_EVERYTHING';

export interface WorkspaceMember {
  id: string;
  email: string;
  displayName: string | null;
  workspaceName: string;
  timeZone: string | null;
  defaultConferenceProviderId: string | null;
}

export interface CalendarChannel {
  id: string;
  handle: string;
  visibility: ChannelVisibility;
  lastError: string | null;
}

export interface ConnectedAccount {
  id: string;
  provider: string;
  handle: string;
  displayName: string;
  ownerId: string;
  canWrite: boolean;
  needsReconnect: boolean;
  reconnectReason: string | null;
  /** Whether guests hear of events; where not, the .ics file has to be passed on by hand. */
  sendsInvitations: boolean;
  calendarChannels: CalendarChannel[];
}

export interface CalendarProviderInfo {
  providerId: string;
  displayName: string;
  connection: string;
}

export interface ConferenceProviderInfo {
  providerId: string;
  displayName: string;
  iconKey: string;
  isAvailable: boolean;
  unavailableReason: string | null;
  requiresLink: boolean;
}

export interface FeatureFlag {
  key: string;
  enabled: boolean;
}

export interface PersonName {
  id: string;
  firstName: string | null;
  lastName: string | null;
  emails: string[];
}

export interface CompanyName {
  id: string;
  name: string;
}

export interface Person extends PersonName {
  jobTitle: string | null;
  company: CompanyName | null;
}

export interface Company extends CompanyName {
  domainName: string | null;
  people: Person[];
}

export interface Opportunity {
  id: string;
  name: string;
  stage: string | null;
  amount: number | null;
  company: CompanyName | null;
  pointOfContact: PersonName | null;
}

export interface Participant {
  handle: string;
  displayName: string | null;
  isOrganizer: boolean;
  responseStatus: ResponseStatus;
  person: PersonName | null;
  workspaceMember: { id: string; displayName: string | null } | null;
}

export interface CalendarEvent {
  id: string;
  title: string | null;
  description: string | null;
  location: string | null;
  startsAt: string;
  endsAt: string;
  isFullDay: boolean;
  timeZone: string | null;
  isCanceled: boolean;
  recurrence: string[];
  conferenceProviderId: string;
  conferenceStatus: ConferenceStatus;
  conferenceLink: string | null;
  participants: Participant[];
  createdFromCrm: boolean;
  crmCreatorId: string | null;
  connectedAccountId: string | null;
  pushStatus: PushStatus;
  pushError: string | null;
  providerUrl: string | null;
  icsFileUrl: string | null;
  isRedacted: boolean;
  linkedPeople: PersonName[];
  linkedCompany: CompanyName | null;
  linkedOpportunity: CompanyName | null;
}

export interface CalendarEventResult {
  success: boolean;
  calendarEvent: CalendarEvent | null;
  conferenceLink: string | null;
  icsFileUrl: string | null;
  icsFileName: string | null;
  icsFileContent: string | null;
  error: string | null;
  errorCode: string | null;
  errorField: string | null;
}

export interface Connection<Node> {
  edges: Array<{ node: Node; cursor: string }>;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

export function personName(person: PersonName): string {
  const name = [person.firstName, person.lastName].filter(Boolean).join(' ').trim();
  return name || person.emails[0] || 'Unnamed person';
}

/** A delivery that was given up. */
export interface FailedJob {
  id: string;
  kind: 'PUSH_EVENT' | 'RESOLVE_CONFERENCE';
  reason: string;
  failedAt: string;
  connectedAccountId: string;
  calendarEvent: { id: string; title: string | null } | null;
}
