import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  base64OfBytes,
  base64OfText,
  checkEmail,
  isWorthKeeping,
  newEmailDraft,
  sendInput,
  withTypedRecipients,
} from '../src/email-composer/draft';
import { linkAddress } from '../src/email-composer/linkAddress';
import type { EmailDraft } from '../src/email-composer/types';
import type { ConnectedAccount } from '../src/graphql/types';

const account = { id: 'a' } as ConnectedAccount;

function draft(change: Partial<EmailDraft> = {}): EmailDraft {
  const empty = newEmailDraft({ place: 'person 1' }, { connectedAccountId: 'a', key: 'k' });
  return { ...empty, to: [{ email: 'g@x.example', displayName: 'Lindt, "Grace"' }], ...change };
}

test('what was typed and not made a chip is a recipient, too', () => {
  const typed = draft({ texts: { to: ' b@x.example ', cc: 'C <c@x.example>, G@x.example', bcc: '' } });
  const { to, cc, texts } = withTypedRecipients(typed);
  assert.deepEqual(to.map(({ email }) => email), ['g@x.example', 'b@x.example']);
  assert.deepEqual(cc.map(({ email }) => email), ['c@x.example', 'G@x.example']);
  assert.deepEqual(texts, { to: '', cc: '', bcc: '' });
});

test('a mail without recipients, sender, or with a wrong address is not sent', () => {
  assert.deepEqual(checkEmail(draft(), account), {});
  assert.deepEqual(Object.keys(checkEmail(draft({ to: [] }), undefined)), ['connectedAccountId', 'to']);
  const wrong = withTypedRecipients(draft({ texts: { to: '', cc: '', bcc: 'nobody' } }));
  assert.match(checkEmail(wrong, account).bcc ?? '', /^nobody: /);
});

test('a meeting that is waited for holds the mail up, one that is there does not', () => {
  const file = { id: 'f', name: 'invite.ics', type: 'text/calendar', contentBase64: 'QQ==' };
  const withMeeting = (isWaitedFor: boolean, contentBase64 = 'QQ==') =>
    draft({ files: [{ ...file, contentBase64, meeting: { eventId: 'e', title: 'M', isWaitedFor } }] });
  assert.match(checkEmail(withMeeting(true, ''), account).attachments ?? '', /hasn’t been delivered/);
  assert.match(checkEmail(withMeeting(true), account).attachments ?? '', /video link/);
  assert.deepEqual(checkEmail(withMeeting(false), account), {});
  assert.equal(sendInput(withMeeting(false), 8).calendarEventId, 'e');
});

test('names go along in quotes that hold', () => {
  assert.deepEqual(sendInput(draft(), 8).to, ['"Lindt, Grace" <g@x.example>']);
});

test('a draft is worth keeping once something was written into it', () => {
  const empty = draft();
  assert.equal(isWorthKeeping(empty, empty), false);
  assert.equal(isWorthKeeping({ ...empty, body: '<p><br></p>' }, empty), false);
  assert.equal(isWorthKeeping({ ...empty, body: '<p>x</p>' }, empty), true);
  assert.equal(isWorthKeeping({ ...empty, connectedAccountId: 'b' }, empty), false);
});

test('bytes and texts become base64 whatever their size', () => {
  const read = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  assert.equal(new TextDecoder().decode(read(base64OfText('Grüße 🎈'))), 'Grüße 🎈');
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
  assert.deepEqual(read(base64OfBytes(bytes)), bytes);
});

test('a link leads to the web or to a mail, and nowhere else', () => {
  assert.equal(linkAddress(' https://x.example/a '), 'https://x.example/a');
  assert.equal(linkAddress('x.example'), 'https://x.example');
  assert.equal(linkAddress('a@x.example'), 'mailto:a@x.example');
  assert.equal(linkAddress('javascript:alert(1)'), undefined);
  assert.equal(linkAddress('a b'), undefined);
});
