// graphql-js on the execution benchmark: prints {"execute", "json"} in milliseconds a run and the answer's SHA-256.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { buildSchema, execute, parse } = require('graphql');

const [folder, dataFile, runs] = process.argv.slice(2);
const schema = buildSchema(readFileSync(`${folder}/events.graphql`, 'utf8'));
const document = parse(readFileSync(`${folder}/events.query.graphql`, 'utf8'));
const events = JSON.parse(readFileSync(dataFile, 'utf8'));
const rootValue = {
  events: ({ first }) => {
    const shown = events.slice(0, first);
    return {
      edges: shown.map((node) => ({ node, cursor: node.id })),
      pageInfo: { hasNextPage: shown.length < events.length, endCursor: shown.at(-1)?.id ?? null },
    };
  },
};
const run = () => execute({ schema, document, rootValue, variableValues: { first: events.length } });

const times = { execute: [], json: [] };
let text = '';
for (let index = 0; index < Number(runs); index++) {
  const start = process.hrtime.bigint();
  const answer = run();
  const middle = process.hrtime.bigint();
  text = JSON.stringify({ data: answer.data });
  const end = process.hrtime.bigint();
  if (answer.errors) throw answer.errors[0];
  times.execute.push(Number(middle - start) / 1e6);
  times.json.push(Number(end - middle) / 1e6);
}
const digest = createHash('sha256').update(text).digest('hex');
console.log(JSON.stringify({ ...times, digest, bytes: Buffer.byteLength(text) }));
