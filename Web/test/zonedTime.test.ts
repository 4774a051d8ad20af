import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addDays,
  isKnownZone,
  offsetMinutes,
  resolveWallTime,
  rfc3339,
  wallTimeAt,
} from '../src/time/zonedTime';
import { currentZoneName, searchZones } from '../src/time/zoneList';
import { eventDays, formatHours, formatTime, formatWhen } from '../src/time/format';

function resolve(text: string, zone: string) {
  const [date = '', time = ''] = text.split(' ');
  const found = resolveWallTime({ date, time }, zone);
  assert.ok(found, `${text} is a time`);
  return found;
}

test('a wall time gets the offset of the chosen zone, not of this machine', () => {
  assert.equal(resolve('2026-01-28 10:00', 'America/New_York').rfc3339, '2026-01-28T10:00:00-05:00');
  assert.equal(resolve('2026-07-28 10:00', 'America/New_York').rfc3339, '2026-07-28T10:00:00-04:00');
  assert.equal(resolve('2026-01-28 10:00', 'Europe/Berlin').rfc3339, '2026-01-28T10:00:00+01:00');
  assert.equal(resolve('2026-01-28 10:00', 'Asia/Kathmandu').rfc3339, '2026-01-28T10:00:00+05:45');
  assert.equal(resolve('2026-01-28 10:00', 'America/St_Johns').rfc3339, '2026-01-28T10:00:00-03:30');
  assert.equal(resolve('2026-01-28 10:00', 'UTC').rfc3339, '2026-01-28T10:00:00+00:00');
});

test('a time that the clocks skip is read with the offset before the gap', () => {
  const berlin = resolve('2026-03-29 02:30', 'Europe/Berlin');
  assert.equal(berlin.kind, 'gap');
  assert.equal(berlin.rfc3339, '2026-03-29T03:30:00+02:00');
  assert.deepEqual(berlin.wall, { date: '2026-03-29', time: '03:30' });
  const newYork = resolve('2026-03-08 02:00', 'America/New_York');
  assert.equal(newYork.kind, 'gap');
  assert.equal(newYork.rfc3339, '2026-03-08T03:00:00-04:00');
});

test('a time that happens twice means the first one', () => {
  const berlin = resolve('2026-10-25 02:30', 'Europe/Berlin');
  assert.equal(berlin.kind, 'fold');
  assert.equal(berlin.rfc3339, '2026-10-25T02:30:00+02:00');
  const newYork = resolve('2026-11-01 01:59', 'America/New_York');
  assert.equal(newYork.kind, 'fold');
  assert.equal(newYork.rfc3339, '2026-11-01T01:59:00-04:00');
});

test('the minutes around a change are exact', () => {
  assert.equal(resolve('2026-03-29 01:59', 'Europe/Berlin').kind, 'exact');
  assert.equal(resolve('2026-03-29 03:00', 'Europe/Berlin').kind, 'exact');
  assert.equal(resolve('2026-10-25 03:00', 'Europe/Berlin').kind, 'exact');
  assert.equal(resolve('2026-10-25 01:59', 'Europe/Berlin').kind, 'exact');
});

test('odd zones: half an hour of summer time, a skipped day, midnight changes', () => {
  assert.equal(resolve('2026-10-04 02:15', 'Australia/Lord_Howe').kind, 'gap');
  assert.equal(resolve('2026-10-04 02:15', 'Australia/Lord_Howe').rfc3339, '2026-10-04T02:45:00+11:00');
  const samoa = resolve('2011-12-30 10:00', 'Pacific/Apia');
  assert.equal(samoa.kind, 'gap');
  assert.equal(samoa.rfc3339, '2011-12-31T10:00:00+14:00');
  const cairo = resolve('2026-04-24 00:30', 'Africa/Cairo');
  assert.equal(cairo.kind, 'gap');
  assert.equal(cairo.wall.time, '01:30');
});

test('every half hour of two years in several zones comes back as it was', () => {
  const zones = ['Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Africa/Casablanca'];
  for (const zone of zones) {
    for (let at = Date.UTC(2025, 0, 1); at < Date.UTC(2027, 0, 1); at += 1_800_000 * 7) {
      const wall = wallTimeAt(at, zone);
      const back = resolveWallTime(wall, zone);
      assert.ok(back);
      if (back.kind === 'exact') assert.equal(back.instant, at, `${zone} ${wall.date} ${wall.time}`);
      else assert.ok(back.instant <= at);
      assert.equal(Date.parse(rfc3339(at, zone)), at);
    }
  }
});

test('what is not a date or time is refused', () => {
  assert.equal(resolveWallTime({ date: '', time: '10:00' }, 'UTC'), undefined);
  assert.equal(resolveWallTime({ date: '2026-02-31', time: '10:00' }, 'UTC'), undefined);
  assert.equal(resolveWallTime({ date: '2026-02-01', time: '' }, 'UTC'), undefined);
  assert.equal(isKnownZone('Mars/Olympus'), false);
});

test('offsets east are positive', () => {
  assert.equal(offsetMinutes(Date.UTC(2026, 0, 1), 'Asia/Tokyo'), 540);
  assert.equal(offsetMinutes(Date.UTC(2026, 6, 1), 'America/Los_Angeles'), -420);
});

test('days are added across months and clock changes', () => {
  assert.equal(addDays('2026-02-28', 1), '2026-03-01');
  assert.equal(addDays('2026-03-29', 1), '2026-03-30');
  assert.equal(addDays('2026-01-01', -1), '2025-12-31');
});

test('zones are found by city, by offset and with spaces, under their present names', () => {
  const january = Date.UTC(2026, 0, 15);
  assert.equal(searchZones('new york', january)[0]?.name, 'America/New_York');
  assert.equal(searchZones('kolkata', january)[0]?.name, 'Asia/Kolkata');
  assert.equal(currentZoneName('Europe/Kiev'), 'Europe/Kyiv');
  assert.ok(searchZones('utc+05:45', january).some(({ name }) => name === 'Asia/Kathmandu'));
  assert.deepEqual(searchZones('nowhere at all', january), []);
});

test('an event without a length is at one time', () => {
  const moment = { startsAt: '2026-06-02T08:00:00Z', endsAt: '2026-06-02T08:00:00Z', isFullDay: false };
  const time = formatTime(moment.startsAt, 'Europe/Berlin');
  assert.equal(formatHours(moment, 'Europe/Berlin'), time);
  const when = formatWhen(moment, 'Europe/Berlin');
  assert.deepEqual([when.split(time).length, when.endsWith(`, ${time}`)], [2, true]);
});

test('an event until midnight does not touch the next day, an all-day one ends before its end', () => {
  const late = { startsAt: '2026-01-28T22:00:00Z', endsAt: '2026-01-29T00:00:00Z', isFullDay: false };
  assert.deepEqual(eventDays(late, 'UTC'), { first: '2026-01-28', last: '2026-01-28' });
  const fair = { startsAt: '2026-01-28T00:00:00Z', endsAt: '2026-01-30T00:00:00Z', isFullDay: true };
  assert.deepEqual(eventDays(fair, 'America/Los_Angeles'), { first: '2026-01-28', last: '2026-01-29' });
});
