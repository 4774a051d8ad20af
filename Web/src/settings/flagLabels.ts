import { flagMessages } from './messages';

/** A flag without words of its own, such as a provider's own, is named after its key. */
export function flagLabels(key: string): { title: string; detail?: string } {
  const found = flagMessages[key];
  if (found) return found;
  const words = key.replace(/^IS_(CALENDAR_)?|_ENABLED$/g, '').toLowerCase().replaceAll('_', ' ');
  return { title: words.charAt(0).toUpperCase() + words.slice(1) };
}
