// The generator: what it makes of a fixture, and what becomes of a schema that the app no longer fits.
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');

const web = path.resolve(__dirname, '..');
const schema = fs.readFileSync(path.join(web, '../Sources/PhosServer/GraphQL/schema.graphql'), 'utf8');

function run(folder, command, ...options) {
  const { status, stdout, stderr } = spawnSync(command, options, { cwd: folder, encoding: 'utf8' });
  return { status, words: stdout + stderr };
}

function generate(folder, ...files) {
  return run(folder, process.execPath, path.join(__dirname, 'generate.cjs'), ...files);
}

function inScratch(body) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'phos-codegen-'));
  try {
    return body(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** The app against a schema in which something is called or typed otherwise. */
function againstChanged(changes, body) {
  inScratch((folder) => {
    fs.cpSync(path.join(web, 'src'), path.join(folder, 'src'), { recursive: true });
    fs.copyFileSync(path.join(web, 'tsconfig.json'), path.join(folder, 'tsconfig.json'));
    fs.writeFileSync(path.join(folder, 'schema.graphql'), changes.reduce(change, schema));
    const operations = run(folder, 'find', 'src', '-name', '*.graphql').words.trim().split('\n');
    body(folder, generate(folder, 'schema.graphql', 'src/graphql/generated.ts', ...operations));
  });
}

function change(text, [from, to]) {
  assert.ok(text.includes(from), `the schema says: ${from}`);
  return text.replace(from, to);
}

function refuses(operations, complaint) {
  inScratch((folder) => {
    const fixture = path.join(__dirname, 'fixture/schema.graphql');
    fs.writeFileSync(path.join(folder, 'operations.graphql'), operations);
    const { status, words } = generate(folder, fixture, 'generated.ts', 'operations.graphql');
    assert.equal(status, 1);
    assert.match(words, complaint);
    assert.equal(fs.existsSync(path.join(folder, 'generated.ts')), false);
  });
}

test('a schema and its operations become exactly the expected types', () => {
  const expected = path.join(__dirname, 'fixture/expected.ts');
  inScratch((folder) => {
    const output = path.join(folder, 'generated.ts');
    const { status, words } = generate(
      path.join(__dirname, 'fixture'),
      'schema.graphql',
      process.env.PHOS_WRITE_EXPECTED ? expected : output,
      'operations.graphql',
    );
    assert.equal(status, 0, words);
    if (process.env.PHOS_WRITE_EXPECTED) return;
    assert.equal(fs.readFileSync(output, 'utf8'), fs.readFileSync(expected, 'utf8'));
  });
});

test('a field that is called otherwise in the schema is named, with the place that asks for it', () => {
  againstChanged([['conferenceStatus:', 'videoStatus:']], (_, { status, words }) => {
    assert.equal(status, 1);
    assert.match(words, /^src\/graphql\/fragments\.graphql:\d+:\d+: Cannot query field "conferenceStatus"/m);
  });
});

test('a field that may now be null, and an input that wants more, fail the types of the code', () => {
  const times = '  endsAt: DateTime!\n  isFullDay: Boolean!';
  const changes = [
    [`startsAt: DateTime!\n${times}`, `startsAt: DateTime\n${times}`],
    ['input CompanyInput { name: String!', 'input CompanyInput { name: String! industry: String!'],
  ];
  againstChanged(changes, (folder, { status, words }) => {
    assert.equal(status, 0, words);
    const check = run(folder, 'tsc', '--project', 'tsconfig.json');
    assert.notEqual(check.status, 0);
    assert.match(check.words, /src\/calendar\/weekLayout\.ts\(\d+,\d+\): error TS\d+: .*'string \| null'/);
    assert.match(check.words, /src\/records\/RecordForms\.tsx\(\d+,\d+\): error TS\d+: .*'industry'/);
  });
});

test('operations that do not fit are refused with their place', () => {
  refuses('query A { people { id }', /^operations\.graphql:1:24: Syntax Error/m);
  refuses('query A {\n  nobody\n}', /^operations\.graphql:2:3: Cannot query field "nobody"/m);
  refuses('query A { person(id: []) { id } }', /^operations\.graphql:1:22: /m);
  refuses('fragment F on Person { id }', /"F" is never used/);
});

test('what has no generated type is refused, not guessed', () => {
  refuses('{ people { id } }', /needs a name/);
  refuses('query A($all: Boolean!) { people { id @include(if: $all) } }', /@include has no generated type/);
});
