import { emailAddressMessages } from './messages';

/** One part of a domain; letters and marks of every script, as internationalised domains have them. */
const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;

/**
 * The form in which addresses are compared, as the server compares them: two are the same person's whatever their
 * case, and whether their domain is written in letters of its language or in those of the DNS (RFC 5890 §2.3.2.1).
 */
export function addressKey(email: string): string {
  const key = email.toLowerCase();
  const domain = key.slice(key.lastIndexOf('@') + 1);
  // In ASCII, the platform would read some as numbers; of what is no address, it would leave parts out.
  if (/^[\0-\x7f]*$/.test(domain) || problemWith(email)) return key;
  try {
    return key.slice(0, key.lastIndexOf('@') + 1) + new URL(`http://${domain}`).hostname;
  } catch {
    return key;
  }
}

/** What is wrong with an address, in words; `undefined` when mail could go there. */
export function problemWith(email: string): string | undefined {
  const at = email.lastIndexOf('@');
  const local = email.slice(0, at);
  const domain = email.slice(at + 1);
  if (at < 0) return emailAddressMessages.missingAt;
  if (!local) return emailAddressMessages.missingLocalPart;
  if (!domain) return emailAddressMessages.missingDomain;
  if (/[\s<>()[\],;:\\"@\u0000-\u001f\u007f]/.test(local)) {
    return emailAddressMessages.forbiddenCharacters;
  }
  if (/^\.|\.\.|\.$/.test(local)) return emailAddressMessages.misplacedDot;
  // RFC 5321 §4.5.3.1 counts octets: 64 before the @, 254 in all.
  const octets = (text: string) => new TextEncoder().encode(text).length;
  if (octets(local) > 64 || octets(email) > 254) return emailAddressMessages.tooLong;
  // Japanese and Chinese keyboards write another dot (RFC 5895 §2).
  const labels = domain.split(/[.。]/);
  const isDomain = labels.length > 1 && labels.every((text) => label.test(text));
  if (!isDomain) return emailAddressMessages.notADomain;
  return undefined;
}
