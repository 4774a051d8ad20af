import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sessionState } from '../src/auth/sessionState';
import { mayTouch, receiveEvents } from '../src/calendar/eventList';
import { eventsRevision } from '../src/calendar/eventsRevision';
import { followEvents, liveState, onEventArrived } from '../src/calendar/liveEvents';
import { subscribe } from '../src/graphql/subscribe';
import type { CalendarEvent } from '../src/graphql/types';
import { mayBelongTo } from '../src/records/mayBelongTo';
import { debounceFirst } from '../src/state/debounceFirst';
import { FakeClock, FakeStreams } from './fakeStream';

const hour = (hours: number) => `2026-01-28T${String(hours).padStart(2, '0')}:00:00Z`;

function event(id: string, changes: Partial<CalendarEvent> = {}): CalendarEvent {
  const empty = { participants: [], linkedPeople: [], linkedCompany: null, linkedOpportunity: null };
  return {
    ...{ ...empty, id, title: id, startsAt: hour(9), endsAt: hour(10), isFullDay: false, isCanceled: false },
    ...{ recurrence: [], pushStatus: 'PENDING', isRedacted: false },
    ...changes,
  } as CalendarEvent;
}

/** The page's connection over streams in a test's hand. */
function follow() {
  const streams = new FakeStreams();
  let isHidden = false;
  let tell = () => {};
  const page = {
    isHidden: () => isHidden,
    onChange: (listener: () => void) => {
      tell = listener;
      return () => (tell = () => {});
    },
  };
  const stop = followEvents(page, (document, variables, listener) =>
    subscribe(document, variables, listener, streams.around),
  );
  const show = (isShown: boolean) => {
    isHidden = !isShown;
    tell();
  };
  return { streams, show, stop };
}

test('one connection tells everyone who listens, and lists are loaded again when it opens', () => {
  const arrived: string[] = [];
  const stopOne = onEventArrived(({ id }) => arrived.push(`one ${id}`));
  const stopTwo = onEventArrived(({ id }) => arrived.push(`two ${id}`));
  const before = eventsRevision.get();
  const { streams, stop } = follow();
  assert.equal(liveState.get(), 'connecting');
  streams.last.open();
  assert.equal(liveState.get(), 'open');
  assert.equal(eventsRevision.get(), before + 1);
  streams.last.send({ data: { calendarEventChanged: event('a') } });
  stopTwo();
  streams.last.send({ data: { calendarEventChanged: event('b') } });
  assert.deepEqual(arrived, ['one a', 'two a', 'one b']);
  assert.equal(streams.sources.length, 1);
  assert.equal(eventsRevision.get(), before + 1);
  stopOne();
  stop();
});

test('a hidden page has no connection, and knows that it missed something when it is seen again', () => {
  const { streams, show, stop } = follow();
  streams.last.open();
  const before = eventsRevision.get();
  show(false);
  assert.equal(streams.last.readyState, 2);
  assert.equal(liveState.get(), 'off');
  show(true);
  show(true);
  assert.equal(streams.sources.length, 2);
  streams.last.open();
  assert.equal(eventsRevision.get(), before + 1);
  stop();
});

test('a page that is hidden from the start opens nothing', () => {
  const streams = new FakeStreams();
  const page = { isHidden: () => true, onChange: () => () => {} };
  const stop = followEvents(page, (document, variables, listener) =>
    subscribe(document, variables, listener, streams.around),
  );
  assert.equal(streams.sources.length, 0);
  stop();
});

test('signing out closes the connection for good', () => {
  const { streams, show, stop } = follow();
  streams.last.open();
  stop();
  assert.equal(streams.last.readyState, 2);
  assert.equal(liveState.get(), 'off');
  show(true);
  streams.clock.pass(600_000);
  assert.equal(streams.sources.length, 1);
});

test('a server that refuses the stream is asked whether the session has ended', async () => {
  sessionState.set({ status: 'starting' });
  const original = globalThis.fetch;
  globalThis.fetch = async () => new Response('{}', { status: 401 });
  const { streams, stop } = follow();
  try {
    streams.last.fail(true);
    await new Promise<void>((resolve) => {
      const stopWaiting = sessionState.subscribe(() => {
        stopWaiting();
        resolve();
      });
    });
    assert.equal(sessionState.get().status, 'signedOut');
  } finally {
    globalThis.fetch = original;
    stop();
  }
});

const anything = () => true;
const nothing = () => false;

test('an event that arrives takes the place of its copy, whole', () => {
  const open = event('b', { description: 'Secret', conferenceLink: 'https://x.example' });
  const before = [event('a'), open, event('c')];
  const hidden = event('b', { isRedacted: true, description: null, conferenceLink: null });
  const { events, needsReload } = receiveEvents(before, [hidden], anything);
  assert.equal(needsReload, false);
  assert.equal(events[1], hidden);
  assert.equal(events[0], before[0]);
  assert.deepEqual(
    events.map(({ id }) => id),
    ['a', 'b', 'c'],
  );
});

