import { formatOffset, isKnownZone, offsetMinutes } from './zonedTime';

/** Browsers still list some places under the names the time zone database retired. */
const renamed: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

export function currentZoneName(name: string): string {
  return renamed[name] ?? name;
}

export function browserZone(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone && isKnownZone(zone) ? currentZoneName(zone) : 'UTC';
}

let names: string[] | undefined;

function allZones(): string[] {
  if (!names) {
    const listed = (Intl as unknown as { supportedValuesOf?: (key: string) => string[] }).supportedValuesOf;
    const known = (listed?.('timeZone') ?? []).map(currentZoneName);
    names = [...new Set([...known, 'UTC'])].filter(isKnownZone).sort();
  }
  return names;
}

export interface ZoneChoice {
  name: string;
  /** For people: `Europe / New York` instead of underscores. */
  label: string;
  /** `UTC+01:00` at the moment asked about. */
  offset: string;
}

export function describeZone(name: string, instant: number): ZoneChoice {
  return {
    name,
    label: name.replaceAll('_', ' '),
    offset: `UTC${formatOffset(offsetMinutes(instant, name))}`,
  };
}

/** Zones whose name or offset contains every word of the search; names that begin with it come first. */
export function searchZones(search: string, instant: number, limit = 50): ZoneChoice[] {
  const words = search.toLowerCase().replaceAll('_', ' ').split(/[\s/]+/).filter(Boolean);
  const ranked: Array<{ choice: ZoneChoice; rank: number }> = [];
  for (const name of allZones()) {
    const choice = describeZone(name, instant);
    const haystack = `${choice.label} ${choice.offset}`.toLowerCase();
    if (!words.every((word) => haystack.includes(word))) continue;
    const city = choice.label.slice(choice.label.lastIndexOf('/') + 1).toLowerCase();
    ranked.push({ choice, rank: words[0] && city.startsWith(words[0]) ? 0 : 1 });
  }
  return ranked
    .sort((a, b) => a.rank - b.rank || a.choice.name.localeCompare(b.choice.name))
    .slice(0, limit)
    .map(({ choice }) => choice);
}
