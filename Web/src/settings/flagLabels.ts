/** The flags are the workspace's, so one can be switched before the release that reads it. */
const notYet = 'Not available in this release.';

const known: Record<string, { title: string; detail: string }> = {
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

/** A flag this table does not know, such as a provider's own, is named after its key. */
export function flagLabels(key: string): { title: string; detail?: string } {
  const found = known[key];
  if (found) return found;
  const words = key.replace(/^IS_(CALENDAR_)?|_ENABLED$/g, '').toLowerCase().replaceAll('_', ' ');
  return { title: words.charAt(0).toUpperCase() + words.slice(1) };
}
