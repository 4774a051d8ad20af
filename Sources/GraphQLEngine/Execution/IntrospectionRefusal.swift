/// Refuses documents that ask for the schema, where that is not to be told.
///
/// `__typename` is no introspection of the schema: clients need it (GraphQL §4.1).
enum IntrospectionRefusal {
  static func errors(in document: DocumentNode, schema: Schema) -> [GraphQLError] {
    var errors: [GraphQLError] = []
    var walk = DocumentWalk(
      schema,
      enter: { node, scope in
        guard case .field(let field) = node, let type = scope.type.flatMap(schema.type(of:)),
          type.isIntrospection, scope.parent?.isIntrospection != true
        else { return }
        errors.append(
          GraphQLError(
            "GraphQL introspection has been disabled, but the requested query contained the field "
              + "\"\(field.name.text)\".",
            code: GraphQLErrorCode.validationFailed,
            at: [field.position]
          )
        )
      }
    )
    walk.walk(document)
    return errors
  }
}
