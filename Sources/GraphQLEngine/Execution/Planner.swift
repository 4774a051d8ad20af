import OrderedCollections

/// Makes the plan of an operation: CollectFields (GraphQL §6.3.2) for every level ahead of execution.
///
/// Equal nodes on one type are planned once, so the plan is never larger than types times nodes.
struct Planner<Context: Sendable> {
  private struct Key: Hashable {
    let type: String
    let nodes: [Int]
  }

  private let schema: Schema
  private let resolvers: [String: [String: FieldResolver<Context>]]
  private let coercion: InputCoercion
  private let fragments: [String: FragmentNode]
  private let variables: [String: GraphQLValue]
  private var plans: [Key: SelectionPlan<Context>] = [:]

  init(
    schema: Schema,
    resolvers: [String: [String: FieldResolver<Context>]],
    coercion: InputCoercion,
    document: DocumentNode,
    variables: [String: GraphQLValue]
  ) {
    self.schema = schema
    self.resolvers = resolvers
    self.coercion = coercion
    self.variables = variables
    fragments = Dictionary(document.fragments.map { ($0.name.text, $0) }) { first, _ in first }
  }

  mutating func plan(_ sets: [SelectionSetNode], on type: NamedType) throws(GraphQLError) -> SelectionPlan<
    Context
  > {
    let key = Key(type: type.name, nodes: sets.map(\.position.offset))
    if let known = plans[key] { return known }
    var order: [String] = []
    var groups: [String: [FieldNode]] = [:]
    var visited: Set<String> = []
    for set in sets { try collect(set, on: type, order: &order, groups: &groups, visited: &visited) }
    var fields: [FieldPlan<Context>] = []
    for key in order {
      guard let nodes = groups[key], let field = try field(key, nodes, on: type) else { continue }
      fields.append(field)
    }
    let plan = SelectionPlan(fields: fields)
    plans[key] = plan
    return plan
  }

  private func collect(
    _ set: SelectionSetNode,
    on type: NamedType,
    order: inout [String],
    groups: inout [String: [FieldNode]],
    visited: inout Set<String>
  ) throws(GraphQLError) {
    for selection in set.selections where try isIncluded(selection.directives) {
      switch selection {
      case .field(let node):
        if groups[node.responseKey] == nil { order.append(node.responseKey) }
        groups[node.responseKey, default: []].append(node)
      case .inline(let node):
        guard applies(node.typeCondition, to: type) else { continue }
        try collect(node.selections, on: type, order: &order, groups: &groups, visited: &visited)
      case .spread(let node):
        guard visited.insert(node.name.text).inserted, let fragment = fragments[node.name.text],
          applies(fragment.typeCondition, to: type)
        else { continue }
        try collect(fragment.selections, on: type, order: &order, groups: &groups, visited: &visited)
      }
    }
  }

  private func applies(_ condition: NameNode?, to type: NamedType) -> Bool {
    guard let name = condition?.text else { return true }
    return name == type.name || schema.isSubtype(type.name, of: name)
  }

  private func isIncluded(_ directives: [DirectiveNode]) throws(GraphQLError) -> Bool {
    if let skip = try condition("skip", directives), skip { return false }
    return try condition("include", directives) ?? true
  }

  private func condition(_ name: String, _ directives: [DirectiveNode]) throws(GraphQLError) -> Bool? {
    guard let node = directives.first(where: { $0.name.text == name }),
      let definition = schema.directives[name]
    else { return nil }
    let arguments = try coercion.arguments(
      definition.arguments,
      node.arguments,
      at: node.position,
      variables: variables
    )
    return arguments["if"]?.boolValue
  }

  private mutating func field(
    _ key: String,
    _ nodes: [FieldNode],
    on parent: NamedType
  ) throws(GraphQLError) -> FieldPlan<Context>? {
    guard let node = nodes.first, let definition = schema.field(node.name.text, of: parent),
      let type = schema.type(of: definition.type), let resolver = resolver(for: definition, of: parent)
    else { return nil }
    let arguments: Result<Arguments, GraphQLError>
    do {
      arguments = .success(
        Arguments(
          try coercion.arguments(
            definition.arguments,
            node.arguments,
            at: node.position,
            variables: variables
          )
        )
      )
    } catch {
      arguments = .failure(error)
    }
    var selections: [String: SelectionPlan<Context>] = [:]
    let sets = nodes.compactMap(\.selections)
    if type.kind.isComposite {
      for name in schema.possibleTypes(of: type) {
        guard let possible = schema.types[name] else { continue }
        selections[name] = try plan(sets, on: possible)
      }
    }
    return FieldPlan(
      key: key,
      parent: parent,
      definition: definition,
      type: type,
      locations: nodes.map(\.position.location),
      arguments: arguments,
      resolver: resolver,
      selections: selections,
      isAsynchronousBelow: selections.values.contains { $0.asynchronousCount > 0 }
    )
  }

  private func resolver(for field: FieldDefinition, of type: NamedType) -> FieldResolver<Context>? {
    field.name == "__typename" ? .typeName : resolvers[type.name]?[field.name]
  }
}
