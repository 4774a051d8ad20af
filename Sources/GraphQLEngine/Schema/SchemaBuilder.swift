import OrderedCollections

/// Turns parsed SDL into a schema: checks it, merges extensions, adds what every schema has, checks the whole.
struct SchemaBuilder {
  /// A root type, and where the document says so.
  struct Root {
    let name: String
    let position: Position
  }

  var problems: [SchemaError.Problem] = []
  private var order: [String] = []
  /// How many of the types and directives are the document's own; the others every schema has.
  private var ownTypes = 0
  private var ownDirectives = 0
  private var types: [String: TypeDefinitionNode] = [:]
  private(set) var extensions: [String: [Position]] = [:]
  private var directives: [DirectiveDefinitionNode] = []
  private(set) var roots: [OperationType: Root] = [:]
  private(set) var schemaDefinition: SchemaNode?
  private var replacedValues: [String: [EnumValueDefinition]] = [:]

  init(_ document: DocumentNode) throws(SchemaError) {
    let prelude: DocumentNode
    do {
      prelude = try Parser.parse(IntrospectionSource.sdl, limits: .schemaSource)
    } catch {
      throw SchemaError(error)
    }
    let problems = DefinitionCheck.problems(in: document, prelude: prelude)
    guard problems.isEmpty else { throw SchemaError(problems) }
    // Of the types that every schema has, a document's own definition counts for nothing (GraphQL §3.5, §4.2).
    let standard = Set(prelude.types.map(\.name.text))
    for definition in document.definitions { collect(definition, except: standard) }
    ownTypes = order.count
    ownDirectives = directives.count
    for definition in prelude.definitions { collect(definition) }
    for definition in document.definitions { extend(definition) }
    if schemaDefinition == nil { addDefaultRoots() }
  }

  mutating func report(_ message: String, _ positions: [Position] = []) {
    problems.append(SchemaError.Problem(message: message, locations: positions.map(\.location)))
  }

  private mutating func collect(_ definition: DefinitionNode, except standard: Set<String> = []) {
    switch definition {
    case .schema(let node) where !node.isExtension:
      schemaDefinition = node
      addRoots(node)
    case .type(let node) where !node.isExtension && !standard.contains(node.name.text):
      order.append(node.name.text)
      types[node.name.text] = node
    case .directive(let node):
      // A schema may spell out the specified directives for itself; the first definition, its own, stays.
      if !directives.contains(where: { $0.name.text == node.name.text }) { directives.append(node) }
    default: break
    }
  }

  private mutating func addRoots(_ node: SchemaNode) {
    for root in node.operationTypes {
      roots[root.operation] = Root(name: root.type.text, position: root.type.position)
    }
  }

  /// GraphQL §3.3.1: without a schema definition the types with the default names are the roots.
  private mutating func addDefaultRoots() {
    for (operation, name) in SchemaPrinter.defaultRoots where roots[operation] == nil {
      if let type = types[name] { roots[operation] = Root(name: name, position: type.position) }
    }
  }

  private mutating func extend(_ definition: DefinitionNode) {
    switch definition {
    case .schema(let node) where node.isExtension: addRoots(node)
    case .type(let node) where node.isExtension:
      let name = node.name.text
      guard var type = types[name] else { return }
      type.interfaces += node.interfaces
      type.directives += node.directives
      type.fields += node.fields
      type.inputFields += node.inputFields
      type.values += node.values
      type.members += node.members
      types[name] = type
      extensions[name, default: []].append(node.position)
    default: break
    }
  }

  mutating func replaceEnumValues(_ values: [String: [EnumValueDefinition]]) {
    for (name, list) in values.sorted(by: { $0.key < $1.key }) {
      guard types[name]?.kind == .enum else {
        report("Values were given for \"\(name)\", which is no enum of the schema.")
        continue
      }
      for value in list where !Self.isName(value.name) {
        report("\"\(value.name)\" cannot be the name of a value of enum \"\(name)\".")
      }
      replacedValues[name] = list
    }
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, Lexer.isNameStart(first) else { return false }
    return text.utf8.allSatisfy { Lexer.isNameStart($0) || isDigit($0) }
      && !["true", "false", "null"].contains(text)
  }

  mutating func build() throws(SchemaError) -> Schema {
    let named = order.compactMap { types[$0] }.map(namedType)
    let referenced = Set(
      named.flatMap(Self.references) + directives.flatMap { $0.arguments.map(\.type.name.text) }
    )
    let schema = Schema(
      description: schemaDefinition?.description,
      // GraphQL §3.5: a built-in scalar that nothing refers to is no part of the schema.
      types: NamedList(named.filter { !$0.isBuiltInScalar || referenced.contains($0.name) }),
      directives: NamedList(directives.map { DirectiveDefinition($0) }),
      roots: roots.mapValues(\.name)
    )
    check(
      schema,
      definitions: order.prefix(ownTypes).compactMap { types[$0] },
      directives: Array(directives.prefix(ownDirectives))
    )
    guard problems.isEmpty else { throw SchemaError(problems) }
    return schema
  }

  private static func references(_ type: NamedType) -> [String] {
    type.fields.values.flatMap { [$0.type.name] + $0.arguments.values.map(\.type.name) }
      + type.inputFields.values.map(\.type.name) + type.members
  }

  private func namedType(_ node: TypeDefinitionNode) -> NamedType {
    NamedType(node, values: replacedValues[node.name.text])
  }
}
