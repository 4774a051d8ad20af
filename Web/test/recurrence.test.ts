import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  choiceFor,
  countBefore,
  describeRecurrence,
  firstFit,
  fits,
  followStart,
  once,
  readRecurrence,
  recurrenceLines,
  usualChoices,
} from '../src/recurrence';
import type { Recurrence, RepeatRule } from '../src/recurrence';

const tuesday = '2026-06-02';
const berlin = { startDate: tuesday, startTime: '10:00', isFullDay: false, timeZone: 'Europe/Berlin' };
const never = { kind: 'never' } as const;

const words = (...lines: string[]) => describeRecurrence(lines, berlin);
const read = (...lines: string[]) => readRecurrence(lines, berlin);
const ruleOf = (recurrence: Recurrence): RepeatRule => {
  assert.equal(recurrence.kind, 'rule');
  return (recurrence as Extract<Recurrence, { kind: 'rule' }>).rule;
};
const weekly = (weekdays: string, more = '') => ruleOf(read(`RRULE:FREQ=WEEKLY;BYDAY=${weekdays}${more}`));

test('the usual choices are said in the words of the day the event starts on', () => {
  const labels = (date: string) => usualChoices(date).map(({ label }) => label);
  assert.deepEqual(labels(tuesday), [
    'Every day',
    'Every weekday (Monday to Friday)',
    'Every week on Tuesday',
    'Every second week on Tuesday',
    'Every month on the 2nd',
    'Every month on the first Tuesday',
    'Every year on June 2',
  ]);
  const atTheEnd = labels('2026-06-30').filter((label) => label.startsWith('Every month'));
  assert.deepEqual(atTheEnd, [
    'Every month on the 30th',
    // A fifth Tuesday is not there every month.
    'Every month on the last Tuesday',
    'Every month on the last day',
  ]);
});

test('every usual choice comes back as itself from the line it is sent as', () => {
  for (const date of [tuesday, '2026-06-30', '2028-02-29']) {
    const choices = usualChoices(date);
    for (const { id, pattern, interval } of choices) {
      const rule = { pattern, interval, end: never };
      const sent = recurrenceLines({ kind: 'rule', rule, others: [] }, berlin);
      const back = ruleOf(readRecurrence(sent, { ...berlin, startDate: date }));
      assert.equal(choiceFor(back, choices)?.id, id, sent.join());
    }
  }
});

test('what the editor can say comes back from its lines unchanged, and reads the same', () => {
  const lines = [
    'RRULE:FREQ=DAILY;INTERVAL=3;COUNT=10',
    'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20260630T215959Z',
    'RRULE:FREQ=MONTHLY;BYMONTHDAY=-1',
    'RRULE:FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR;COUNT=10',
    'RRULE:FREQ=MONTHLY;BYDAY=1TU',
    'RRULE:FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=2',
  ];
  for (const line of lines) {
    const sent = recurrenceLines(read(line), berlin);
    assert.deepEqual(sent, [line]);
    assert.equal(words(...sent), words(line));
  }
});

test('rules written otherwise mean the same to the editor', () => {
  const same = (one: string, other: string) =>
    assert.deepEqual(read(`RRULE:${one}`), read(`RRULE:${other}`), one);
  same('FREQ=WEEKLY', 'FREQ=WEEKLY;BYDAY=TU');
  same('BYDAY=TH,TU;FREQ=WEEKLY;WKST=SU', 'FREQ=WEEKLY;BYDAY=TU,TH');
  same('FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR');
  same('FREQ=MONTHLY', 'FREQ=MONTHLY;BYMONTHDAY=2');
  same('FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1', 'FREQ=MONTHLY;BYDAY=1TU');
  same('FREQ=YEARLY', 'FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=2');
});

test('a rule ends with the last day on which one can start, in the zone of the event', () => {
  const until = (text: string) => ruleOf(read(`RRULE:FREQ=DAILY;UNTIL=${text}`)).end;
  assert.deepEqual(until('20260630T215959Z'), { kind: 'on', date: '2026-06-30' });
  // The very start of the last one, and a second before it.
  assert.deepEqual(until('20260630T080000Z'), { kind: 'on', date: '2026-06-30' });
  assert.deepEqual(until('20260630T075900Z'), { kind: 'on', date: '2026-06-29' });
  assert.deepEqual(until('20260630'), { kind: 'on', date: '2026-06-30' });
});

