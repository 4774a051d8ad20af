// Writes the TypeScript of a set of operations: what they answer, what they take, and the text to send.
const { Kind, print, stripIgnoredCharacters, typeFromAST, visit } = require('graphql');
const { InputTypes } = require('./inputTypes.cjs');
const { printSelection } = require('./selections.cjs');

const suffixes = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' };

function printModule(schema, { operations, fragments }) {
  const named = new InputTypes();
  const parts = [];
  for (const fragment of fragments.values()) {
    const type = schema.getType(fragment.typeCondition.name.value);
    const name = fragment.name.value;
    parts.push(
      `export type ${name}Fragment = ${printSelection(named, type, fragment.selectionSet)};`,
      `const ${name} = ${printText(fragment)};`,
    );
  }
  for (const operation of operations) {
    const name = operation.name.value;
    const result = name + suffixes[operation.operation];
    const root = schema.getRootType(operation.operation);
    const text = [operation, ...fragmentsOf(operation, fragments)].map((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? node.name.value : printText(node),
    );
    parts.push(
      `export type ${result} = ${printSelection(named, root, operation.selectionSet)};`,
      `export type ${result}Variables = ${printVariables(schema, named, operation)};`,
      `export const ${name}Document = (${text.join(' + ')}) as TypedDocument<${result}, ${result}Variables>;`,
    );
  }
  const types = named.print();
  return [
    '// Generated from the schema and the .graphql files by codegen/generate.cjs: edit those.',
    "import type { TypedDocument } from './TypedDocument';",
    ...types,
    ...parts,
  ].join('\n\n') + '\n';
}

function printText(node) {
  return JSON.stringify(stripIgnoredCharacters(print(node)));
}

/** Each fragment once, however often it is spread, and those that it spreads itself. */
function fragmentsOf(node, fragments, found = new Set()) {
  visit(node, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (found.has(fragment)) return;
      found.add(fragment);
      fragmentsOf(fragment, fragments, found);
    },
  });
  return found;
}

function printVariables(schema, named, { variableDefinitions }) {
  if (variableDefinitions.length === 0) return 'Record<string, never>';
  const lines = variableDefinitions.map(({ variable, type, defaultValue }) =>
    named.property(variable.name.value, typeFromAST(schema, type), defaultValue !== undefined),
  );
  return `{\n${lines.join('')}}`;
}

module.exports = { printModule };
