import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkDraft,
  commitAttendeeText,
  createInput,
  moveStart,
  newDraft,
  setFullDay,
} from '../src/calendar-composer/draft';
import {
  calendarComposerState,
  closeComposer,
  editDraft,
  hasTypedSomething,
  openComposer,
  updateComposer,
} from '../src/calendar-composer/states/calendarComposerState';
import { createStore } from '../src/state/store';

const berlin = {
  now: Date.parse('2026-01-28T09:10:00+01:00'),
  timeZone: 'Europe/Berlin',
  connectedAccountId: 'account',
  memberId: 'member',
};

test('a new event starts at the next half hour, for an hour, with invitations and without video', () => {
  const draft = newDraft({}, berlin);
  assert.deepEqual(
    [draft.startDate, draft.startTime, draft.endDate, draft.endTime],
    ['2026-01-28', '09:30', '2026-01-28', '10:30'],
  );
  assert.equal(draft.sendInvitations, true);
  assert.equal(draft.conferenceProviderId, 'NONE');
  const late = newDraft({}, { ...berlin, now: Date.parse('2026-01-28T23:45:00+01:00') });
  assert.deepEqual([late.startDate, late.startTime], ['2026-01-29', '00:00']);
});

test('moving the start keeps the length, also over midnight', () => {
  const draft = newDraft({}, berlin);
  const later = moveStart(draft, { startTime: '23:30' });
  assert.deepEqual([later.endDate, later.endTime], ['2026-01-29', '00:30']);
  const next = moveStart(later, { startDate: '2026-02-28' });
  assert.deepEqual([next.endDate, next.endTime], ['2026-03-01', '00:30']);
});

test('an emptied start does not spoil the end', () => {
  const draft = newDraft({}, berlin);
  const emptied = moveStart(draft, { startTime: '' });
  assert.equal(emptied.endTime, '10:30');
  assert.match(checkDraft({ ...emptied, title: 'T' }, false).startsAt ?? '', /complete start/);
});

test('all-day events are sent with the day after the last day as their end', () => {
  const draft = { ...setFullDay(newDraft({}, berlin), true), title: 'Fair', endDate: '2026-01-30' };
  const input = createInput(draft, 'key', false);
  assert.equal(input.startsAt, '2026-01-28T00:00:00Z');
  assert.equal(input.endsAt, '2026-01-31T00:00:00Z');
  assert.deepEqual(checkDraft({ ...draft, endDate: draft.startDate }, false), {});
  const backwards = checkDraft({ ...draft, endDate: '2026-01-27' }, false);
  assert.match(backwards.endsAt ?? '', /can’t be before the first/);
});

test('timed events are sent in the chosen zone', () => {
  const draft = { ...newDraft({}, berlin), title: ' Kickoff ', timeZone: 'America/New_York' };
  const input = createInput(draft, 'key', false);
  assert.equal(input.startsAt, '2026-01-28T09:30:00-05:00');
  assert.equal(input.timeZone, 'America/New_York');
  assert.equal(input.title, 'Kickoff');
  assert.equal(input.idempotencyKey, 'key');
});

test('an end that is after the start on the clock but not in time is caught', () => {
  const draft = { ...newDraft({}, berlin), title: 'T', startDate: '2026-10-25', endDate: '2026-10-25' };
  const backwards = checkDraft({ ...draft, startTime: '10:00', endTime: '09:00' }, false);
  assert.match(backwards.endsAt ?? '', /after the start/);
  // In the gap, 02:30 is 03:30, so an end at 03:15 is before it.
  const sunday = '2026-03-29';
  const spring = { ...draft, startDate: sunday, endDate: sunday, startTime: '02:30', endTime: '03:15' };
  assert.match(checkDraft(spring, false).endsAt ?? '', /after the start/);
});

test('bad input is named at its field', () => {
  const defaultAttendees = [{ email: 'nonsense' }];
  const draft = newDraft({ defaultAttendees }, { ...berlin, connectedAccountId: '' });
  const errors = checkDraft({ ...draft, customConferenceLink: 'http://meet.example' }, true);
  assert.deepEqual(Object.keys(errors).sort(), [
    'attendees',
    'connectedAccountId',
    'customConferenceLink',
    'title',
  ]);
  const mended = checkDraft({ ...draft, customConferenceLink: 'https://meet.example/1' }, true);
  assert.equal(mended.customConferenceLink, undefined);
});

test('a link typed for another choice is not sent', () => {
  const draft = { ...newDraft({}, berlin), title: 'T', customConferenceLink: 'https://meet.example/1' };
  assert.equal(createInput(draft, 'key', false).customConferenceLink, null);
});

test('text not yet turned into a chip is invited too', () => {
  const draft = commitAttendeeText({ ...newDraft({}, berlin), attendeeText: 'ann@x.example' });
  assert.deepEqual(draft.attendees, [{ email: 'ann@x.example' }]);
  assert.equal(draft.attendeeText, '');
});

test('the key stays the same while the form is open and is new when it opens again', () => {
  openComposer({}, { ...berlin, idempotencyKey: 'first' });
  updateComposer(() => ({ failure: { message: 'down', mayHaveArrived: true } }));
  editDraft((draft) => ({ ...draft, title: 'Changed' }));
  const state = calendarComposerState.get();
  assert.ok(state.isOpen);
  assert.equal(state.idempotencyKey, 'first');
  closeComposer();
  openComposer({}, { ...berlin, idempotencyKey: 'second' });
  const again = calendarComposerState.get();
  assert.ok(again.isOpen && again.idempotencyKey === 'second' && again.draft.title === '');
  closeComposer();
});

test('closing asks only when something was typed', () => {
  openComposer({ defaultAttendees: [{ email: 'ann@x.example' }] }, { ...berlin, idempotencyKey: 'k' });
  assert.equal(hasTypedSomething(calendarComposerState.get()), false);
  editDraft((draft) => ({ ...draft, title: 'T' }));
  assert.equal(hasTypedSomething(calendarComposerState.get()), true);
  editDraft((draft) => ({ ...draft, title: '' }));
  assert.equal(hasTypedSomething(calendarComposerState.get()), false);
  closeComposer();
});

test('editing a field takes its error away and leaves the others', () => {
  openComposer({}, { ...berlin, idempotencyKey: 'k' });
  updateComposer(() => ({ fieldErrors: { title: 'missing', location: 'too long' } }));
  editDraft((draft) => ({ ...draft, title: 'T' }), 'title');
  const state = calendarComposerState.get();
  assert.ok(state.isOpen);
  assert.deepEqual(state.fieldErrors, { location: 'too long' });
  closeComposer();
  editDraft((draft) => ({ ...draft, title: 'ignored' }));
  assert.equal(calendarComposerState.get().isOpen, false);
});

test('a store tells its listeners of changes and of nothing else', () => {
  const store = createStore(1);
  let calls = 0;
  const stop = store.subscribe(() => (calls += 1));
  store.set(1);
  store.set(2);
  stop();
  store.set(3);
  assert.equal(calls, 1);
  assert.equal(store.get(), 3);
});
