import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDraft, createInput, moveStart, newDraft, setFullDay } from '../src/calendar-composer/draft';
import {
  chooseRecurrence,
  draftRecurrenceLines,
  onFittingDay,
  recurrenceProblem,
} from '../src/calendar-composer/draftRecurrence';
import { changedInput, changedRecurrence, draftOf, recurrenceOf } from '../src/calendar-composer/eventDraft';
import {
  calendarComposerState,
  closeComposer,
  editDraft,
  openEditor,
  seriesArrived,
  settleStart,
} from '../src/calendar-composer/states/calendarComposerState';
import type { CalendarEventDraft } from '../src/calendar-composer/types/CalendarComposerTypes';
import { fakeEvent, fakeOccurrence } from './fakeEvent';

const zone = 'Europe/Berlin';
const event = fakeEvent();
const shown = draftOf(event, zone);
const changes = (change: Partial<CalendarEventDraft>, from = shown, needsLink = false) =>
  changedInput({ ...from, ...change }, from, needsLink);

test('an event is shown on the clock of its own zone, without its organizer', () => {
  const newYork = draftOf(fakeEvent({ timeZone: 'America/New_York' }), zone);
  assert.deepEqual([newYork.startTime, newYork.endTime], ['04:00', '05:00']);
  assert.equal(newYork.timeZone, 'America/New_York');
  assert.deepEqual(shown.attendees, [{ email: 'ann@x.example' }]);
  const fair = { isFullDay: true, startsAt: '2026-06-02T00:00:00Z', endsAt: '2026-06-04T00:00:00Z' };
  const days = draftOf(fakeEvent(fair), 'America/Los_Angeles');
  assert.deepEqual([days.startDate, days.endDate], ['2026-06-02', '2026-06-03']);
});

test('nothing is sent that was left alone', () => {
  assert.deepEqual(changes({}), {});
  assert.deepEqual(changes({ title: 'Review ', location: ' Room 1' }), {});
  assert.deepEqual(changes({ attendees: [{ email: 'ANN@x.example', displayName: 'Ann' }] }), {});
  const abroad = { ...shown, attendees: [{ email: 'info@Bücher.example' }] };
  assert.deepEqual(changes({ attendees: [{ email: 'info@xn--bcher-kva.example' }] }, abroad), {});
  assert.deepEqual(changes({ title: 'Retro' }), { title: 'Retro' });
  assert.deepEqual(changes({ location: ' ' }), { location: null });
});

test('a time is sent as a whole, on the clock of the chosen zone', () => {
  const later = changedInput(moveStart(shown, { startTime: '11:30' }), shown, false);
  assert.deepEqual(later, {
    startsAt: '2026-06-02T11:30:00+02:00',
    endsAt: '2026-06-02T12:30:00+02:00',
  });
  assert.deepEqual(changes({ timeZone: 'America/New_York' }), {
    startsAt: '2026-06-02T10:00:00-04:00',
    endsAt: '2026-06-02T11:00:00-04:00',
    timeZone: 'America/New_York',
  });
  assert.deepEqual(changedInput(setFullDay(shown, true), shown, false), {
    startsAt: '2026-06-02T00:00:00Z',
    endsAt: '2026-06-03T00:00:00Z',
    isFullDay: true,
  });
  // Whole days have no hours and no zone.
  const fullDay = setFullDay(shown, true);
  assert.deepEqual(changedInput({ ...fullDay, startTime: '07:00', timeZone: 'UTC' }, fullDay, false), {});
});

