// The type of what a selection set answers: exactly the fields asked for, under the names asked for.
const { Kind, isLeafType } = require('graphql');
const { printNullable } = require('./inputTypes.cjs');

/** An object of the selected fields, and the types of the fragments that are spread beside them. */
function printSelection(named, parent, selectionSet, indent = '') {
  const { fields, spreads } = collect(selectionSet.selections);
  const lines = [...fields].map(([key, nodes]) => {
    const type = printField(named, parent, nodes, `${indent}  `);
    return `${indent}  ${key}: ${type};\n`;
  });
  const own = lines.length > 0 ? [`{\n${lines.join('')}${indent}}`] : [];
  return [...own, ...[...spreads].map((name) => `${name}Fragment`)].join(' & ');
}

function printField(named, parent, nodes, indent) {
  const name = nodes[0].name.value;
  if (name === '__typename') return `'${parent.name}'`;
  const { type } = parent.getFields()[name];
  return printNullable(type, (inner) => {
    if (isLeafType(inner)) return named.use(inner);
    const selections = nodes.flatMap((node) => node.selectionSet.selections);
    return printSelection(named, inner, { selections }, indent);
  });
}

/** Fields by the key of their answer. Inline fragments can only repeat the type they stand in. */
function collect(selections, fields = new Map(), spreads = new Set()) {
  for (const node of selections) {
    if (node.kind === Kind.INLINE_FRAGMENT) collect(node.selectionSet.selections, fields, spreads);
    else if (node.kind === Kind.FRAGMENT_SPREAD) spreads.add(node.name.value);
    else {
      const key = (node.alias ?? node.name).value;
      fields.set(key, [...(fields.get(key) ?? []), node]);
    }
  }
  return { fields, spreads };
}

module.exports = { printSelection };
