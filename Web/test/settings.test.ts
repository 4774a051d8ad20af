import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flagLabels } from '../src/settings/flagLabels';
import { formGaps, typedFields } from '../src/settings/connectionForm';

const field = { help: null, placeholder: null, isSecret: false, isOptional: false, maximumLength: 20 };
const form = [
  { ...field, id: 'serverUrl', label: 'Server address', kind: 'URL' as const, maximumLength: 2048 },
  { ...field, id: 'username', label: 'User name', kind: 'TEXT' as const },
  { ...field, id: 'password', label: 'Password', kind: 'PASSWORD' as const, isSecret: true },
  { ...field, id: 'handle', label: 'Your email address', kind: 'EMAIL' as const, isOptional: true },
];
const typed = { serverUrl: 'https://calendar.example.com', username: 'ann@x.example', password: 'secret' };

test('a form is complete without its optional fields', () => {
  assert.deepEqual(formGaps(form, typed), {});
  assert.deepEqual(formGaps(form, { ...typed, username: ' ann@x.example ', handle: ' ' }), {});
});

test('an email address that is typed has to be one', () => {
  assert.match(formGaps(form, { ...typed, handle: 'ann' }).handle ?? '', /@ is missing/);
  assert.deepEqual(formGaps(form, { ...typed, handle: 'ann@x.example' }), {});
});

test('an empty form is told of what every account needs', () => {
  assert.deepEqual(Object.keys(formGaps(form, {})), ['serverUrl', 'username', 'password']);
});

test('an address of a web server begins with its scheme, and no value is longer than its field', () => {
  assert.deepEqual(Object.keys(formGaps(form, { ...typed, serverUrl: 'calendar.example.com' })), ['serverUrl']);
  assert.match(formGaps(form, { ...typed, username: 'ä'.repeat(11) }).username ?? '', /too long/);
});

test('a secret is sent as it was typed, the rest without blanks around it, and nothing empty', () => {
  assert.deepEqual(typedFields(form, { username: ' ann ', password: ' secret ', handle: ' ' }), [
    { id: 'username', value: 'ann' },
    { id: 'password', value: ' secret ' },
  ]);
});

test('only a switch that does nothing in this release says so', () => {
  const notYet = /Not available in this release/;
  assert.match(flagLabels('IS_CALENDAR_RSVP_ENABLED').detail ?? '', notYet);
  for (const name of ['EMAIL_INVITE', 'EVENT_CREATE', 'EVENT_EDIT', 'EVENT_DELETE']) {
    assert.doesNotMatch(flagLabels(`IS_CALENDAR_${name}_ENABLED`).detail ?? '', notYet);
  }
});
