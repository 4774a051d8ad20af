import type { AddressEntry } from '../../address-input';
import type { CalendarEvent } from '../../graphql/types';
import type { Recurrence } from '../../recurrence';

/** What another module may hand over when it opens the composer. */
export type CalendarComposerOptions = {
  defaultTitle?: string;
  defaultDescription?: string;
  defaultAttendees?: ReadonlyArray<{ email: string; displayName?: string }>;
  /** Wall time in the member's zone. Without it: the next half hour. */
  defaultStart?: { date: string; time: string };
  linkedPeople?: readonly LinkedRecord[];
  linkedCompany?: LinkedRecord;
  linkedOpportunity?: LinkedRecord;
  /** The account whose calendar the event goes into; without it, the member's usual one. */
  connectedAccountId?: string;
  /** Whether a mail that the member is writing invites the guests, so that their calendar need not. */
  isInvitedByMail?: boolean;
  /** Given, the caller decides what happens next; otherwise the new event's details open. */
  onEventCreated?: (result: MeetingCreatedResult) => void;
  onCancel?: () => void;
};

/**
 * How the mail composer asks for a meeting. This module owns the interface, the mail module consumes it, and
 * neither imports anything else of the other.
 */
export type CreateMeetingFromEmailOptions = {
  defaultAttendees: string[];
  defaultTitle?: string;
  defaultDescription?: string;
  /** The account that the mail is sent with: an invitation comes from who organizes the meeting. */
  connectedAccountId?: string;
  linkedPeople?: readonly LinkedRecord[];
  linkedCompany?: LinkedRecord;
  linkedOpportunity?: LinkedRecord;
  onEventCreated: (result: MeetingCreatedResult) => void;
  onCancel: () => void;
};

export type MeetingCreatedResult = {
  calendarEvent: CalendarEvent;
  conferenceLink?: string;
  /** Empty while the calendar has not taken the event. */
  icsFileContent: string;
  icsFileName: string;
  /** The media type to attach it as: it invites only where the calendar has not. */
  icsFileType: string;
  /** False while the calendar or the video link is waited for: `fetchInvitation` asks again. */
  isComplete: boolean;
};

export type LinkedRecord = { id: string; name: string };

export type Attendee = AddressEntry;

/** What the form holds. Dates and times are wall clock readings in `timeZone`, the last day inclusive. */
export type CalendarEventDraft = {
  title: string;
  connectedAccountId: string;
  startDate: string;
  startTime: string;
  endDate: string;
  endTime: string;
  isFullDay: boolean;
  timeZone: string;
  attendees: Attendee[];
  /** Typed but not yet turned into a chip. */
  attendeeText: string;
  conferenceProviderId: string;
  customConferenceLink: string;
  location: string;
  description: string;
  linkedPeople: LinkedRecord[];
  linkedCompany: LinkedRecord | undefined;
  linkedOpportunity: LinkedRecord | undefined;
  sendInvitations: boolean;
  /** As chosen when the start was at `recurrenceAnchor`; `undefined` until a series has told it. */
  recurrence: Recurrence | undefined;
  recurrenceAnchor: string;
  /** Where the start was before the chosen days moved it. */
  startMovedFrom: string | undefined;
};

/** The fields an error can belong to, as the server names them in `errorField`. */
export const composerFields = [
  'title',
  'startsAt',
  'endsAt',
  'timeZone',
  'attendees',
  'customConferenceLink',
  'conferenceProviderId',
  'connectedAccountId',
  'location',
  'description',
  'recurrence',
] as const;

export type ComposerField = (typeof composerFields)[number];
export type FieldErrors = Partial<Record<ComposerField, string>>;

export type CalendarComposerState =
  | { isOpen: false }
  | {
      isOpen: true;
      /** Whose form it is: a session may end and someone else sign in before it is sent. */
      memberId: string;
      options: CalendarComposerOptions;
      draft: CalendarEventDraft;
      /** The draft as first shown, to know whether anything was typed. */
      pristine: CalendarEventDraft;
      /** One key for as long as this form is open: however often it is sent, one event comes of it. */
      idempotencyKey: string;
      isSending: boolean;
      fieldErrors: FieldErrors;
      failure: ComposerFailure | undefined;
      /** The event that is edited; without it the form makes a new one. */
      editing: EditedEvent | undefined;
    };

export type OpenComposer = Extract<CalendarComposerState, { isOpen: true }>;

export type EditedEvent = {
  /** As it was when the form opened. */
  event: CalendarEvent;
  /** For an occurrence: the event that has its rules, as soon as it is known. */
  series: CalendarEvent | undefined;
  /** Why the rules are not known. */
  seriesProblem: string | undefined;
};

export type ComposerFailure = { message: string; code?: string; mayHaveArrived: boolean };
