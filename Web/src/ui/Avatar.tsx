const hues = [222, 262, 322, 12, 32, 152, 182, 202];

/** A circle with initials; the colour follows the name, so that a person keeps theirs. */
export function Avatar({ name, size = 28 }: { name: string; size?: number }) {
  const letters = name
    .replace(/@.*/, '')
    .split(/[\s._-]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  const hue = hues[sum % hues.length];
  return (
    <span
      className="avatar"
      aria-hidden="true"
      style={{
        width: size,
        height: size,
        fontSize: size * 0.4,
        background: `hsl(${hue} 55% 88%)`,
        color: `hsl(${hue} 55% 28%)`,
      }}
    >
      {letters || '?'}
    </span>
  );
}
