const known: Record<string, { title: string; detail: string }> = {
  IS_CALENDAR_COMPOSE_ENABLED: {
    title: 'Calendar writing',
    detail: 'The main switch: without it nothing is created, changed or deleted.',
  },
  IS_CALENDAR_EVENT_CREATE_ENABLED: { title: 'Create events', detail: 'Shows “New Event”.' },
  IS_CALENDAR_EVENT_EDIT_ENABLED: {
    title: 'Edit events',
    detail: 'Lets people change events they created here.',
  },
  IS_CALENDAR_EVENT_DELETE_ENABLED: {
    title: 'Delete events',
    detail: 'Lets people delete events they created here.',
  },
  IS_CALENDAR_EMAIL_INVITE_ENABLED: {
    title: 'Invitations in mail',
    detail: 'Adds a meeting invitation while writing a mail.',
  },
  IS_CALENDAR_RSVP_ENABLED: { title: 'Answer invitations', detail: 'Accept, decline or maybe, from here.' },
};

/** A flag this table does not know, such as a provider's own, is named after its key. */
export function flagWords(key: string): { title: string; detail?: string } {
  const found = known[key];
  if (found) return found;
  const words = key.replace(/^IS_(CALENDAR_)?|_ENABLED$/g, '').toLowerCase().replaceAll('_', ' ');
  return { title: words.charAt(0).toUpperCase() + words.slice(1) };
}
