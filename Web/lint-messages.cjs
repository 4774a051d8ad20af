// Texts that people read stand in messages.ts: node lint-messages.cjs SRC
// Anywhere else, these are errors: words between JSX tags; a literal with words that is shown there, or is given to a
// prop or property named for a text (`label`, `confirmLabel`, …); and any literal that reads like a text. The program's
// own errors, which nobody is shown, are exempt.
const fs = require('node:fs');
const path = require('node:path');
const ts = require('typescript');

const textName = /(?:alt|description|detail|error|hint|label|message|noun|placeholder|text|title|words)$/i;
const word = /\p{L}{2}/u;
/** Begins with a capitalized word, has a character that only prose has, or ends as a sentence does. */
const prose = /^(?:A|\p{Lu}\p{Ll}+)(?:[\s.,:;!?]|$)|[’“”…]|\s.*\p{L}[.!?]$/su;

function lint(root) {
  const names = fs.readdirSync(root, { recursive: true }).map(String);
  const isRead = (name) => /\.tsx?$/.test(name) && !/^(?:messages|generated)\.ts$/.test(path.basename(name));
  return names.filter(isRead).sort().flatMap((name) => problemsOf(name, path.join(root, name)));
}

function problemsOf(name, file) {
  const source = ts.createSourceFile(name, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = new Set();
  const visit = (node) => {
    if (ts.isJsxText(node) && word.test(node.text)) found.add(node);
    if (isShown(node)) literalsOf(node.initializer ?? node.expression).forEach((literal) => found.add(literal));
    if (isLiteral(node) && prose.test(textOf(node)) && !isData(node)) found.add(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found].map((node) => {
    const text = textOf(node).trim().replace(/\s+/g, ' ');
    const { line } = source.getLineAndCharacterOfPosition(node.end - node.getText().trimStart().length);
    return `${file}:${line + 1}: this text belongs in the module's messages.ts: “${text}”`;
  });
}

/** Whether a person reads the value of a node: a child between tags, or a prop or property named for a text. */
function isShown(node) {
  if (ts.isJsxExpression(node)) return ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent);
  return (ts.isJsxAttribute(node) || ts.isPropertyAssignment(node)) && textName.test(node.name.text);
}

/** The literals with words that a value can have or contain, not those that it only depends on. */
function literalsOf(node) {
  if (!node) return [];
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(literalsOf);
  if (ts.isBinaryExpression(node)) {
    const { AmpersandAmpersandToken: and, BarBarToken, QuestionQuestionToken, PlusToken } = ts.SyntaxKind;
    const operator = node.operatorToken.kind;
    if (operator === and) return literalsOf(node.right);
    const isEither = [BarBarToken, QuestionQuestionToken, PlusToken].includes(operator);
    return isEither ? [node.left, node.right].flatMap(literalsOf) : [];
  }
  if (isLiteral(node)) {
    const inner = ts.isTemplateExpression(node) ? node.templateSpans.map(({ expression }) => expression) : [];
    return [...(word.test(textOf(node)) ? [node] : []), ...inner.flatMap(literalsOf)];
  }
  const isWrapped = ts.isJsxExpression(node) || ts.isParenthesizedExpression(node) || ts.isAsExpression(node);
  return isWrapped ? literalsOf(node.expression) : [];
}

function isLiteral(node) {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

/** Without what a template fills in. */
function textOf(node) {
  if (!ts.isTemplateExpression(node)) return node.text;
  return node.head.text + node.templateSpans.map(({ literal }) => literal.text).join('');
}

/** Whether a literal is a name of the program's: of a module, a key or a value that is only compared. */
function isData(node) {
  const { parent } = node;
  if (ts.isNewExpression(parent)) return parent.expression.getText() === 'Error';
  if (ts.isCallExpression(parent)) return parent.expression.kind === ts.SyntaxKind.SuperKeyword || isSearch(parent);
  const isCompared = ts.isBinaryExpression(parent) && /^[=!]==$/.test(parent.operatorToken.getText());
  const isName = (ts.isPropertyAssignment(parent) || ts.isClassElement(parent)) && parent.name === node;
  const isKey = ts.isElementAccessExpression(parent) || ts.isLiteralTypeNode(parent) || ts.isCaseClause(parent);
  return isCompared || isName || isKey || ts.isJsxAttribute(parent) || ts.isImportDeclaration(parent);
}

function isSearch(call) {
  return /\.(?:startsWith|endsWith|includes)$/.test(call.expression.getText());
}

module.exports = { lint };

if (require.main === module) {
  const problems = lint(process.argv[2]);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
