import { addAddresses, parseAddresses } from '../address-input';
import type { AddressEntry } from '../address-input';
import type { SendEmailInput } from '../graphql/generated';
import type { ConnectedAccount } from '../graphql/types';
import { emailAddressMessages } from '../ui/messages';
import { emailFieldMessages, fileMessages, invitationMessages } from './messages';
import type { DraftFile, EmailComposerOptions, EmailDraft, EmailFieldErrors } from './types';
import { recipientFields } from './types';

export const emptyBody = '';

/** Octets of all files of one mail, as the server has it. */
export const mostFileOctets = 10 * 1024 * 1024;

export function newEmailDraft(
  options: EmailComposerOptions,
  defaults: { connectedAccountId: string; key: string },
): EmailDraft {
  return {
    place: options.place,
    idempotencyKey: defaults.key,
    connectedAccountId: defaults.connectedAccountId,
    to: [...(options.to ?? [])],
    cc: [],
    bcc: [],
    texts: { to: '', cc: '', bcc: '' },
    showsCopies: false,
    subject: options.subject ?? '',
    body: emptyBody,
    files: [],
    linkedPeople: [...(options.linkedPeople ?? [])],
    ...(options.linkedCompany ? { linkedCompany: options.linkedCompany } : {}),
    ...(options.linkedOpportunity ? { linkedOpportunity: options.linkedOpportunity } : {}),
  };
}

/** Turns what was typed into the fields of recipients into chips. */
export function withTypedRecipients(draft: EmailDraft): EmailDraft {
  const lists = recipientFields.map((field) => {
    const typed = draft.texts[field].trim();
    return [field, typed ? addAddresses(draft[field], parseAddresses(typed)) : draft[field]] as const;
  });
  return { ...draft, ...Object.fromEntries(lists), texts: { to: '', cc: '', bcc: '' } } as EmailDraft;
}

/** Whether there is anything that someone would miss. */
export function isWorthKeeping(draft: EmailDraft, pristine: EmailDraft): boolean {
  const content = ({ to, cc, bcc, texts, subject, body, files }: EmailDraft) =>
    JSON.stringify([to, cc, bcc, texts, subject, isEmptyBody(body) ? '' : body, files.map(({ id }) => id)]);
  return content(draft) !== content(pristine);
}

export function isEmptyBody(html: string): boolean {
  return html.replace(/<[^>]*>|&nbsp;|\s/g, '') === '';
}

/** What can be said without asking the server. It checks everything again, and more. */
export function checkEmail(draft: EmailDraft, account: ConnectedAccount | undefined): EmailFieldErrors {
  const errors: EmailFieldErrors = {};
  if (!account) errors.connectedAccountId = emailFieldMessages.accountMissing;
  for (const field of recipientFields) {
    const wrong = draft[field].find(({ problem }) => problem);
    if (wrong) errors[field] = emailAddressMessages.problemOf(wrong);
  }
  if (recipientFields.every((field) => draft[field].length === 0)) {
    errors.to = emailFieldMessages.recipientMissing;
  }
  const octets = draft.files.reduce((sum, file) => sum + octetsOf(file), 0);
  if (octets > mostFileOctets) errors.attachments = fileMessages.tooLargeTogether;
  if (draft.files.some(({ meeting, contentBase64 }) => meeting && !contentBase64)) {
    errors.attachments = invitationMessages.notDelivered;
  } else if (draft.files.some(({ meeting }) => meeting?.isWaitedFor)) {
    errors.attachments = invitationMessages.linkPending;
  }
  return errors;
}

export function octetsOf(file: DraftFile): number {
  return Math.floor((file.contentBase64.length * 3) / 4);
}

export function sendInput(draft: EmailDraft, undoWindow: number): SendEmailInput {
  const addresses = (entries: readonly AddressEntry[]) =>
    entries.map(({ email, displayName }) =>
      displayName ? `"${displayName.replace(/["\\]/g, '')}" <${email}>` : email,
    );
  return {
    connectedAccountId: draft.connectedAccountId,
    to: addresses(draft.to),
    cc: addresses(draft.cc),
    bcc: addresses(draft.bcc),
    subject: draft.subject.trim(),
    body: draft.body,
    attachments: draft.files.map(({ name, type, contentBase64 }) => ({ name, type, contentBase64 })),
    idempotencyKey: draft.idempotencyKey,
    undoWindow,
    calendarEventId: draft.files.find(({ meeting }) => meeting)?.meeting?.eventId ?? null,
    linkedPersonIds: draft.linkedPeople.map(({ id }) => id),
    linkedCompanyId: draft.linkedCompany?.id ?? null,
    linkedOpportunityId: draft.linkedOpportunity?.id ?? null,
  };
}

/** Base64 of a text in UTF-8. */
export function base64OfText(text: string): string {
  return base64OfBytes(new TextEncoder().encode(text));
}

export function base64OfBytes(bytes: Uint8Array): string {
  let binary = '';
  // In pieces: a call takes only so many arguments.
  for (let start = 0; start < bytes.length; start += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(binary);
}
