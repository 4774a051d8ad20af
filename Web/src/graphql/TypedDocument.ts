/**
 * The text of an operation, of which the compiler knows what it takes and answers. `types` is never there: it
 * only carries the two from the generated documents to the code that sends them.
 */
export type TypedDocument<Result, Variables> = string & { types?: (variables: Variables) => Result };

/** Every document is one of these, whatever it takes and answers; nothing but `any` says so. */
export type AnyDocument = TypedDocument<any, any>;

export type ResultOf<Document> = Document extends TypedDocument<infer Result, any> ? Result : never;
export type VariablesOf<Document> = Document extends TypedDocument<any, infer Variables> ? Variables : never;
