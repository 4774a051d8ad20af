/** The flags are the workspace's, so they can be switched before the release that heeds them. */
const notYet = 'Not in this release yet.';

const known: Record<string, { title: string; detail: string }> = {
  IS_CALENDAR_COMPOSE_ENABLED: {
    title: 'Calendar writing',
    detail: 'The main switch: without it nothing is created or changed.',
  },
  IS_CALENDAR_EVENT_CREATE_ENABLED: { title: 'Create events', detail: 'Shows “New Event”.' },
  IS_CALENDAR_EVENT_EDIT_ENABLED: {
    title: 'Edit events',
    detail: 'Also moving them in the week, and choosing between two versions.',
  },
  IS_CALENDAR_EVENT_DELETE_ENABLED: { title: 'Delete events', detail: 'For their guests too.' },
  IS_CALENDAR_EMAIL_INVITE_ENABLED: { title: 'Invitations in mail', detail: notYet },
  IS_CALENDAR_RSVP_ENABLED: { title: 'Answer invitations', detail: notYet },
};

/** A flag this table does not know, such as a provider's own, is named after its key. */
export function flagWords(key: string): { title: string; detail?: string } {
  const found = known[key];
  if (found) return found;
  const words = key.replace(/^IS_(CALENDAR_)?|_ENABLED$/g, '').toLowerCase().replaceAll('_', ' ');
  return { title: words.charAt(0).toUpperCase() + words.slice(1) };
}
