/** Writing emails, and the emails of a record. How texts are kept: `ui/messages.ts`. */
export const emailComposerMessages = {
  title: 'New Email',
  attach: 'Attach',
  send: 'Send',
  sending: 'Sending…',
  sent: 'Email sent',
  notSent: 'Couldn’t send the email.',
  mayHaveArrived: 'Nothing is lost, and trying again never sends a second email.',
  failedLater: ({ subject, reason }: { subject: string; reason: string | null }) =>
    `${subject || 'Your email'}: ${reason ?? 'It wasn’t sent.'}`,
  draftSaved: 'Draft saved',
  savingDraft: 'Saving draft…',
  draftKept: 'Draft saved. Open the email again to continue.',
  askDiscard: 'Discard this email?',
  emailWillBeLost: 'Your email will be lost.',
  emailWillBeLostMeetingStays: 'Your email will be lost. The meeting stays in your calendar.',
  keepWriting: 'Keep writing',
  noSender: 'None of your accounts can send email.',
};

export const emailFieldMessages = {
  from: 'From',
  fromMeeting: 'The meeting is in this account, and its invitation comes from it.',
  chooseAccount: 'Choose…',
  accountMissing: 'Choose the account to send this email from.',
  to: 'To',
  cc: 'Cc',
  bcc: 'Bcc',
  addCopies: 'Add Cc and Bcc',
  recipientMissing: 'Add at least one recipient.',
  subject: 'Subject',
  text: 'Text',
};

export const editorMessages = {
  toolbar: 'Formatting',
  bold: 'Bold',
  italic: 'Italic',
  bullets: 'Bulleted list',
  numbers: 'Numbered list',
  link: 'Link',
  linkAddress: 'Address of the link',
  linkPlaceholder: 'https://…',
  addLink: 'Add',
};

export const fileMessages = {
  label: 'Attachments',
  picker: 'Files to attach',
  remove: (file: string) => `Remove ${file}`,
  tooLarge: (file: string) => `“${file}” is larger than 10 MB.`,
  tooLargeTogether: 'The files are larger than 10 MB together.',
  octets: (count: number) => `${count} B`,
  kilobytes: (count: string) => `${count} KB`,
  megabytes: (count: string) => `${count} MB`,
};

/** The meeting that an email invites to. */
export const invitationMessages = {
  untitled: 'Meeting',
  titleFor: (subject: string) => `Meeting: ${subject}`,
  join: 'Join meeting:',
  notDelivered:
    'The meeting hasn’t been delivered to the calendar yet. Wait a moment, or remove the invitation.',
  linkPending: 'The video link is still being created. Wait a moment, then send.',
  makingLink: 'Making the video link…',
  waitingForCalendar: 'Waiting for the calendar…',
  isCopy: 'The calendar invites the guests itself. This file is a copy of the meeting.',
  askCancel: 'Cancel the meeting too?',
  stays: (meeting: string) =>
    `“${meeting}” is in your calendar. Without the invitation, this email invites no one to it.`,
  keep: 'Keep the meeting',
  cancel: 'Cancel the meeting',
  canceled: 'Meeting canceled',
};

export const emailListMessages = {
  title: 'Emails',
  empty: 'No emails yet',
  statuses: {
    SCHEDULED: 'Sending…',
    SENT: 'Sent',
    FAILED: 'Not sent',
    UNCERTAIN: 'May not have arrived',
  },
  notShared: 'Not shared',
  noSubject: 'No subject',
  sentTo: ({ sender, recipients }: { sender: string; recipients: string }) => `${sender} to ${recipients}`,
  sendAgain: 'Send again',
  sendNow: 'Send now',
  sentAgain: 'Sent again',
  notSent: 'It wasn’t sent.',
  undoSend: 'Undo send',
  sendingCanceled: 'Sending canceled.',
};
