import { addressKey, problemWith } from '../ui/emailAddress';

/** Someone to invite or to write to. */
export type AddressEntry = {
  email: string;
  displayName?: string;
  /** Why nothing can be sent there; absent when it can. */
  problem?: string;
};

/** More than any calendar or mail takes: a pasted novel shall not freeze the page. The server has its own limit. */
const maxPasted = 500;

/**
 * Reads what people type or paste: `a@b.example`, `Ann B. <a@b.example>`, several of them separated by
 * commas, semicolons, lines, or (bare addresses only) spaces.
 */
export function parseAddresses(text: string): AddressEntry[] {
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

function readEntry(entry: string): AddressEntry[] {
  const named = /^(.*?)<([^<>]*)>$/.exec(entry);
  if (named) {
    const displayName = (named[1] ?? '').trim().replace(/^"(.*)"$/, '$1').trim();
    return [entryOf(named[2] ?? '', displayName)];
  }
  const words = entry.split(/\s+/);
  const areAddresses = words.length > 1 && words.every((word) => word.includes('@'));
  return areAddresses ? words.map((word) => entryOf(word)) : [entryOf(entry)];
}

function entryOf(address: string, displayName?: string): AddressEntry {
  const email = address.trim().replace(/^mailto:/i, '');
  const problem = problemWith(email);
  return { email, ...(displayName ? { displayName } : {}), ...(problem ? { problem } : {}) };
}

/** Adds without repeating anyone; those who are there stay as they were typed. */
export function addAddresses(current: readonly AddressEntry[], more: readonly AddressEntry[]): AddressEntry[] {
  const result = [...current];
  const taken = new Set(current.map(({ email }) => addressKey(email)));
  for (const entry of more) {
    const key = addressKey(entry.email);
    if (!taken.has(key)) result.push(entry);
    taken.add(key);
  }
  return result;
}
