import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layoutDay } from '../src/calendar/weekLayout';
import type { DayPiece } from '../src/calendar/weekLayout';
import type { CalendarEvent } from '../src/graphql/types';

function event(id: string, startsAt: string, endsAt: string): CalendarEvent {
  return { id, startsAt, endsAt, isFullDay: false } as CalendarEvent;
}

const day = '2026-01-28';
const at = (time: string) => `${day}T${time}:00Z`;
const place = ({ column, columns }: DayPiece) => [column, columns];
const places = (events: CalendarEvent[]) =>
  Object.fromEntries(layoutDay(events, day, 'UTC').map((piece) => [piece.event.id, place(piece)]));

test('events that overlap stand side by side, others take the whole width', () => {
  assert.deepEqual(
    places([
      event('a', at('09:00'), at('10:00')),
      event('b', at('09:30'), at('11:00')),
      event('c', at('10:15'), at('10:45')),
      event('d', at('12:00'), at('13:00')),
    ]),
    { a: [0, 2], b: [1, 2], c: [0, 2], d: [0, 1] },
  );
});

test('an event without a length has a piece that can be clicked, whole within its day', () => {
  const pieceAt = (time: string) => layoutDay([event('m', at(time), at(time))], day, 'UTC')[0];
  for (const [time, from, to] of [['09:00', 540, 565], ['00:00', 0, 25], ['23:59', 1415, 1440]] as const) {
    const piece = pieceAt(time);
    assert.deepEqual([piece?.from, piece?.to], [from, to], time);
  }
  const midnight = event('m', at('00:00'), at('00:00'));
  assert.deepEqual(layoutDay([midnight], '2026-01-27', 'UTC'), []);
});

test('an event over midnight is cut at the day', () => {
  const [piece] = layoutDay([event('n', '2026-01-27T22:00:00Z', at('02:00'))], day, 'UTC');
  assert.deepEqual([piece?.from, piece?.to], [0, 120]);
});
