import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flagWords } from '../src/settings/flagWords';
import { loginGaps, needsHandle } from '../src/settings/serverLogin';

const login = {
  serverUrl: 'https://calendar.example.com',
  username: 'ann@x.example',
  password: 'secret',
  handle: '',
};

test('a user name that is an email address needs no second one', () => {
  assert.deepEqual(loginGaps(login), {});
  assert.deepEqual(loginGaps({ ...login, username: ' ann@x.example ' }), {});
  assert.equal(needsHandle(login), false);
});

test('a user name that is none asks for the email address, and only there', () => {
  const bare = { ...login, username: 'ann' };
  assert.equal(needsHandle(bare), true);
  assert.deepEqual(Object.keys(loginGaps(bare)), ['handle']);
  assert.match(loginGaps(bare).handle ?? '', /the user name is not one/);
  assert.deepEqual(loginGaps({ ...bare, handle: 'ann@x.example' }), {});
});

test('an email address that is typed has to be one, whatever the user name', () => {
  assert.match(loginGaps({ ...login, handle: 'ann' }).handle ?? '', /@ is missing/);
});

test('an empty form is told of what every account needs', () => {
  const empty = { serverUrl: '', username: '', password: '', handle: '' };
  assert.deepEqual(Object.keys(loginGaps(empty)), ['serverUrl', 'username', 'password']);
});

test('only a switch that does nothing in this release says so', () => {
  const notYet = /Not available in this release/;
  assert.match(flagWords('IS_CALENDAR_RSVP_ENABLED').detail ?? '', notYet);
  for (const name of ['EMAIL_INVITE', 'EVENT_CREATE', 'EVENT_EDIT', 'EVENT_DELETE']) {
    assert.doesNotMatch(flagWords(`IS_CALENDAR_${name}_ENABLED`).detail ?? '', notYet);
  }
});
