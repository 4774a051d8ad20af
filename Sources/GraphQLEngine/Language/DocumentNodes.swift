/// The syntax tree of executable documents (GraphQL §2).
///
/// A node's position is where its first token begins.
struct DocumentNode: Sendable {
  let definitions: [DefinitionNode]

  init(definitions: [DefinitionNode]) { self.definitions = definitions }

  /// A document whose selections were read before their tree was whole.
  init(definitions: [DefinitionNode], tree: SelectionTree) {
    var definitions = definitions
    for index in definitions.indices { definitions[index].settle(in: tree) }
    self.definitions = definitions
  }

  var operations: [OperationNode] {
    definitions.compactMap { if case .operation(let node) = $0 { node } else { nil } }
  }

  var fragments: [FragmentNode] {
    definitions.compactMap { if case .fragment(let node) = $0 { node } else { nil } }
  }

  var types: [TypeDefinitionNode] {
    definitions.compactMap { if case .type(let node) = $0 { node } else { nil } }
  }
}

enum DefinitionNode: Sendable {
  case operation(OperationNode)
  case fragment(FragmentNode)
  case schema(SchemaNode)
  case type(TypeDefinitionNode)
  case directive(DirectiveDefinitionNode)

  fileprivate mutating func settle(in tree: SelectionTree) {
    switch consume self {
    case .operation(var node):
      node.selections.settle(in: tree)
      self = .operation(node)
    case .fragment(var node):
      node.selections.settle(in: tree)
      self = .fragment(node)
    case let other: self = other
    }
  }

  var position: Position {
    switch self {
    case .operation(let node): node.position
    case .fragment(let node): node.position
    case .schema(let node): node.position
    case .type(let node): node.position
    case .directive(let node): node.position
    }
  }
}

/// The kind of an operation (GraphQL §2.4).
public enum OperationType: String, Sendable, Hashable {
  /// Reads; sibling fields may be resolved together.
  case query
  /// Writes; its fields are resolved one after another.
  case mutation
  /// A stream of answers.
  case subscription
}

struct NameNode: Sendable, Hashable {
  let text: String
  let position: Position
}

struct OperationNode: Sendable {
  let description: String?
  let type: OperationType
  let name: NameNode?
  let variables: [VariableDefinitionNode]
  let directives: [DirectiveNode]
  var selections: SelectionSetNode
  let position: Position
}

struct FragmentNode: Sendable {
  let description: String?
  let name: NameNode
  let typeCondition: NameNode
  let directives: [DirectiveNode]
  var selections: SelectionSetNode
  let position: Position
}

struct VariableDefinitionNode: Sendable {
  let description: String?
  /// Without the dollar; the position is the name's.
  let name: NameNode
  let type: TypeNode
  let defaultValue: ValueNode?
  let directives: [DirectiveNode]
  let position: Position
}

struct SelectionSetNode: Sendable {
  private(set) var selections: Selections
  let position: Position

  fileprivate mutating func settle(in tree: SelectionTree) {
    selections = Selections(tree: tree, startIndex: selections.startIndex, endIndex: selections.endIndex)
  }
}

/// One of the things that a selection set selects.
enum SelectionNode: Sendable {
  case field(FieldNode)
  case spread(FragmentSpreadNode)
  case inline(InlineFragmentNode)

  var directives: [DirectiveNode] {
    switch self {
    case .field(let node): node.directives
    case .spread(let node): node.directives
    case .inline(let node): node.directives
    }
  }
}

struct DirectiveNode: Sendable {
  let name: NameNode
  let arguments: ArraySlice<ArgumentNode>
  let position: Position
}

struct ArgumentNode: Sendable {
  let name: NameNode
  let value: ValueNode

  var position: Position { name.position }
}
