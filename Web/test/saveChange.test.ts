import './fakeWindow';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventsRevision } from '../src/calendar/eventsRevision';
import { onEventArrived } from '../src/calendar/liveEvents';
import { compareSides, rebased, sideOf } from '../src/event-changes/comparison';
import { pendingMoment, dropTakenBefore, withPending } from '../src/event-changes/pendingChanges';
import { deletionQuestion } from '../src/event-changes/removeEvent';
import { saveChange } from '../src/event-changes/saveChange';
import { openChoice } from '../src/event-changes/versionChoice';
import type { UpdateCalendarEventInput } from '../src/graphql/generated';
import type { CalendarEvent } from '../src/graphql/types';
import { fakeEvent, fakeOccurrence, fakeParticipant } from './fakeEvent';

const event = fakeEvent();

interface Sent {
  eventId: string;
  input: UpdateCalendarEventInput;
}

/** A server in a test's hand: every answer waits until it is given. */
function serve() {
  const original = globalThis.fetch;
  const sent: Sent[] = [];
  const waiting: Array<(answer: Response) => void> = [];
  globalThis.fetch = (_path, init) => {
    sent.push((JSON.parse(String(init?.body)) as { variables: Sent }).variables);
    return new Promise((resolve) => waiting.push(resolve));
  };
  const answer = async (data: unknown) => {
    while (waiting.length === 0) await new Promise<void>((resolve) => setTimeout(resolve));
    waiting.shift()?.(new Response(JSON.stringify({ data })));
  };
  return {
    sent,
    save: (calendarEvent: CalendarEvent) =>
      answer({ updateCalendarEvent: { success: true, calendarEvent } }),
    refuse: (error: string, errorCode: string) =>
      answer({ updateCalendarEvent: { success: false, error, errorCode } }),
    tell: (getCalendarEventById: CalendarEvent | null) => answer({ getCalendarEventById }),
    stop: () => {
      globalThis.fetch = original;
      dropTakenBefore(pendingMoment());
    },
  };
}

/** The choice that a person is asked for. */
async function asked() {
  for (;;) {
    const choice = openChoice.get();
    if (choice) return choice;
    await new Promise<void>((resolve) => setTimeout(resolve));
  }
}

test('what is saved is told to every list, and shown until they have it', async () => {
  const server = serve();
  const arrived: CalendarEvent[] = [];
  const stop = onEventArrived((one) => arrived.push(one));
  const revision = eventsRevision.get();
  const saving = saveChange({ event, input: { title: 'Retro' } });
  assert.equal(withPending(event)?.title, 'Retro');
  const saved = fakeEvent({ title: 'Retro', version: 4 });
  await server.save(saved);
  assert.deepEqual(await saving, { kind: 'saved', event: saved });
  assert.deepEqual(server.sent, [{ eventId: 'e', input: { title: 'Retro', expectedVersion: 3 } }]);
  assert.equal(arrived[0]?.version, 4);
  assert.equal(eventsRevision.get(), revision + 1);
  assert.equal(withPending(event)?.title, 'Retro');
  // The answer itself is as it is.
  assert.equal(withPending(saved), saved);
  stop();
  server.stop();
});

test('what is refused is shown as it was', async () => {
  const server = serve();
  const saving = saveChange({ event, input: { title: 'Retro' } });
  await server.refuse('The calendar would not have it.', 'PROVIDER_REJECTED');
  const outcome = await saving;
  assert.deepEqual([outcome.kind, withPending(event)], ['refused', event]);
  server.stop();
});

test('changes of one event are saved one after another, each on the version before', async () => {
  const server = serve();
  const first = saveChange({ event, input: { title: 'First' } });
  const second = saveChange({ event, input: { title: 'Second' } });
  await new Promise<void>((resolve) => setTimeout(resolve));
  assert.equal(server.sent.length, 1);
  await server.save(fakeEvent({ title: 'First', version: 7 }));
  await first;
  await server.save(fakeEvent({ title: 'Second', version: 8 }));
  await second;
  assert.deepEqual(
    server.sent.map(({ input }) => [input.title, input.expectedVersion]),
    [
      ['First', 3],
      ['Second', 7],
    ],
  );
  server.stop();
});

test('who was slower and keeps theirs saves it over the newer version', async () => {
  const server = serve();
  const saving = saveChange({ event, input: { title: 'Mine', description: 'Also mine' } });
  await server.refuse('Changed meanwhile.', 'CONFLICT');
  await server.tell(fakeEvent({ title: 'Theirs', location: 'Room 2', version: 5 }));
  const choice = await asked();
  assert.deepEqual(
    choice.rows.map(({ label, mine, theirs, isContested }) => [label, mine, theirs, isContested]),
    [
      ['Title', 'Mine', 'Theirs', true],
      ['Location', 'Room 1', 'Room 2', false],
      ['Description', 'Also mine', 'None', false],
    ],
  );
  choice.answer('mine');
  await server.save(fakeEvent({ title: 'Mine', version: 6 }));
  assert.equal((await saving).kind, 'saved');
  const last = server.sent[server.sent.length - 1];
  assert.deepEqual(last?.input, { title: 'Mine', description: 'Also mine', expectedVersion: 5 });
  server.stop();
});

