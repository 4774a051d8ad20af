// Where texts have stood that were not found among the messages.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');
const { lint } = require('./lint-messages.cjs');

function problems(text, name = 'Part.tsx') {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'messages-'));
  try {
    fs.writeFileSync(path.join(root, name), text);
    return lint(root).map((problem) => problem.slice(root.length + 1)).join('\n');
  } finally {
    fs.rmSync(root, { recursive: true });
  }
}

test('words between tags are named with their line', () => {
  assert.match(problems('<p>\n  {name} is\n  here\n</p>'), /^Part\.tsx:2: .*“is here”$/);
  assert.equal(problems('<p>{name} · {count}</p>'), '');
});

test('a literal that is shown between tags is a text, whatever chooses it', () => {
  assert.match(problems("<p>{isBusy ? words.busy : 'send'}</p>"), /“send”/);
  assert.match(problems('<p>{isOld && ` for ${days} days`}</p>'), /“for days”/);
  assert.match(problems('<p>{`${name ?? \'nobody\'}`}</p>'), /“nobody”/);
  assert.equal(problems("<p>{kind === 'form' && ` ${words.form}`}</p>"), '');
});

test('props and properties that are named for a text take none', () => {
  assert.match(problems('<Field label="name" />'), /“name”/);
  assert.match(problems('<Field aria-label={`Remove ${name}`} />'), /“Remove”/);
  assert.match(problems("<Dialog confirmLabel={isLast ? 'delete' : words.next} />"), /“delete”/);
  assert.match(problems("askAbout({ title: 'which?' });", 'ask.ts'), /^ask\.ts:1: .*“which\?”/);
  assert.equal(problems('<Button className="button wide" tone="quiet" shortcut="Delete" />'), '');
});

test('a literal that reads like a text is one anywhere', () => {
  assert.match(problems("showToast('Saved.');", 'save.ts'), /“Saved\.”/);
  assert.match(problems("return name || 'A meeting';", 'name.ts'), /“A meeting”/);
  assert.match(problems('return `${label} is too long.`;', 'check.ts'), /“is too long\.”/);
  assert.match(problems("errors.to = 'Add at least one recipient.';", 'check.ts'), /“Add at least/);
  assert.match(problems("<a onClick={() => showToast('Saved')} />"), /“Saved”/);
});

test('keys, modules and what nobody is shown are no texts', () => {
  const code = `import { A } from './A.b';
    if (event.key === 'Enter' || event.key.startsWith('Arrow')) throw new Error('This is a mistake.');
    const zones = { 'Content-Type': 'application/json' }['Content-Type'];
    switch (key) { case 'Delete': break; }
    const line = 'M4 6h16M4 11h16', zone = 'Europe/Berlin', at = \`T\${time}Z\`;`;
  assert.equal(problems(code, 'code.ts'), '');
});

test('the messages themselves are exempt', () => {
  assert.equal(problems("export const saveMessages = { label: 'Saved.' };", 'messages.ts'), '');
});