test('the end is sent as the last second of its day in the zone, or as a day for whole days', () => {
  const end = { kind: 'on', date: '2026-11-01' } as const;
  const rule = { pattern: { frequency: 'DAILY' }, interval: 1, end } as const;
  const sent = (times: { timeZone: string; isFullDay: boolean }) =>
    recurrenceLines({ kind: 'rule', rule, others: [] }, times)[0];
  // The day on which New York's clocks go back.
  const newYork = sent({ timeZone: 'America/New_York', isFullDay: false });
  assert.equal(newYork, 'RRULE:FREQ=DAILY;UNTIL=20261102T045959Z');
  assert.equal(sent({ timeZone: 'Asia/Tokyo', isFullDay: false }), 'RRULE:FREQ=DAILY;UNTIL=20261101T145959Z');
  assert.equal(sent({ timeZone: 'Asia/Tokyo', isFullDay: true }), 'RRULE:FREQ=DAILY;UNTIL=20261101');
});

test('what the editor cannot say is kept as it was, word for word', () => {
  for (const line of [
    'RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    'RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15',
    'RRULE:FREQ=MONTHLY;BYDAY=5TU',
    'RRULE:FREQ=MONTHLY;BYDAY=TU',
    'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH',
    'RRULE:FREQ=YEARLY;BYWEEKNO=20',
    'RRULE:FREQ=YEARLY;BYMONTHDAY=2',
    'RRULE:FREQ=DAILY;BYMONTH=6',
    'RRULE:FREQ=HOURLY',
    'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU',
    'RDATE:20260603T080000Z',
    'RRULE:nonsense',
  ]) {
    const recurrence = read(line);
    assert.equal(recurrence.kind, 'foreign', line);
    assert.deepEqual(recurrenceLines(recurrence, berlin), [line]);
  }
  assert.equal(read('RRULE:FREQ=DAILY', 'RDATE:20260603T120000Z').kind, 'foreign');
});

test('days that were left out stay left out when the rule is changed', () => {
  const left = 'EXDATE;TZID=Europe/Berlin:20260609T100000';
  const recurrence = read('RRULE:FREQ=WEEKLY;BYDAY=TU', left);
  const changed: Recurrence = { kind: 'rule', others: [left], rule: { ...ruleOf(recurrence), interval: 2 } };
  assert.deepEqual(recurrenceLines(changed, berlin), ['RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', left]);
});

test('rules are said as a person would say them', () => {
  const said: Record<string, string> = {
    'FREQ=DAILY': 'every day',
    'FREQ=DAILY;INTERVAL=2': 'every second day',
    'FREQ=DAILY;INTERVAL=10;COUNT=1': 'every 10 days, once',
    'FREQ=WEEKLY': 'every Tuesday',
    'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR': 'every weekday (Monday to Friday)',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20260630T215959Z': 'every second Tuesday until June 30, 2026',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,MO,WE': 'every second week on Monday, Wednesday and Friday',
    'FREQ=WEEKLY;INTERVAL=3;BYDAY=MO': 'every 3 weeks on Monday',
    'FREQ=MONTHLY;BYMONTHDAY=2': 'every month on the 2nd',
    'FREQ=MONTHLY;BYMONTHDAY=11,-1': 'every month on the 11th and last day',
    'FREQ=MONTHLY;BYDAY=-1FR;COUNT=10': 'every month on the last Friday, 10 times',
    'FREQ=MONTHLY;INTERVAL=2;BYDAY=2MO,4MO': 'every second month on the second Monday and fourth Monday',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1': 'every month on the last weekday',
    'FREQ=MONTHLY;BYDAY=-2TH': 'every month on the second-to-last Thursday',
    'FREQ=YEARLY': 'every year on June 2',
    'FREQ=YEARLY;BYMONTH=11;BYDAY=4TH': 'every year on the fourth Thursday of November',
    'FREQ=HOURLY': 'by a rule made elsewhere',
    'FREQ=YEARLY;BYWEEKNO=20': 'by a rule made elsewhere',
    'FREQ=FORTNIGHTLY': 'by a rule made elsewhere',
  };
  for (const [rule, expected] of Object.entries(said)) assert.equal(words(`RRULE:${rule}`), expected, rule);
  assert.equal(words(), undefined);
  assert.equal(words('RRULE:FREQ=DAILY', 'EXDATE:20260603T080000Z'), 'every day, except on 1 day');
  assert.equal(words('RDATE:20260603T080000Z,20260604T080000Z'), 'on 2 days chosen one by one');
});

