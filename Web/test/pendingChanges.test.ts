import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAffected, pendingDeletion, pendingUpdate } from '../src/event-changes/optimistic';
import {
  addPending,
  dropPending,
  dropTakenBefore,
  pendingMoment,
  takePending,
  withPending,
} from '../src/event-changes/pendingChanges';
import { fakeEvent, fakeOccurrence, fakeParticipant } from './fakeEvent';

const event = fakeEvent();

test('a change shows until it is refused', () => {
  const id = addPending(pendingUpdate({ event }, { title: 'Retro' }));
  const shown = withPending(event);
  assert.deepEqual([shown?.title, shown?.pushStatus], ['Retro', 'PENDING']);
  assert.equal(withPending(fakeEvent({ id: 'other' }))?.title, 'Review');
  dropPending(id);
  assert.equal(withPending(event), event);
});

test('a change that was taken shows until a list is loaded that was asked for afterwards', () => {
  const id = addPending(pendingDeletion({ event }));
  const before = pendingMoment();
  takePending(id);
  dropTakenBefore(before);
  assert.equal(withPending(event), undefined);
  dropTakenBefore(pendingMoment());
  assert.equal(withPending(event), event);
});

test('a change on its way is not forgotten by any list', () => {
  const id = addPending(pendingDeletion({ event }));
  dropTakenBefore(pendingMoment());
  assert.equal(withPending(event), undefined);
  dropPending(id);
});

test('two changes of an event show one over the other', () => {
  const first = addPending(pendingUpdate({ event }, { title: 'First', location: 'Here' }));
  const second = addPending(pendingUpdate({ event }, { title: 'Second' }));
  const shown = withPending(event);
  assert.deepEqual([shown?.title, shown?.location], ['Second', 'Here']);
  dropPending(first);
  dropPending(second);
});

test('a change concerns what its scope says', () => {
  const [first, second, third] = [fakeOccurrence(0), fakeOccurrence(1), fakeOccurrence(2)];
  const others = [first, second, third, fakeEvent({ id: 's', recurrence: ['RRULE:FREQ=WEEKLY'] }), event];
  const affected = (scope: 'THIS' | 'THIS_AND_FOLLOWING' | 'ALL') =>
    others.filter((other) => isAffected({ event: second, scope }, other)).map(({ id }) => id);
  assert.deepEqual(affected('THIS'), ['s_1']);
  assert.deepEqual(affected('THIS_AND_FOLLOWING'), ['s_1', 's_2']);
  assert.deepEqual(affected('ALL'), ['s_0', 's_1', 's_2', 's']);
  const whole = fakeEvent({ id: 's', recurrence: ['RRULE:FREQ=WEEKLY'] });
  assert.equal(isAffected({ event: whole }, third), true);
  assert.equal(isAffected({ event: whole }, event), false);
});

test('other occurrences move by as much on the clock, and only once', () => {
  const [tuesday, later] = [fakeOccurrence(0), fakeOccurrence(25)];
  const input = { startsAt: '2026-06-03T07:30:00Z', endsAt: '2026-06-03T09:00:00Z' };
  const change = pendingUpdate({ event: tuesday, scope: 'ALL' }, input);
  const moved = change(later);
  // A day later and half an hour earlier, in winter too.
  assert.equal(later.startsAt, '2026-11-24T08:00:00.000Z');
  assert.equal(Date.parse(moved.startsAt), Date.parse('2026-11-25T07:30:00Z'));
  assert.equal(Date.parse(moved.endsAt), Date.parse('2026-11-25T09:00:00Z'));
  // What the server has moved arrives with another version.
  const arrived = { ...moved, version: later.version + 1 };
  assert.equal(change(arrived), arrived);
});

test('guests who are known stay known, the organizer stays, and a removed link is gone at once', () => {
  const meeting = fakeEvent({ conferenceProviderId: 'MADE', conferenceLink: 'https://made.example/1' });
  const attendees = [{ email: 'ANN@x.example' }, { email: 'bob@x.example', displayName: 'Bob' }];
  const shown = pendingUpdate({ event: meeting }, { attendees, conferenceProviderId: 'NONE' })(meeting);
  assert.deepEqual(
    shown.participants.map(({ handle, responseStatus }) => [handle, responseStatus]),
    [
      ['me@x.example', 'ACCEPTED'],
      ['ann@x.example', 'ACCEPTED'],
      ['bob@x.example', 'NEEDS_ACTION'],
    ],
  );
  const abroad = fakeEvent({ participants: [fakeParticipant('a@bücher.example')] });
  const same = pendingUpdate({ event: abroad }, { attendees: [{ email: 'a@xn--bcher-kva.example' }] })(abroad);
  assert.deepEqual(same.participants, abroad.participants);
  assert.deepEqual([shown.conferenceLink, shown.conferenceStatus], [null, 'NONE']);
});
