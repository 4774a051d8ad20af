/// One rule of GraphQL §5.
protocol ValidationRule: SendableMetatype {
  init()

  /// Looks at a node before its children; false keeps this rule from seeing them.
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool

  /// Looks at a node after its children.
  mutating func leave(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext)
}

extension ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    true
  }
  mutating func leave(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) {}
}

/// Whether a document may be executed against a schema (GraphQL §5).
enum Validator {
  static let maxErrors = 100

  /// In the order in which errors at one node are reported.
  static let rules: [any ValidationRule.Type] = [
    ExecutableDefinitions.self, KnownOperationTypes.self, UniqueOperationNames.self,
    LoneAnonymousOperation.self,
    SingleFieldSubscriptions.self, KnownTypeNames.self, FragmentsOnCompositeTypes.self,
    VariablesAreInputTypes.self, ScalarLeafs.self, FieldsOnCorrectType.self, UniqueFragmentNames.self,
    KnownFragmentNames.self, NoUnusedFragments.self, PossibleFragmentSpreads.self, NoFragmentCycles.self,
    UniqueVariableNames.self, NoUndefinedVariables.self, NoUnusedVariables.self, KnownDirectives.self,
    UniqueDirectivesPerLocation.self, KnownArgumentNames.self, UniqueArgumentNames.self,
    ValuesOfCorrectType.self, ProvidedRequiredArguments.self, VariablesInAllowedPosition.self,
    OverlappingFieldsCanBeMerged.self, UniqueInputFieldNames.self, MaxIntrospectionDepth.self,
  ]

  /// Every error, in the order of the document; at most a hundred.
  static func validate(
    _ document: DocumentNode,
    schema: Schema,
    coercion: InputCoercion,
    rules: [any ValidationRule.Type] = rules
  ) -> [GraphQLError] {
    let context = ValidationContext(document, schema: schema, coercion: coercion)
    var rules = rules.map { $0.init() }
    var depth = 0
    /// The depth at which a rule stopped looking.
    var stopped = [Int?](repeating: nil, count: rules.count)
    var walk = DocumentWalk(
      schema,
      enter: { node, scope in
        depth += 1
        if context.isFull { return }
        for index in rules.indices where stopped[index] == nil {
          if !rules[index].enter(node, scope, context) { stopped[index] = depth }
        }
      },
      leave: { node, scope in
        defer { depth -= 1 }
        for index in rules.indices {
          if stopped[index] == depth {
            stopped[index] = nil
          } else if stopped[index] == nil, !context.isFull {
            rules[index].leave(node, scope, context)
          }
        }
      }
    )
    walk.walk(document)
    return context.errors
  }
}