test('who was slower and lets it be changes nothing', async () => {
  const server = serve();
  for (const [chosen, isDecided] of [
    ['theirs', true],
    [undefined, false],
  ] as const) {
    const saving = saveChange({ event, input: { title: 'Mine' } });
    await server.refuse('Changed meanwhile.', 'CONFLICT');
    await server.tell(fakeEvent({ title: 'Theirs', version: 5 }));
    (await asked()).answer(chosen);
    assert.deepEqual(await saving, { kind: 'discarded', isDecided });
    assert.equal(withPending(event), event);
  }
  assert.equal(server.sent.length, 4);
  server.stop();
});

test('two who changed different things are not asked', async () => {
  const server = serve();
  const saving = saveChange({ event, input: { title: 'Mine' } });
  await server.refuse('Changed meanwhile.', 'CONFLICT');
  await server.tell(fakeEvent({ location: 'Room 2', version: 5 }));
  await server.save(fakeEvent({ title: 'Mine', location: 'Room 2', version: 6 }));
  assert.equal((await saving).kind, 'saved');
  assert.equal(openChoice.get(), undefined);
  server.stop();
});

test('an event that was in conflict before is left to its own choice', async () => {
  const server = serve();
  const saving = saveChange({ event, input: { title: 'Mine' } });
  await server.refuse('Choose first.', 'CONFLICT');
  await server.tell(fakeEvent({ title: 'Theirs', version: 5, pushStatus: 'CONFLICT' }));
  assert.deepEqual(await saving, {
    ...{ kind: 'refused', message: 'Choose first.', code: 'CONFLICT', field: undefined },
  });
  server.stop();
});

test('guests whom both sides changed are put together', () => {
  const latest = fakeEvent({
    participants: ['me@x.example', 'ann@x.example', 'eve@x.example'].map((handle, index) =>
      fakeParticipant(handle, index === 0),
    ),
  });
  const attendees = (...emails: string[]) => ({ attendees: emails.map((email) => ({ email })) });
  const emails = (input: UpdateCalendarEventInput, base = event, newer = latest) =>
    rebased(input, base, newer).attendees?.map(({ email }) => email);
  assert.deepEqual(emails(attendees('ann@x.example', 'bob@x.example')), [
    ...['ann@x.example', 'bob@x.example', 'eve@x.example'],
  ]);
  assert.deepEqual(emails(attendees('bob@x.example')), ['bob@x.example', 'eve@x.example']);
  // Ann was taken away by the other side.
  assert.deepEqual(emails(attendees('ann@x.example', 'eve@x.example', 'bob@x.example'), latest, event), [
    ...['ann@x.example', 'bob@x.example'],
  ]);
  // The other side spells a domain in letters of the DNS.
  const theirs = fakeEvent({ participants: [fakeParticipant('me@x.example', true), fakeParticipant('a@xn--bcher-kva.example')] });
  assert.deepEqual(emails(attendees('a@bücher.example'), event, theirs), ['a@bücher.example']);
  const mine = sideOf(fakeEvent({ participants: [fakeParticipant('a@bücher.example')] }));
  assert.deepEqual(compareSides(mine, sideOf(theirs), [], 'Europe/Berlin'), []);
});

test('two versions are compared in words, and only in what differs', () => {
  const mine = sideOf(fakeEvent({ recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=TU'] }));
  const theirs = { ...mine, recurrence: [], timeZone: 'America/New_York' };
  const rows = compareSides(mine, theirs, ['TIME'], 'Europe/Berlin');
  assert.deepEqual(
    rows.map(({ field, isContested }) => [field, isContested]),
    [
      ['TIME', true],
      ['RECURRENCE', false],
    ],
  );
  // The same hours in another zone would look the same.
  assert.match(rows[0]?.theirs ?? '', /America\/New York/);
  assert.deepEqual([rows[1]?.mine, rows[1]?.theirs], ['Repeats every Tuesday', 'Does not repeat']);
});

test('deleting asks about a series and about guests, and not otherwise', () => {
  const alone = { participants: [fakeParticipant('me@x.example', true)] };
  assert.equal(deletionQuestion(fakeEvent(alone)), undefined);
  assert.equal(deletionQuestion(event)?.message, '1 guest will be told.');
  assert.deepEqual(deletionQuestion(fakeOccurrence(0, alone))?.scopes, ['THIS', 'THIS_AND_FOLLOWING', 'ALL']);
  const series = fakeEvent({ ...alone, recurrence: ['RRULE:FREQ=DAILY'] });
  assert.match(deletionQuestion(series)?.message ?? '', /Every meeting/);
});