test('a rule follows its start to another day', () => {
  const moved = (line: string, to: string) =>
    recurrenceLines(followStart(read(`RRULE:${line}`), tuesday, to), berlin)[0]?.slice('RRULE:FREQ='.length);
  assert.equal(moved('FREQ=WEEKLY;BYDAY=TU;COUNT=5', '2026-06-04'), 'WEEKLY;BYDAY=TH;COUNT=5');
  assert.equal(moved('FREQ=MONTHLY;BYMONTHDAY=2', '2026-06-17'), 'MONTHLY;BYMONTHDAY=17');
  assert.equal(moved('FREQ=MONTHLY;BYDAY=1TU', '2026-06-10'), 'MONTHLY;BYDAY=2WE');
  // There is no fifth one every month.
  assert.equal(moved('FREQ=MONTHLY;BYDAY=1TU', '2026-06-30'), 'MONTHLY;BYDAY=-1TU');
  assert.equal(moved('FREQ=YEARLY', '2026-07-14'), 'YEARLY;BYMONTH=7;BYMONTHDAY=14');
  // Several weekdays are a choice of their own.
  assert.equal(moved('FREQ=WEEKLY;BYDAY=TU,TH', '2026-06-03'), 'WEEKLY;BYDAY=TU,TH');
  // A single meeting that was moved away from its rule does not take the rule along.
  assert.equal(moved('FREQ=WEEKLY;BYDAY=MO', '2026-06-03'), 'WEEKLY;BYDAY=MO');
  // A date that is still being typed.
  assert.equal(moved('FREQ=WEEKLY;BYDAY=TU', ''), 'WEEKLY;BYDAY=TU');
  assert.deepEqual(followStart(once, tuesday, '2026-06-03'), once);
});

test('the last Friday stays the last one when it moves to another week’s end', () => {
  const rule = 'RRULE:FREQ=MONTHLY;BYDAY=-1FR';
  const moved = followStart(read(rule), '2026-06-26', '2026-07-30');
  assert.deepEqual(recurrenceLines(moved, berlin), ['RRULE:FREQ=MONTHLY;BYDAY=-1TH']);
});

test('the first fitting day is the start itself or the next one', () => {
  const pattern = weekly('MO,FR').pattern;
  assert.equal(firstFit(pattern, tuesday), '2026-06-05');
  assert.equal(firstFit(pattern, '2026-06-05'), '2026-06-05');
  const leapDay = { frequency: 'YEARLY', month: 2, day: 29 } as const;
  assert.equal(firstFit(leapDay, '2097-03-01'), '2104-02-29');
  assert.equal(fits({ frequency: 'MONTHLY', on: { kind: 'day', day: 31 } }, '2026-06-30'), false);
});

test('what comes before a day is counted as the rule has it', () => {
  assert.equal(countBefore(weekly('TU'), tuesday, '2026-06-23'), 3);
  // In every second week, counted from the Monday before the start.
  assert.equal(countBefore(weekly('MO,TU', ';INTERVAL=2'), tuesday, '2026-06-16'), 2);
  const monthly = ruleOf(read('RRULE:FREQ=MONTHLY;BYMONTHDAY=31'));
  assert.equal(countBefore(monthly, '2026-01-31', '2026-06-01'), 3);
  const daily = ruleOf(read('RRULE:FREQ=DAILY;INTERVAL=3'));
  assert.equal(countBefore(daily, tuesday, '2026-06-08'), 2);
});
