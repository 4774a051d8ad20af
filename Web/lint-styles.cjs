// Every style stays in its module: node lint-styles.cjs SRC
// A rule begins with a class of its own module, and a class is styled by one stylesheet only. A stylesheet's own
// classes are used in its folder or by files that import it; src/ui/ui.css holds what all modules share.
const fs = require('node:fs');
const path = require('node:path');

const base = path.join('ui', 'ui.css');

function lint(root) {
  const files = fs.readdirSync(root, { recursive: true }).map(String);
  const read = (name) => fs.readFileSync(path.join(root, name), 'utf8');
  const sources = files.filter((name) => name.endsWith('.tsx')).map((name) => ({ name, text: read(name) }));
  const problems = [];
  const ownerOf = new Map();
  const sheets = files.filter((name) => name.endsWith('.css'));
  for (const sheet of sheets.sort((a, b) => (b === base) - (a === base))) {
    for (const selector of selectorsOf(read(sheet))) {
      const leading = /^\.([\w-]+)/.exec(selector)?.[1];
      if (!leading) {
        if (sheet !== base) problems.push(`${sheet}: “${selector}” does not begin with a class.`);
        continue;
      }
      const owner = ownerOf.get(leading) ?? sheet;
      if (owner !== sheet) problems.push(`${sheet}: “${selector}” styles .${leading}, which ${owner} defines.`);
      ownerOf.set(leading, owner);
    }
  }
  for (const [name, sheet] of ownerOf) {
    if (sheet === base) continue;
    const uses = new RegExp(`className=(?:"[^"]*|\\{\`[^\`]*)(?<![\\w-])${name}(?![\\w-])`);
    for (const source of sources) {
      const isInside = moduleOf(source.name) === moduleOf(sheet);
      const isImported = source.text.includes(`/${path.basename(sheet)}'`);
      if (uses.test(source.text) && !isInside && !isImported) {
        problems.push(`${source.name}: uses .${name} of ${sheet} without importing it.`);
      }
    }
  }
  return problems;
}

/** Each selector of a list by itself, those within @media too. */
function selectorsOf(css) {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@keyframes[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '');
  const heads = [...plain.matchAll(/([^{};]+)\{/g)].map(([, head]) => head.trim());
  return heads
    .filter((head) => !head.startsWith('@'))
    .flatMap((head) => head.split(/,(?![^([]*[)\]])/))
    .map((selector) => selector.trim());
}

function moduleOf(name) {
  return name.split(path.sep)[0];
}

module.exports = { lint };

if (require.main === module) {
  const problems = lint(process.argv[2]);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
