/** Only addresses that a mail may lead to; without a scheme, one of the web is meant. */
export function linkAddress(typed: string): string | undefined {
  const text = typed.trim();
  if (!text || /\s/.test(text)) return undefined;
  if (/^(https?:\/\/|mailto:)./i.test(text)) return text;
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return undefined;
  return text.includes('@') ? `mailto:${text}` : `https://${text}`;
}
