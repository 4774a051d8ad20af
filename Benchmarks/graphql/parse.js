// The same as Parse/main.swift, by graphql-js: node parse.js TASK.json.
const { readFileSync } = require('fs');
const { buildSchema, parse, validate, version } = require('graphql');

const task = JSON.parse(readFileSync(process.argv[2], 'utf8'));

function measured(work) {
  let [calls, best, stretches] = [1, Infinity, 0];
  while (stretches < task.stretches) {
    const start = process.hrtime.bigint();
    for (let call = 0; call < calls; call += 1) if (work() < 0) process.exit(1);
    const passed = Number(process.hrtime.bigint() - start);
    if (passed < task.milliseconds * 0.5e6) {
      calls *= 2;
    } else {
      stretches += 1;
      best = Math.min(best, passed / calls);
    }
  }
  return best;
}

const schema = buildSchema(task.schema);
// The compiler of the engine gets its time first.
for (const end = Date.now() + 2000; Date.now() < end; ) {
  for (const text of task.documents) parse(text);
  for (const number of task.valid) validate(schema, parse(task.documents[number]));
}
console.log(
  JSON.stringify({
    version,
    parse: task.documents.map((text) => measured(() => parse(text).definitions.length)),
    validate: task.valid.map((number) => {
      const document = parse(task.documents[number]);
      return measured(() => validate(schema, document).length);
    }),
  }),
);