test('a link or a push that settles asks for nothing, a change of place asks for the list', () => {
  const list = [event('a')];
  const needsReload = (changes: Partial<CalendarEvent>) =>
    receiveEvents(list, [event('a', changes)], anything).needsReload;
  assert.equal(needsReload({ pushStatus: 'SYNCED', conferenceLink: 'https://x.example' }), false);
  assert.equal(needsReload({ startsAt: hour(8) }), true);
  assert.equal(needsReload({ endsAt: hour(11) }), true);
  assert.equal(needsReload({ title: 'z' }), true);
  assert.equal(needsReload({ isCanceled: true }), true);
});

test('an event that is not in the list asks for it only where it may belong', () => {
  const list = [event('a')];
  assert.deepEqual(receiveEvents(list, [event('b')], anything), { events: list, needsReload: true });
  assert.deepEqual(receiveEvents(list, [event('b')], nothing), { events: list, needsReload: false });
  // One that has left it is taken away by asking.
  assert.equal(receiveEvents(list, [event('a')], nothing).needsReload, true);
});

test('several that arrive while an answer is on its way are all taken', () => {
  const later = [event('a', { pushStatus: 'FAILED' }), event('b'), event('a', { pushStatus: 'SYNCED' })];
  const { events, needsReload } = receiveEvents([event('a')], later, anything);
  assert.deepEqual(
    events.map(({ pushStatus }) => pushStatus),
    ['SYNCED'],
  );
  assert.equal(needsReload, true);
});

test('an occurrence that arrives takes the place of its copy, beside the others of its series', () => {
  const list = [event('s_1', { recurringEventId: 's' }), event('s_2', { recurringEventId: 's' })];
  const arrived = event('s_2', { recurringEventId: 's', pushStatus: 'SYNCED' });
  const { events, needsReload } = receiveEvents(list, [arrived], anything);
  assert.deepEqual([events[0], events[1], needsReload], [list[0], arrived, false]);
});

test('a series that arrives has a calendar ask for its occurrences, and stands in a timeline itself', () => {
  const series = event('s', { recurrence: ['RRULE:FREQ=DAILY'], startsAt: hour(8) });
  const occurrences = [event('s_1', { recurringEventId: 's' })];
  assert.deepEqual(receiveEvents(occurrences, [series], nothing), { events: occurrences, needsReload: true });
  const timeline = [event('a'), { ...series, pushStatus: 'SYNCED' as const }];
  const received = receiveEvents(timeline, [series], anything);
  assert.deepEqual([received.events[1], received.needsReload], [series, false]);
  const other = { ...series, recurrence: ['RRULE:FREQ=WEEKLY'] };
  assert.equal(receiveEvents(timeline, [other], anything).needsReload, true);
});

test('an event touches the days shown by its hours, a whole day also where the zone is another', () => {
  const at = (hours: number) => Date.parse(hour(hours));
  assert.equal(mayTouch(event('a'), at(9), at(12)), true);
  assert.equal(mayTouch(event('a'), at(10), at(12)), false);
  assert.equal(mayTouch(event('a'), at(7), at(9)), false);
  // Without a length it takes place at its start.
  const moment = event('m', { endsAt: hour(9) });
  assert.deepEqual([mayTouch(moment, at(9), at(12)), mayTouch(moment, at(7), at(9))], [true, false]);
  // A series that began before may well go on.
  assert.equal(mayTouch(event('s', { recurrence: ['RRULE:FREQ=DAILY'] }), at(11), at(12)), true);
  assert.equal(mayTouch(event('s', { recurrence: ['RRULE:FREQ=DAILY'] }), at(7), at(8)), false);
  const day = { startsAt: '2026-01-28T00:00:00Z', endsAt: '2026-01-29T00:00:00Z', isFullDay: true };
  // Midnight in Los Angeles, where the 28th has yet to begin.
  const january29 = Date.parse('2026-01-29T08:00:00Z');
  assert.equal(mayTouch(event('a', day), january29 - 86_400_000, january29), true);
});

test('an event may concern a person or a deal it names, and any company whose people may be in it', () => {
  const ann = { id: 'ann', firstName: 'Ann', lastName: null, emails: [] };
  const linked = event('a', { linkedPeople: [ann], linkedOpportunity: { id: 'deal', name: 'D' } });
  assert.deepEqual([mayBelongTo.Person(linked, 'ann'), mayBelongTo.Person(linked, 'bob')], [true, false]);
  const deals = ['deal', 'other'].map((id) => mayBelongTo.Opportunity(linked, id));
  assert.deepEqual(deals, [true, false]);
  assert.deepEqual([mayBelongTo.Company(linked, 'any'), mayBelongTo.Company(event('b'), 'any')], [true, false]);
});

test('what is asked for several times within a moment is done once, and once more later', () => {
  const clock = new FakeClock();
  let times = 0;
  const reload = debounceFirst(() => (times += 1), clock.later);
  for (let asked = 0; asked < 5; asked += 1) {
    reload.ask();
    clock.pass(50);
  }
  assert.equal(times, 0);
  clock.pass(50);
  assert.equal(times, 1);
  reload.ask();
  reload.cancel();
  clock.pass(1000);
  assert.equal(times, 1);
  reload.ask();
  clock.pass(300);
  assert.equal(times, 2);
});