test('times that were not touched are not judged, and an event without a length can be moved', () => {
  const moment = draftOf(fakeEvent({ endsAt: '2026-06-02T08:00:00Z' }), zone);
  assert.deepEqual(checkDraft({ ...moment, title: 'Deadline' }, false, moment), {});
  assert.deepEqual(changes({ title: 'Deadline' }, moment), { title: 'Deadline' });
  const later = moveStart(moment, { startTime: '11:30' });
  assert.deepEqual(checkDraft(later, false, moment), {});
  assert.deepEqual(changedInput(later, moment, false), {
    startsAt: '2026-06-02T11:30:00+02:00',
    endsAt: '2026-06-02T11:30:00+02:00',
  });
  assert.match(checkDraft({ ...moment, endTime: '09:30' }, false, moment).endsAt ?? '', /after the start/);
  // One that has a length keeps one.
  assert.match(checkDraft({ ...shown, endTime: '10:00' }, false, shown).endsAt ?? '', /after the start/);
  assert.match(checkDraft({ ...moment, endTime: '' }, false, moment).endsAt ?? '', /complete end/);
  // In the hour that the clock shows twice, an event may end where it starts on the clock.
  const twice = draftOf(fakeEvent({ startsAt: '2026-10-25T00:30:00Z', endsAt: '2026-10-25T01:30:00Z' }), zone);
  assert.deepEqual(checkDraft({ ...twice, title: 'Night' }, false, twice), {});
});

test('the guests are sent as the whole list that they shall be', () => {
  const attendees = [...shown.attendees, { email: 'bob@x.example', displayName: 'Bob' }];
  assert.deepEqual(changes({ attendees }).attendees, [
    { email: 'ann@x.example', displayName: null },
    { email: 'bob@x.example', displayName: 'Bob' },
  ]);
});

test('a video link is sent when it is another one, and taken away with its choice', () => {
  const linked = draftOf(
    fakeEvent({ conferenceProviderId: 'LINK', conferenceLink: 'https://a.example/1' }),
    zone,
  );
  assert.deepEqual(changes({}, linked, true), {});
  assert.deepEqual(changes({ customConferenceLink: 'https://a.example/2' }, linked, true), {
    conferenceProviderId: 'LINK',
    customConferenceLink: 'https://a.example/2',
  });
  assert.deepEqual(changes({ conferenceProviderId: 'NONE' }, linked), { conferenceProviderId: 'NONE' });
  const made = { conferenceProviderId: 'MADE', conferenceLink: 'https://made.example/1' };
  assert.deepEqual(changes({}, draftOf(fakeEvent(made), zone)), {});
});

