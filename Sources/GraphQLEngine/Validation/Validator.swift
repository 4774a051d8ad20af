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
    var running = RunningRules(rules.map { $0.init() }, context)
    var walk = DocumentWalk(
      schema,
      enter: { node, scope in running.enter(node, scope) },
      leave: { node, scope in running.leave(node, scope) }
    )
    walk.walk(document)
    return context.errors
  }
}

/// The rules on their walk over a document; a value, so that each node costs one check for exclusive access, not
/// several for every rule.
private struct RunningRules {
  private var rules: [any ValidationRule]
  /// The depth at which a rule stopped looking.
  private var stopped: [Int?]
  private var depth = 0
  private let context: ValidationContext

  init(_ rules: [any ValidationRule], _ context: ValidationContext) {
    self.rules = rules
    self.context = context
    stopped = [Int?](repeating: nil, count: rules.count)
  }

  mutating func enter(_ node: ValidationNode, _ scope: TypeScope) {
    depth += 1
    if context.isFull { return }
    for index in rules.indices where stopped[index] == nil {
      if !rules[index].enter(node, scope, context) { stopped[index] = depth }
    }
  }

  mutating func leave(_ node: ValidationNode, _ scope: TypeScope) {
    defer { depth -= 1 }
    for index in rules.indices {
      if stopped[index] == depth {
        stopped[index] = nil
      } else if stopped[index] == nil, !context.isFull {
        rules[index].leave(node, scope, context)
      }
    }
  }
}
