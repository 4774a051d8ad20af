// Reads the schema and what the app asks of it; whatever does not fit together is an error with its place.
const { GraphQLError, Kind, Source, buildSchema, concatAST, parse, validate } = require('graphql');
const { TypeInfo, isAbstractType, visit, visitWithTypeInfo } = require('graphql');

function readSchema({ name, body }) {
  return buildSchema(new Source(body, name));
}

/** The operations and the fragments of several files: each may use the others' fragments. */
function readOperations(schema, files) {
  const document = concatAST(files.map(({ name, body }) => parse(new Source(body, name))));
  const errors = [...validate(schema, document), ...untyped(schema, document)];
  if (errors.length > 0) throw new AggregateError(errors);
  const ofKind = (kind) => document.definitions.filter((definition) => definition.kind === kind);
  return {
    operations: ofKind(Kind.OPERATION_DEFINITION),
    fragments: new Map(ofKind(Kind.FRAGMENT_DEFINITION).map((fragment) => [fragment.name.value, fragment])),
  };
}

/** What GraphQL allows and this generator does not know the type of: better refused than typed wrongly. */
function untyped(schema, document) {
  const errors = [];
  const types = new TypeInfo(schema);
  const refuse = (node, message) => errors.push(new GraphQLError(message, { nodes: node }));
  visit(
    document,
    visitWithTypeInfo(types, {
      OperationDefinition(node) {
        if (!node.name) refuse(node, 'An operation needs a name: its types are called after it.');
      },
      SelectionSet(node) {
        const isAbstract = isAbstractType(types.getParentType());
        if (isAbstract) refuse(node, 'Unions and interfaces have no generated types yet.');
      },
      Directive(node) {
        refuse(node, `@${node.name.value} has no generated type.`);
      },
    }),
  );
  return errors;
}

module.exports = { readOperations, readSchema };