const series = fakeEvent({ id: 's', recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=10'] });

function openOccurrence(weeks: number) {
  openEditor(fakeOccurrence(weeks), { memberId: 'member', timeZone: zone, key: 'k' });
  seriesArrived(series, zone);
  const state = calendarComposerState.get();
  assert.ok(state.isOpen && state.editing);
  return state;
}

test('an occurrence learns its rule from its series, and moving it alone changes no rule', () => {
  const { draft, pristine } = openOccurrence(3);
  assert.deepEqual(draftRecurrenceLines(draft), ['RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=10']);
  const thursday = moveStart(draft, { startDate: '2026-06-25' });
  // What the form shows goes along with the start …
  assert.deepEqual(draftRecurrenceLines(thursday), ['RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=10']);
  // … and is the server's to carry out, for those that are meant.
  for (const scope of ['THIS', 'THIS_AND_FOLLOWING', 'ALL'] as const) {
    assert.equal(changedRecurrence(thursday, pristine, scope, series), undefined);
  }
  closeComposer();
});

test('a series that arrives after something was typed changes none of it', () => {
  openEditor(fakeOccurrence(0), { memberId: 'member', timeZone: zone, key: 'k' });
  editDraft((draft) => ({ ...draft, title: 'Typed' }));
  seriesArrived(fakeEvent({ id: 'another', recurrence: ['RRULE:FREQ=DAILY'] }), zone);
  seriesArrived(series, zone);
  const state = calendarComposerState.get();
  assert.ok(state.isOpen);
  assert.deepEqual(changedInput(state.draft, state.pristine, false), { title: 'Typed' });
  assert.equal(state.draft.recurrence?.kind, 'rule');
  closeComposer();
});

test('of ten times, those that follow are the rest, unless the number itself was changed', () => {
  const { draft, pristine } = openOccurrence(3);
  const recurrence = recurrenceOf(series, zone);
  assert.ok(recurrence.kind === 'rule');
  const everySecond = chooseRecurrence(draft, { ...recurrence, rule: { ...recurrence.rule, interval: 2 } });
  const lines = (scope: 'ALL' | 'THIS_AND_FOLLOWING', changed: CalendarEventDraft) =>
    changedRecurrence(changed, pristine, scope, series)?.[0];
  assert.equal(lines('THIS_AND_FOLLOWING', everySecond), 'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=7');
  assert.equal(lines('ALL', everySecond), 'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=10');
  const five = { ...recurrence.rule, end: { kind: 'after', count: 5 } as const };
  const shorter = chooseRecurrence(draft, { ...recurrence, rule: five });
  assert.equal(lines('THIS_AND_FOLLOWING', shorter), 'RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=5');
  closeComposer();
});

const weekdays = (days: Array<'MO' | 'TU' | 'FR'>, from: CalendarEventDraft) =>
  chooseRecurrence(from, {
    ...{ kind: 'rule', others: [] },
    rule: { pattern: { frequency: 'WEEKLY', weekdays: days }, interval: 1, end: { kind: 'never' } },
  });

test('the start goes to the first of the chosen weekdays, and the end along with it', () => {
  const draft = onFittingDay(weekdays(['MO', 'FR'], shown));
  assert.deepEqual([draft.startDate, draft.endDate], ['2026-06-05', '2026-06-05']);
  assert.equal(draft.startMovedFrom, '2026-06-02');
  assert.equal(onFittingDay(draft), draft);
  // Another start says nothing of that any more.
  assert.equal(moveStart(draft, { startDate: '2026-06-08' }).startMovedFrom, undefined);
  assert.equal(onFittingDay(weekdays([], shown)).startDate, '2026-06-02');
});

test('one meeting of a series may be on another day than its rule, as long as that stays', () => {
  openEditor(fakeOccurrence(0), { memberId: 'member', timeZone: zone, key: 'k' });
  seriesArrived(fakeEvent({ id: 's', recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=TU,TH'] }), zone);
  editDraft((draft) => moveStart(draft, { startDate: '2026-06-03' }));
  settleStart();
  const moved = calendarComposerState.get();
  assert.ok(moved.isOpen && moved.draft.startDate === '2026-06-03');
  editDraft((draft) => weekdays(['MO', 'TU'], draft));
  settleStart();
  const settled = calendarComposerState.get();
  assert.ok(settled.isOpen);
  assert.equal(settled.draft.startDate, '2026-06-08');
  closeComposer();
});

test('a rule that cannot be meant is named', () => {
  const rule = { pattern: { frequency: 'DAILY' }, interval: 1, end: { kind: 'never' } } as const;
  const problem = (change: object) => {
    const changed = { kind: 'rule', others: [], rule: { ...rule, ...change } } as const;
    return recurrenceProblem(chooseRecurrence(shown, { ...changed, others: [] })) ?? '';
  };
  assert.equal(problem({}), '');
  assert.match(problem({ interval: Number.NaN }), /from 1 to 999/);
  assert.match(problem({ end: { kind: 'after', count: 0 } }), /of occurrences/);
  assert.match(problem({ end: { kind: 'on', date: '2026-06-01' } }), /can’t be before the start/);
  assert.match(problem({ end: { kind: 'on', date: '' } }), /Enter the last day/);
  assert.match(recurrenceProblem(weekdays([], shown)) ?? '', /at least one weekday/);
});

test('a new event is sent with its rule, and without one when it happens once', () => {
  const around = { now: Date.parse('2026-06-02T08:10:00Z'), timeZone: zone, connectedAccountId: 'account' };
  const draft = newDraft({}, around);
  assert.equal(createInput(draft, 'k', false).recurrence, null);
  const sent = createInput(weekdays(['TU'], draft), 'k', false);
  assert.deepEqual(sent.recurrence, ['RRULE:FREQ=WEEKLY;BYDAY=TU']);
});
