import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pauseAfter, subscribe } from '../src/graphql/subscribe';
import type { TypedDocument } from '../src/graphql/TypedDocument';
import { FakeStreams } from './fakeStream';

const document = 'subscription Ticked{ticked}' as TypedDocument<{ ticked: number }, { of: string }>;

function listen() {
  const streams = new FakeStreams();
  const heard: unknown[] = [];
  const end = subscribe(
    document,
    { of: 'a&b' },
    {
      onData: ({ ticked }) => heard.push(ticked),
      onOpen: () => heard.push('open'),
      onMissed: () => heard.push('missed'),
      onLost: (isRefused) => heard.push(isRefused ? 'refused' : 'lost'),
    },
    streams.around,
  );
  /** What was heard since the last time of asking. */
  const news = () => heard.splice(0);
  return { streams, news, end };
}

const expired = { errors: [{ message: 'Too old.', extensions: { code: 'RESUME_POSITION_EXPIRED' } }] };

test('a subscription is one address with the document and its variables', () => {
  const { streams } = listen();
  const address = new URL(streams.last.address, 'http://localhost');
  assert.equal(address.pathname, '/graphql/stream');
  assert.equal(address.searchParams.get('query'), document);
  assert.equal(address.searchParams.get('variables'), '{"of":"a&b"}');
});

test('what happened before the first opening is unknown, and then data comes', () => {
  const { streams, news } = listen();
  streams.last.open();
  streams.last.send({ data: { ticked: 1 } });
  assert.deepEqual(news(), ['open', 'missed', 1]);
});

test('a break that the browser mends is resumed, and nothing was missed', () => {
  const { streams, news } = listen();
  streams.last.open();
  streams.last.send({ data: { ticked: 1 } });
  news();
  streams.last.fail(false);
  streams.clock.pass(60_000);
  assert.equal(streams.sources.length, 1);
  streams.last.open();
  assert.deepEqual(news(), ['lost', 'open']);
});

test('without an id to go on from, a break that is mended has missed something', () => {
  const { streams, news } = listen();
  streams.last.open();
  news();
  streams.last.fail(false);
  streams.last.open();
  assert.deepEqual(news(), ['lost', 'open', 'missed']);
});

test('a connection that the browser gives up is opened anew, ever later, up to half a minute', () => {
  const { streams, news } = listen();
  for (const pause of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    const tries = streams.sources.length;
    streams.last.fail(true);
    streams.clock.pass(pause - 1);
    assert.equal(streams.sources.length, tries, `before ${pause} ms`);
    streams.clock.pass(1);
    assert.equal(streams.sources.length, tries + 1, `after ${pause} ms`);
  }
  assert.deepEqual([...new Set(news())], ['refused']);
  streams.last.open();
  assert.deepEqual(news(), ['open', 'missed']);
});

test('browsers that lost the server at once come back one after another', () => {
  assert.deepEqual([pauseAfter(0, 0), pauseAfter(0, 0.5), pauseAfter(9, 0)], [500, 750, 15_000]);
});

test('pauses are short again after data, and after a connection that lasted', () => {
  for (const recovery of ['data', 'time']) {
    const { streams } = listen();
    for (const pause of [1000, 2000, 4000]) {
      streams.last.fail(true);
      streams.clock.pass(pause);
    }
    streams.last.open();
    if (recovery === 'data') streams.last.send({ data: { ticked: 1 } });
    else streams.clock.pass(30_001);
    streams.last.fail(true);
    const tries = streams.sources.length;
    streams.clock.pass(1000);
    assert.equal(streams.sources.length, tries + 1, recovery);
  }
});

test('a stream that opens and ends at once is not asked for in a loop', () => {
  const { streams } = listen();
  for (let minute = 0; minute < 5; minute += 1) {
    for (let second = 0; second < 60; second += 1) {
      if (streams.last.readyState === 0) {
        streams.last.open();
        streams.last.complete();
      }
      streams.clock.pass(1000);
    }
  }
  assert.ok(streams.sources.length < 20, `${streams.sources.length} times`);
});

test('a stream that the server completes is started over after a pause', () => {
  const { streams, news } = listen();
  streams.last.open();
  news();
  const first = streams.last;
  first.complete();
  assert.equal(first.readyState, 2);
  assert.deepEqual(news(), ['lost']);
  streams.clock.pass(1000);
  streams.last.open();
  assert.equal(streams.sources.length, 2);
  assert.deepEqual(news(), ['open', 'missed']);
});

test('a position that has expired is given up: the next stream begins with what was missed', () => {
  const { streams, news } = listen();
  streams.last.open();
  streams.last.send({ data: { ticked: 1 } });
  streams.last.fail(false);
  streams.last.open();
  news();
  streams.last.send(expired);
  streams.last.complete();
  assert.deepEqual(news(), ['lost']);
  streams.clock.pass(1000);
  streams.last.open();
  assert.deepEqual(news(), ['open', 'missed']);
});

test('an answer that cannot be used means that something was missed', () => {
  const { streams, news } = listen();
  streams.last.open();
  news();
  streams.last.send({ data: null, errors: [{ message: 'It broke.' }] });
  streams.last.dispatch('next', 'no JSON');
  streams.last.send({ data: { ticked: 2 } });
  assert.deepEqual(news(), ['missed', 'missed', 2]);
});

test('ended, it is silent and tries nothing more, even in the middle of a pause', () => {
  const open = listen();
  open.streams.last.open();
  open.news();
  open.end();
  assert.equal(open.streams.last.readyState, 2);
  open.streams.last.send({ data: { ticked: 1 } });
  open.streams.last.complete();
  const waiting = listen();
  waiting.streams.last.fail(true);
  waiting.news();
  waiting.end();
  for (const { streams, news } of [open, waiting]) {
    streams.clock.pass(600_000);
    assert.equal(streams.sources.length, 1);
    assert.deepEqual(news(), []);
  }
});
