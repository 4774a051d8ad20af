import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moved, resized, snapped, stepped } from '../src/calendar/reschedule';
import type { NewTimes } from '../src/calendar/reschedule';
import { wallTimeAt } from '../src/time/zonedTime';

const zone = 'Europe/Berlin';
const event = (startsAt: string, endsAt: string, isFullDay = false) => ({ startsAt, endsAt, isFullDay });
const meeting = event('2026-06-02T08:00:00Z', '2026-06-02T09:00:00Z');
const clock = (instant: string) => {
  const { date, time } = wallTimeAt(instant, zone);
  return `${date.slice(5)} ${time}`;
};
const times = ({ startsAt, endsAt }: NewTimes) => [clock(startsAt), clock(endsAt)];

test('a meeting moves by what the clock shows, also into another season', () => {
  assert.deepEqual(times(moved(meeting, { days: 2, minutes: -45 }, zone)), ['06-04 09:15', '06-04 10:15']);
  // Ten o'clock stays ten o'clock when the clocks have gone back.
  assert.deepEqual(times(moved(meeting, { days: 150, minutes: 0 }, zone)), ['10-30 10:00', '10-30 11:00']);
  const late = moved(meeting, { days: 0, minutes: 13 * 60 + 30 }, zone);
  assert.deepEqual(times(late), ['06-02 23:30', '06-03 00:30']);
});

test('a meeting that lands in the hour that clocks skip keeps a length', () => {
  const short = event('2026-03-28T01:30:00Z', '2026-03-28T02:00:00Z');
  const landed = moved(short, { days: 1, minutes: 0 }, zone);
  assert.deepEqual(times(landed), ['03-29 03:30', '03-29 04:00']);
});

test('whole days move by days, whatever zone they are looked at from', () => {
  const fair = event('2026-03-28T00:00:00Z', '2026-03-30T00:00:00Z', true);
  const later = moved(fair, { days: 1, minutes: 60 }, 'America/Los_Angeles');
  assert.deepEqual(later, { startsAt: '2026-03-29T00:00:00Z', endsAt: '2026-03-31T00:00:00Z' });
});

test('an end can be drawn later and earlier, but not before one step is left', () => {
  assert.deepEqual(times(resized(meeting, 45, zone)), ['06-02 10:00', '06-02 11:45']);
  assert.deepEqual(times(resized(meeting, -600, zone)), ['06-02 10:00', '06-02 10:15']);
  // One that is shorter than a step already stays as long as it is.
  const brief = event('2026-06-02T08:00:00Z', '2026-06-02T08:10:00Z');
  assert.deepEqual(times(resized(brief, -15, zone)), ['06-02 10:00', '06-02 10:10']);
});

test('step by step goes over the hours that clocks skip and repeat, there and back', () => {
  for (const start of ['2026-03-29T00:30:00Z', '2026-10-24T23:30:00Z']) {
    const first = event(start, new Date(Date.parse(start) + 1_800_000).toISOString());
    let at = first;
    for (let step = 0; step < 12; step += 1) at = { ...at, ...stepped(at, 15, zone) };
    assert.equal(Date.parse(at.startsAt), Date.parse(start) + 12 * 15 * 60_000);
    for (let step = 0; step < 12; step += 1) at = { ...at, ...stepped(at, -15, zone) };
    assert.equal(Date.parse(at.startsAt), Date.parse(first.startsAt));
    assert.equal(Date.parse(at.endsAt), Date.parse(first.endsAt));
  }
});

test('the pointer moves in quarters of an hour', () => {
  assert.deepEqual([7, 8, -8, 52].map(snapped), [0, 15, -15, 45]);
});
