/// The plan for a selection on objects of one type.
///
/// Everything that depends only on the document and the variables is settled before execution: fragments,
/// `@skip`, `@include`, arguments, resolvers.
final class SelectionPlan<Context: Sendable>: Sendable {
  let fields: [FieldPlan<Context>]
  /// The fields' names in the answer.
  let keys: [String]
  /// How many of the fields wait for something, themselves or below.
  let asynchronousCount: Int

  init(fields: [FieldPlan<Context>]) {
    self.fields = fields
    keys = fields.map(\.key)
    asynchronousCount = fields.count { $0.isAsynchronous }
  }
}

struct FieldPlan<Context: Sendable>: Sendable {
  let key: String
  let parent: NamedType
  let definition: FieldDefinition
  let type: NamedType
  let locations: [SourceLocation]
  let arguments: Result<Arguments, GraphQLError>
  let resolver: FieldResolver<Context>
  /// The selection for each object type that the field's value may be of.
  let selections: [String: SelectionPlan<Context>]
  let isAsynchronousBelow: Bool

  var isAsynchronous: Bool { resolver.isAsynchronous || isAsynchronousBelow }
}
