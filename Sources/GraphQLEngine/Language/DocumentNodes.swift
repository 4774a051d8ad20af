/// The syntax tree of executable documents (GraphQL §2).
///
/// A node's position is where its first token begins.
struct DocumentNode: Sendable {
  let definitions: [DefinitionNode]

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

/// What an operation does (GraphQL §2.4).
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
  let selections: SelectionSetNode
  let position: Position
}

struct FragmentNode: Sendable {
  let description: String?
  let name: NameNode
  let typeCondition: NameNode
  let directives: [DirectiveNode]
  let selections: SelectionSetNode
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
  let selections: [SelectionNode]
  let position: Position
}

/// One of the things that a selection set selects.
///
/// They are classes: documents are mostly made of them, and walks over a document copy a reference each.
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

final class FieldNode: Sendable {
  let alias: NameNode?
  let name: NameNode
  let arguments: [ArgumentNode]
  let directives: [DirectiveNode]
  let selections: SelectionSetNode?

  init(
    alias: NameNode?,
    name: NameNode,
    arguments: [ArgumentNode],
    directives: [DirectiveNode],
    selections: SelectionSetNode?
  ) {
    self.alias = alias
    self.name = name
    self.arguments = arguments
    self.directives = directives
    self.selections = selections
  }

  /// The key under which the field stands in the answer.
  var responseKey: String { alias?.text ?? name.text }

  var position: Position { alias?.position ?? name.position }
}

final class FragmentSpreadNode: Sendable {
  let name: NameNode
  let directives: [DirectiveNode]
  let position: Position

  init(
    name: NameNode,
    directives: [DirectiveNode],
    position: Position
  ) {
    self.name = name
    self.directives = directives
    self.position = position
  }
}

final class InlineFragmentNode: Sendable {
  let typeCondition: NameNode?
  let directives: [DirectiveNode]
  let selections: SelectionSetNode
  let position: Position

  init(
    typeCondition: NameNode?,
    directives: [DirectiveNode],
    selections: SelectionSetNode,
    position: Position
  ) {
    self.typeCondition = typeCondition
    self.directives = directives
    self.selections = selections
    self.position = position
  }
}

struct DirectiveNode: Sendable {
  let name: NameNode
  let arguments: [ArgumentNode]
  let position: Position
}

struct ArgumentNode: Sendable {
  let name: NameNode
  let value: ValueNode

  var position: Position { name.position }
}
