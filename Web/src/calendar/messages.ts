/** The calendar page, and an event wherever it is shown. How texts are kept: `ui/messages.ts`. */

/** What is said of events here, in the composer and where two versions are compared. */
export const eventMessages = {
  untitled: 'Untitled',
  notShared: 'Not shared',
  title: 'Title',
  when: 'When',
  repeats: 'Repeats',
  location: 'Location',
  description: 'Description',
  attendees: 'Attendees',
  conference: 'Video conference',
  linkedRecords: 'Linked records',
  cannotChange: 'This event can’t be changed.',
  creatingIsOff: 'Creating events is switched off for this workspace.',
};

/** What a screen reader adds to an event's name. */
export const eventStateMessages = {
  canceled: 'canceled',
  pending: 'waiting to be sent',
  failed: 'not in the calendar yet',
  conflict: 'changed in two places',
  repeats: 'repeats',
};

export const responseMessages = {
  NEEDS_ACTION: 'No answer yet',
  ACCEPTED: 'Accepted',
  DECLINED: 'Declined',
  TENTATIVE: 'Maybe',
};

export const calendarPageMessages = {
  title: 'Calendar',
  today: 'Today',
  previous: { week: 'Previous week', agenda: 'Previous month' },
  next: { week: 'Next week', agenda: 'Next month' },
  export: 'Export .ics',
  view: 'View',
  views: { week: 'Week', agenda: 'Agenda' },
  loading: 'Loading your calendar…',
  emptyMonth: 'Nothing planned this month',
  emptyMonthHint: 'Events you create here appear in this list.',
  livePaused: 'Live updates are paused. Reconnecting…',
};

export const weekMessages = {
  label: 'Week',
  keys:
    'Alt and the arrow keys move a focused event; with Shift, they change when it ends. ' +
    'Release Alt to save, or press Escape to cancel.',
  movedTo: (time: string) => `Moved to ${time}`,
  notMoved: 'Not moved.',
  askWhichToMove: 'Move which meetings?',
  move: 'Move',
};

export const eventRowMessages = {
  pending: 'Waiting',
  failed: 'Not sent',
  conflict: 'Conflict',
};

export const detailsMessages = {
  title: 'Event',
  loading: 'Loading the event…',
  gone: 'This event no longer exists',
  goneHint: 'It may have been deleted, or it belongs to another workspace.',
  canceled: 'Canceled',
  visibility: 'Visibility',
  onlyTimes: 'The owner shares only the times of this event.',
  organizer: 'Organizer',
  openInCalendar: 'Open in the calendar',
  download: 'Download .ics',
  edit: 'Edit',
  delete: 'Delete',
  cannotDelete: 'This event can’t be deleted.',
};

export const conferenceMessages = {
  join: (conference: string) => `Join ${conference}`,
  joinUnnamed: 'Join the meeting',
  copyLink: 'Copy link',
  copied: 'Link copied.',
  notCopied: 'Your browser doesn’t allow copying. Select the link and copy it.',
  creating: (conference = 'meeting') => `Creating the ${conference} link…`,
  failed: (conference = 'meeting') =>
    `The ${conference} link couldn’t be created. The event stands without one. To meet by video, ` +
    'edit the event and choose again, or enter a meeting link of your own.',
};

export const pushMessages = {
  retry: 'Retry now',
  notRetried: 'Couldn’t retry.',
  waiting: (calendar: string) => `Waiting for ${calendar}…`,
  waitingBecause: ({ calendar, reason }: { calendar: string; reason: string }) =>
    `Waiting for ${calendar} — ${reason}`,
  failed: ({ calendar, reason }: { calendar: string; reason: string }) =>
    `This event is not in ${calendar}. ${reason}`,
  compare: 'Compare',
  conflict: (calendar: string) =>
    `This event was changed here and in ${calendar} at the same time. Choose which version to keep.`,
};

export const replyMessages = {
  title: 'Add a reply',
  whenInboxIsRead:
    'Replies in your inbox are added automatically. Add the .ics file of a reply that went elsewhere.',
  whenInboxIsNotRead: 'This calendar doesn’t read your email. Add the .ics file from a guest’s reply here.',
  file: 'File',
  text: 'Or paste its text',
  add: 'Add',
  adding: 'Adding…',
  tooLarge: 'This file is too large to be a reply.',
  missing: 'Choose the reply’s .ics file, or paste its text.',
  notAdded: 'Couldn’t add the reply.',
  answered: ({ guest = 'The guest', answer = 'answered' }: { guest?: string; answer?: string }) =>
    `${guest}: ${answer}.`,
  delegated: ({ guest = 'The guest', delegates }: { guest?: string; delegates: string }) =>
    `${guest} wants ${delegates} to come instead. Invite them if you agree.`,
  partlyAdded: ({ said, ignored }: { said: string; ignored: string }) =>
    `${said} Not all of the reply was added: ${ignored}`,
};
