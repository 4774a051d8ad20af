import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addAddresses, parseAddresses } from '../src/address-input/addresses';
import { addressKey, problemWith } from '../src/ui/emailAddress';

const addresses = (text: string) => parseAddresses(text).map(({ email }) => email);

test('one address, several by comma, semicolon, line and space', () => {
  assert.deepEqual(addresses('a@x.example'), ['a@x.example']);
  assert.deepEqual(addresses('a@x.example, b@x.example;c@x.example\nd@x.example\te@x.example'), [
    'a@x.example',
    'b@x.example',
    'c@x.example',
    'd@x.example',
    'e@x.example',
  ]);
  assert.deepEqual(addresses('a@x.example b@x.example'), ['a@x.example', 'b@x.example']);
});

test('names around addresses are kept, with their commas', () => {
  assert.deepEqual(parseAddresses('"Lindt, Grace" <grace@x.example>, Tomas O <t@y.example>'), [
    { email: 'grace@x.example', displayName: 'Lindt, Grace' },
    { email: 't@y.example', displayName: 'Tomas O' },
  ]);
  assert.deepEqual(addresses('<mailto:a@x.example>'), ['a@x.example']);
});

test('an open quote does not swallow the following lines', () => {
  assert.deepEqual(addresses('"Grace <g@x.example>\nb@x.example').slice(-1), ['b@x.example']);
});

test('what is no address stays, with the reason', () => {
  const [entry] = parseAddresses('grace');
  assert.equal(entry?.email, 'grace');
  assert.match(entry?.problem ?? '', /@ is missing/);
  for (const bad of [
    '@x.example', 'a@', 'a@b', 'a b@x.example', 'a..b@x.example', '.a@x.example', 'a@-x.example',
    'a@x..example', 'a@b@x.example', 'a@-bücher.example', 'a\u0000@x.example',
    `${'a'.repeat(65)}@x.example`, `a@${'x.'.repeat(130)}example`,
  ]) {
    assert.ok(problemWith(bad), bad);
  }
  for (const good of ['a@x.example', 'a+b@x.example', "o'neil@x-y.example", 'jörg@bücher.example',
    'a@हिन्दी.example', 'a@日本語。jp']) {
    assert.equal(problemWith(good), undefined, good);
  }
});

test('nobody is invited twice, whatever the case', () => {
  const once = addAddresses([{ email: 'Ann@X.example' }], parseAddresses('ann@x.example, bob@x.example'));
  assert.deepEqual(once.map(({ email }) => email), ['Ann@X.example', 'bob@x.example']);
});

test('nobody is invited twice, whatever the spelling of the domain', () => {
  const one = (...emails: string[]) =>
    addAddresses([], emails.map((email) => ({ email }))).map(({ email }) => email);
  for (const [typed, other] of [
    ['info@bücher.example', 'info@xn--bcher-kva.example'],
    ['info@xn--bcher-kva.example', 'info@bücher.example'],
    ['info@Bücher.Example', 'INFO@BÜCHER.example'],
    ['info@bu\u0308cher.example', 'info@XN--BCHER-KVA.example'],
    ['a@post.straße.example', 'a@POST.xn--strae-oqa.example'],
    ['a@日本語。jp', 'a@日本語.jp'],
    ['a@ｂücher.example', 'a@xn--bcher-kva.example'],
    ['jörg@bücher.example', 'Jörg@xn--bcher-kva.example'],
  ] as const) {
    assert.deepEqual(one(typed, other), [typed], typed);
    assert.equal(addressKey(typed), addressKey(other));
  }
  for (const [first, second] of [
    ['info@bücher.example', 'info@bucher.example'],
    ['info@bücher.example', 'info+x@bücher.example'],
    ['a@straße.example', 'a@strasse.example'],
    // The platform takes these for numbers, and what follows these for a path.
    ['a@127.1', 'a@127.0.0.1'],
    ['a@1.0x10', 'a@1.16'],
    ['a@bücher.example', 'a@bücher.example/x'],
    ['a@bücher.example', 'a@bücher.example:80'],
    ['a@bücher.example', 'a b@bücher.example'],
  ] as const) {
    assert.deepEqual(one(first, second), [first, second]);
  }
});

test('a pasted novel is cut short', () => {
  assert.equal(parseAddresses('word,'.repeat(20_000)).length, 500);
});
