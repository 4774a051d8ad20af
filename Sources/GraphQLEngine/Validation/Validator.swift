enum Validator {
  static func validate(_ document: DocumentNode, schema: Schema, coercion: InputCoercion) -> [GraphQLError] { [] }
}
