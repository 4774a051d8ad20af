/** Addresses that arrive as data are followed only when they are what they claim to be. */

function parse(address: string | null | undefined): URL | undefined {
  if (!address) return undefined;
  try {
    return new URL(address, window.location.origin);
  } catch {
    return undefined;
  }
}

function isLoopback(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

/** A meeting link: https and nothing else, regardless of its author. */
export function httpsLink(address: string | null | undefined): string | undefined {
  const url = parse(address);
  return url?.protocol === 'https:' && /^https:/i.test(address ?? '') ? url.href : undefined;
}

/** An address our own server or a provider gave: https, or plain http on this very machine (the demo). */
export function trustedLink(address: string | null | undefined): string | undefined {
  const url = parse(address);
  if (!url) return undefined;
  if (url.protocol === 'https:' || url.origin === window.location.origin) return url.href;
  return url.protocol === 'http:' && isLoopback(url) ? url.href : undefined;
}
