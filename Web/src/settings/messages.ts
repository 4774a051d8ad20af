/** Accounts, failed deliveries and features. How texts are kept: `ui/messages.ts`. */
export const settingsMessages = {
  title: 'Settings',
  accounts: 'Accounts',
  failedDeliveries: 'Failed deliveries',
  features: 'Features',
};

export const accountsPageMessages = {
  title: 'Your accounts',
  empty: 'No account connected yet',
  emptyHint: 'Connect one below to create events in it.',
};

export const accountCardMessages = {
  disconnect: 'Disconnect',
  disconnectAccount: (account: string) => `Disconnect ${account}`,
  disconnected: (provider = 'The account') => `${provider} is disconnected.`,
  cannotWrite: 'Events can’t be created here because the permission to write is missing.',
  connectBelow: 'Connect it again below with its current password.',
  repliesUnreadable: (problem: string) =>
    `Replies to your invitations can’t be read from your inbox. ${problem}`,
  repliesRead: 'Answers to your invitations are read from your inbox.',
  repliesReadAt: (time: string) => `Answers to your invitations are read from your inbox, last ${time}.`,
  askDisconnect: (provider = 'this account') => `Disconnect ${provider}?`,
  disconnectCalendar:
    'We revoke our access. Its meetings stay visible here but can no longer be changed, and changes that have ' +
    'not reached the calendar are dropped. You can reconnect it at any time.',
  disconnectConference:
    'We revoke our access. Meetings keep their links, but the video meetings are no longer moved or deleted ' +
    'with them. You can reconnect it at any time.',
  keep: 'Keep it',
};

export const channelMessages = {
  saved: 'Saved.',
  visibility: 'Colleagues see',
  visibilities: {
    SHARE_EVERYTHING: 'Everything',
    METADATA: 'Only times, no details',
  },
  conflicts: 'If both sides changed the same',
  conflictStrategies: {
    MERGE: 'Keep the later change',
    LAST_WRITE_WINS: 'Keep the later change',
    CRM_WINS: 'Keep the change made here',
    PROVIDER_WINS: 'Keep the change made in the calendar',
    MANUAL: 'Ask me',
  },
};

export const connectMessages = {
  title: 'Connect an account',
  connect: 'Connect',
  connectProvider: (provider: string) => `Connect ${provider}`,
  byForm: 'Fill in a short form',
  bySignIn: 'Sign in there and allow access',
  connecting: 'Connecting your account…',
  optional: 'Optional',
  connected: 'Your account is connected.',
  accessDenied: 'You didn’t allow access, so the account wasn’t connected.',
  expired: 'Signing in took too long or started in another window. Start again.',
  missingScope: 'A required permission is missing. Connect again and allow everything.',
  editingOff: 'Calendar editing is off for this workspace. Turn it on under Features, then connect.',
  unavailable: 'The provider isn’t responding. Try again later.',
  notConnected: 'The account wasn’t connected. Try again and allow everything.',
  noSignInPage: 'Couldn’t open the sign-in page. Try again later.',
  isRequired: (field: string) => `${field} is required.`,
  isTooLong: (field: string) => `${field} is too long.`,
  needsWebAddress: 'Enter an address that begins with https://.',
};

export const conferenceDefaultMessages = {
  title: 'Video meetings',
  mine: 'Default for my meetings',
  mineHint: 'Used when the meeting’s calendar supports it.',
  asWorkspace: (conference: string) => `As in this workspace (${conference})`,
  workspace: 'Default for this workspace',
  workspaceHint: 'Used for members who haven’t chosen one.',
};

export const reconnectBannerMessages = {
  notNow: 'Not now',
};

export const failedDeliveryMessages = {
  intro:
    'Changes that couldn’t be delivered to your calendars, and email that couldn’t be sent. ' +
    'We no longer retry them automatically.',
  empty: 'Nothing has failed',
  emptyHint: 'Deliveries that failed for good appear here, with the reason.',
  retrying: 'Retrying now.',
  askDiscard: 'Take it off the list?',
  discardReplies: 'Your inbox won’t be read until you reconnect the account.',
  discardEmail: 'The email won’t be sent.',
  discardMeeting: 'The meeting stays here but won’t be delivered to the calendar.',
  takeOff: 'Take off',
  keep: 'Keep',
  discarded: 'Removed from the list.',
  kinds: {
    PUSH_EVENT: 'Meeting',
    DELETE_EVENT: 'Deletion',
    RESOLVE_CONFERENCE: 'Video link',
    FOLLOW_CONFERENCE: 'Video meeting',
    SEND_EMAIL: 'Email',
    READ_REPLIES: 'Replies by email',
  },
  replies: 'Answers to your invitations',
  untitledEmail: 'An email',
  untitledMeeting: 'A meeting',
};

export const flagsPageMessages = {
  intro: 'These settings apply to everyone in this workspace.',
};

/** The flags are the workspace's, so one can be switched before the release that reads it. */
const notYet = 'Not available in this release.';

/** By the server's keys. */
export const flagMessages: Record<string, { title: string; detail: string }> = {
  IS_CALENDAR_COMPOSE_ENABLED: {
    title: 'Calendar editing',
    detail: 'Master switch for creating, editing, and deleting events.',
  },
  IS_CALENDAR_EVENT_CREATE_ENABLED: { title: 'Create events', detail: 'Shows “New Event”.' },
  IS_CALENDAR_EVENT_EDIT_ENABLED: {
    title: 'Edit events',
    detail: 'Includes moving events in the week view and resolving conflicts.',
  },
  IS_CALENDAR_EVENT_DELETE_ENABLED: { title: 'Delete events', detail: 'Also cancels them for guests.' },
  IS_CALENDAR_EMAIL_INVITE_ENABLED: {
    title: 'Invitations in email',
    detail: 'Shows “Add Meeting Invite” when writing an email.',
  },
  IS_CALENDAR_RSVP_ENABLED: { title: 'Respond to invitations', detail: notYet },
};
