/** The frame around all pages. How texts are kept: `ui/messages.ts`. */
import { commonMessages } from './ui/messages';

export const appMessages = {
  starting: 'Starting…',
  windowTitle: (area: string) => `${area} · ${commonMessages.productName}`,
  pageNotFound: 'Page not found',
  goToCalendar: 'Go to the calendar',
};

export const navigationMessages = {
  label: 'Main',
  writeEmail: 'Write an email',
  signOut: 'Sign out',
};
