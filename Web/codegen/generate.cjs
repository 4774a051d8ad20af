// Usage: generate.cjs SCHEMA OUTPUT OPERATIONS… (files of GraphQL). Writes only what has changed, so that a
// build in which nothing did has nothing to do.
const fs = require('node:fs');
const { GraphQLError } = require('graphql');
const { readOperations, readSchema } = require('./documents.cjs');
const { printModule } = require('./printModule.cjs');

const [schemaPath, outputPath, ...operationPaths] = process.argv.slice(2);
const read = (path) => ({ name: path, body: fs.readFileSync(path, 'utf8') });

try {
  const schema = readSchema(read(schemaPath));
  const text = printModule(schema, readOperations(schema, operationPaths.sort().map(read)));
  const before = fs.existsSync(outputPath) && fs.readFileSync(outputPath, 'utf8');
  if (text !== before) fs.writeFileSync(outputPath, text);
} catch (failure) {
  const errors = failure instanceof AggregateError ? failure.errors : [failure];
  for (const error of errors) {
    if (!(error instanceof GraphQLError)) throw error;
    const at = error.locations?.[0];
    console.error([error.source?.name, at?.line, at?.column, ` ${error.message}`].filter(Boolean).join(':'));
  }
  process.exitCode = 1;
}
