/// A node of an executable document as validation walks past it.
enum ValidationNode {
  case document(DocumentNode)
  case operation(OperationNode)
  case fragment(FragmentNode)
  /// A definition that is no part of an executable document.
  case typeSystem(DefinitionNode)
  case variableDefinition(VariableDefinitionNode)
  case selectionSet(SelectionSetNode)
  case field(FieldNode)
  case spread(FragmentSpreadNode)
  case inline(InlineFragmentNode)
  case directive(DirectiveNode, DirectiveLocation)
  case argument(ArgumentNode)
  case typeName(NameNode)
  case value(ValueNode)
  case objectField(ArgumentNode)

  var directives: [DirectiveNode] {
    switch self {
    case .operation(let node): node.directives
    case .fragment(let node): node.directives
    case .variableDefinition(let node): node.directives
    case .field(let node): node.directives
    case .spread(let node): node.directives
    case .inline(let node): node.directives
    default: []
    }
  }
}
