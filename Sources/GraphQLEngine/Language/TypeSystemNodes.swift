/// The syntax tree of the type system language (GraphQL §3).
struct SchemaNode: Sendable {
  let isExtension: Bool
  let description: String?
  let directives: [DirectiveNode]
  let operationTypes: [OperationTypeNode]
  let position: Position
}

struct OperationTypeNode: Sendable {
  let operation: OperationType
  let type: NameNode
  let position: Position
}

/// A named type's definition or extension; what does not belong to its kind is empty.
struct TypeDefinitionNode: Sendable {
  let kind: TypeKind
  let isExtension: Bool
  let description: String?
  let name: NameNode
  var interfaces: [NameNode] = []
  var directives: [DirectiveNode] = []
  var fields: [FieldDefinitionNode] = []
  var inputFields: [InputValueNode] = []
  var values: [EnumValueNode] = []
  var members: [NameNode] = []
  let position: Position
}

struct FieldDefinitionNode: Sendable {
  let description: String?
  let name: NameNode
  let arguments: [InputValueNode]
  let type: TypeNode
  let directives: [DirectiveNode]
  let position: Position
}

struct InputValueNode: Sendable {
  let description: String?
  let name: NameNode
  let type: TypeNode
  let defaultValue: ValueNode?
  let directives: [DirectiveNode]
  let position: Position
}

struct EnumValueNode: Sendable {
  let description: String?
  let name: NameNode
  let directives: [DirectiveNode]
  let position: Position
}

struct DirectiveDefinitionNode: Sendable {
  let description: String?
  let name: NameNode
  let arguments: [InputValueNode]
  let isRepeatable: Bool
  let locations: [DirectiveLocation]
  let position: Position
}

/// Where a directive may stand (GraphQL §3.13).
enum DirectiveLocation: String, Sendable, CaseIterable {
  case query = "QUERY"
  case mutation = "MUTATION"
  case subscription = "SUBSCRIPTION"
  case field = "FIELD"
  case fragmentDefinition = "FRAGMENT_DEFINITION"
  case fragmentSpread = "FRAGMENT_SPREAD"
  case inlineFragment = "INLINE_FRAGMENT"
  case variableDefinition = "VARIABLE_DEFINITION"
  case schema = "SCHEMA"
  case scalar = "SCALAR"
  case object = "OBJECT"
  case fieldDefinition = "FIELD_DEFINITION"
  case argumentDefinition = "ARGUMENT_DEFINITION"
  case interface = "INTERFACE"
  case union = "UNION"
  case `enum` = "ENUM"
  case enumValue = "ENUM_VALUE"
  case inputObject = "INPUT_OBJECT"
  case inputFieldDefinition = "INPUT_FIELD_DEFINITION"
}
