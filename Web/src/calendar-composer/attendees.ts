import { problemWith } from '../ui/emailAddress';
import type { Attendee } from './types/CalendarComposerTypes';

/** More than any calendar takes: a pasted novel shall not freeze the page. The server has its own limit. */
const maxPasted = 500;

/**
 * Reads what people type or paste: `a@b.example`, `Ann B. <a@b.example>`, several of them separated by
 * commas, semicolons, lines, or (bare addresses only) spaces.
 */
export function parseAttendees(text: string): Attendee[] {
  return splitList(text).flatMap(readEntry).slice(0, maxPasted);
}

/** Splits at separators that stand neither in quotes nor in angle brackets: names may hold commas. */
function splitList(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let isQuoted = false;
  let isBracketed = false;
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === '<') isBracketed = true;
    else if (!isQuoted && character === '>') isBracketed = false;
    if (/[\r\n]/.test(character)) isQuoted = isBracketed = false;
    if (!isQuoted && !isBracketed && /[,;\r\n\t]/.test(character)) {
      parts.push(part);
      part = '';
    } else {
      part += character;
    }
  }
  parts.push(part);
  return parts.map((entry) => entry.trim()).filter(Boolean);
}

function readEntry(entry: string): Attendee[] {
  const named = /^(.*?)<([^<>]*)>$/.exec(entry);
  if (named) {
    const displayName = (named[1] ?? '').trim().replace(/^"(.*)"$/, '$1').trim();
    return [attendee(named[2] ?? '', displayName)];
  }
  const words = entry.split(/\s+/);
  const areAddresses = words.length > 1 && words.every((word) => word.includes('@'));
  return areAddresses ? words.map((word) => attendee(word)) : [attendee(entry)];
}

function attendee(address: string, displayName?: string): Attendee {
  const email = address.trim().replace(/^mailto:/i, '');
  const problem = problemWith(email);
  return { email, ...(displayName ? { displayName } : {}), ...(problem ? { problem } : {}) };
}

/** Adds without repeating anyone: addresses count as equal whatever their case. */
export function addAttendees(current: readonly Attendee[], more: readonly Attendee[]): Attendee[] {
  const result = [...current];
  for (const entry of more) {
    const key = entry.email.toLowerCase();
    if (!result.some(({ email }) => email.toLowerCase() === key)) result.push(entry);
  }
  return result;
}
