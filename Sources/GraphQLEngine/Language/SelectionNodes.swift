// Views of the document's selections: each knows its tree and its place there.

struct FieldNode: Sendable {
  let tree: SelectionTree
  let index: Int

  private var record: SelectionTree.Record { tree.records[index] }

  var alias: NameNode? { record.kind == .aliasedField ? tree.name(record.first) : nil }

  var name: NameNode { tree.name(record.name) }

  var arguments: ArraySlice<ArgumentNode> {
    let first = Int(record.firstArgument)
    return tree.arguments[first..<first + Int(record.argumentCount)]
  }

  var directives: [DirectiveNode] { tree.directives(of: record) }

  /// There is none that selects nothing.
  var selections: SelectionSetNode? {
    Int(record.end) == index + 1 ? nil : tree.selections(within: index)
  }

  /// The key under which the field stands in the answer.
  var responseKey: String { tree.text(record.first) }

  var position: Position { record.first.position }
}

struct FragmentSpreadNode: Sendable {
  let tree: SelectionTree
  let index: Int

  private var record: SelectionTree.Record { tree.records[index] }

  var name: NameNode { tree.name(record.name) }

  var directives: [DirectiveNode] { tree.directives(of: record) }

  var position: Position { record.first.position }
}

struct InlineFragmentNode: Sendable {
  let tree: SelectionTree
  let index: Int

  private var record: SelectionTree.Record { tree.records[index] }

  var typeCondition: NameNode? { record.kind == .conditionedInline ? tree.name(record.name) : nil }

  var directives: [DirectiveNode] { tree.directives(of: record) }

  var selections: SelectionSetNode { tree.selections(within: index) }

  var position: Position { record.first.position }
}
