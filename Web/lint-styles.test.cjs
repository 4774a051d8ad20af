// The three ways in which one module's styles have changed another's pages.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');
const { lint } = require('./lint-styles.cjs');

function problems(files) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'styles-'));
  try {
    for (const [name, text] of Object.entries({ 'ui/ui.css': '.card, .badge { margin: 0; }', ...files })) {
      fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      fs.writeFileSync(path.join(root, name), text);
    }
    return lint(root).join('\n');
  } finally {
    fs.rmSync(root, { recursive: true });
  }
}

test('a module does not restyle what all modules share', () => {
  assert.match(problems({ 'email/email.css': '.badge { color: gray; }' }), /styles \.badge/);
  assert.match(problems({ 'email/email.css': '.card + .card { margin-top: 18px; }' }), /styles \.card/);
  assert.match(problems({ 'email/email.css': '@media print { .row, .badge { color: gray; } }' }), /styles \.badge/);
});

test('a module does not style the frame around its pages', () => {
  const files = { 'settings/settings.css': '.main > .page { flex: 1; }', 'App.tsx': '<div className="main">' };
  assert.match(problems(files), /App\.tsx: uses \.main/);
});

test('two modules do not style one class, and none styles elements', () => {
  assert.match(problems({ 'a/a.css': '.row { gap: 1px; }', 'b/b.css': '.row { gap: 2px; }' }), /styles \.row/);
  assert.match(problems({ 'a/a.css': 'h2 { margin: 0; }' }), /does not begin with a class/);
});

test('a part of another module is used with its stylesheet', () => {
  const files = { 'a/a.css': '.row .badge { gap: 1px; }', 'a/Row.tsx': '<p className="row">' };
  assert.equal(problems({ ...files, 'b/B.tsx': "import '../a/a.css'; <p className={`row ${x}`}>" }), '');
  assert.match(problems({ ...files, 'b/B.tsx': '<p className={`row ${x}`}>' }), /without importing it/);
});
