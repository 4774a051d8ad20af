import type { AddressEntry } from '../address-input';
import type { LinkedRecord } from '../calendar-composer';

/** What another module may hand over when it opens the mail composer. */
export interface EmailComposerOptions {
  /** Names the place it is opened from: its unsent draft is found there again. */
  place: string;
  to?: readonly AddressEntry[];
  subject?: string;
  linkedPeople?: readonly LinkedRecord[];
  linkedCompany?: LinkedRecord;
  linkedOpportunity?: LinkedRecord;
}

export interface DraftFile {
  id: string;
  name: string;
  /** A media type with its parameters. */
  type: string;
  contentBase64: string;
  /** The meeting that this file is about. */
  meeting?: DraftMeeting;
}

export interface DraftMeeting {
  eventId: string;
  title: string;
  /** The link that was put into the text. */
  link?: string;
  /** Whether the calendar, or the video link, is still waited for. */
  isWaitedFor?: boolean;
}

/** A mail that is being written. */
export interface EmailDraft {
  place: string;
  /** One key for one mail, however often it is sent; another after it was taken back. */
  idempotencyKey: string;
  connectedAccountId: string;
  to: AddressEntry[];
  cc: AddressEntry[];
  bcc: AddressEntry[];
  /** Typed into the three fields and not yet chips. */
  texts: Record<RecipientField, string>;
  showsCopies: boolean;
  subject: string;
  /** HTML of the few elements that the editor makes. */
  body: string;
  files: DraftFile[];
  linkedPeople: LinkedRecord[];
  linkedCompany?: LinkedRecord;
  linkedOpportunity?: LinkedRecord;
}

export type RecipientField = 'to' | 'cc' | 'bcc';
export const recipientFields = ['to', 'cc', 'bcc'] as const;

/** The fields an error can belong to, as the server names them. */
export type EmailField = RecipientField | 'connectedAccountId' | 'subject' | 'body' | 'attachments';
export type EmailFieldErrors = Partial<Record<EmailField, string>>;
