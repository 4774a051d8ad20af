/** Wall-clock times in IANA zones, as strings: a date is `YYYY-MM-DD`, a time `HH:MM`. */

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** The wall clock at an instant, as milliseconds of a day that pretends to be UTC. */
function wallMilliseconds(instant: number, zone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatterFor(zone).formatToParts(instant)) {
    if (type !== 'literal') parts[type] = Number(value);
  }
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Minutes east of UTC at an instant. */
export function offsetMinutes(instant: number, zone: string): number {
  const whole = Math.floor(instant / 1000) * 1000;
  return Math.round((wallMilliseconds(whole, zone) - whole) / minuteMs);
}

export function isKnownZone(zone: string): boolean {
  try {
    formatterFor(zone);
    return true;
  } catch {
    return false;
  }
}

export interface WallTime {
  date: string;
  time: string;
}

export function wallTimeAt(instant: number | string, zone: string): WallTime {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant);
  const iso = new Date(wallMilliseconds(Math.floor(ms / 1000) * 1000, zone)).toISOString();
  return { date: iso.slice(0, 10), time: iso.slice(11, 16) };
}

export function minutesOfDay(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** A wall time as milliseconds of a day that pretends to be UTC; NaN if it is not a real date and time. */
export function wallValue(wall: WallTime): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(wall.date) || !/^\d{2}:\d{2}/.test(wall.time)) return Number.NaN;
  const value = Date.parse(`${wall.date}T${wall.time.slice(0, 5)}:00Z`);
  // V8 reads 31 February as 3 March.
  return Number.isNaN(value) || wallFromValue(value).date !== wall.date ? Number.NaN : value;
}

export function wallFromValue(value: number): WallTime {
  const iso = new Date(value).toISOString();
  return { date: iso.slice(0, 10), time: iso.slice(11, 16) };
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

export interface ResolvedWallTime {
  instant: number;
  /** RFC 3339 with the zone's own offset at that moment. */
  rfc3339: string;
  /** `gap`: clocks skipped this time. `fold`: it happens twice, and the first is meant. */
  kind: 'exact' | 'gap' | 'fold';
  /** What the clock on the wall really shows; differs from the question only in a gap. */
  wall: WallTime;
}

/**
 * Which instant a wall time means in a zone. In a gap the offset before it counts, in a fold the first
 * occurrence: RFC 5545 §3.3.5 reads local times the same way.
 */
export function resolveWallTime(wall: WallTime, zone: string): ResolvedWallTime | undefined {
  const asked = wallValue(wall);
  if (Number.isNaN(asked)) return undefined;
  // Zones have moved by up to a whole day (Samoa, 2011), never by more.
  const before = offsetMinutes(asked - dayMs, zone);
  const after = offsetMinutes(asked + dayMs, zone);
  const candidates = [...new Set([before, after])]
    .map((offset) => ({ offset, instant: asked - offset * minuteMs }))
    .filter(({ offset, instant }) => offsetMinutes(instant, zone) === offset)
    .sort((a, b) => a.instant - b.instant);
  const first = candidates[0];
  const instant = first ? first.instant : asked - before * minuteMs;
  const kind = !first ? 'gap' : candidates.length > 1 ? 'fold' : 'exact';
  return { instant, rfc3339: rfc3339(instant, zone), kind, wall: wallTimeAt(instant, zone) };
}

export function rfc3339(instant: number, zone: string): string {
  const offset = offsetMinutes(instant, zone);
  const local = new Date(instant + offset * minuteMs).toISOString().slice(0, 19);
  return `${local}${formatOffset(offset)}`;
}

/** `+05:30`; zero is `+00:00`, which RFC 3339 reads as a known offset, unlike `-00:00`. */
export function formatOffset(minutes: number): string {
  const absolute = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(absolute / 60))}:${two(absolute % 60)}`;
}
