/// The selections of a document in one array, each followed by those within it.
///
/// Documents are mostly selections: as records without references they are made and let go of by the array,
/// not one by one. The nodes that readers see, and the texts of their names, are made on demand.
final class SelectionTree: Sendable {
  /// The place of a name; its text is read from the document on demand.
  struct Name {
    let position: Position
    let length: UInt32
  }

  struct Record {
    enum Kind { case field, aliasedField, spread, inline, conditionedInline }

    let kind: Kind
    /// A field's or a fragment's; the condition of an inline fragment.
    let name: Name
    /// Where it begins; of a field the name under which it stands in the answer, its alias if it has one.
    let first: Name
    /// Which of the tree's arguments.
    let firstArgument: UInt32
    let argumentCount: UInt32
    /// Which of the tree's lists, counted from 1; 0 if there are none, as nearly everywhere.
    let directives: UInt32
    /// Where the selections within it begin in the document; of no meaning if there are none.
    let setPosition: Position
    /// The index behind itself and all that is within it, where the next selection beside it is.
    var end: UInt32
  }

  let records: [Record]
  let source: DocumentText
  let arguments: [ArgumentNode]
  let directives: [[DirectiveNode]]

  static let empty = SelectionTree(records: [], source: DocumentText(""), arguments: [], directives: [])

  init(records: [Record], source: DocumentText, arguments: [ArgumentNode], directives: [[DirectiveNode]]) {
    self.records = records
    self.source = source
    self.arguments = arguments
    self.directives = directives
  }
}

extension SelectionTree {
  func node(at index: Int) -> SelectionNode {
    switch records[index].kind {
    case .field, .aliasedField: .field(FieldNode(tree: self, index: index))
    case .spread: .spread(FragmentSpreadNode(tree: self, index: index))
    case .inline, .conditionedInline: .inline(InlineFragmentNode(tree: self, index: index))
    }
  }

  func name(_ name: Name) -> NameNode { NameNode(text: text(name), position: name.position) }

  func text(_ name: Name) -> String {
    let start = name.position.offset
    return source.name(start..<start + Int(name.length))
  }

  func directives(of record: Record) -> [DirectiveNode] {
    record.directives == 0 ? [] : directives[Int(record.directives) - 1]
  }

  func selections(within index: Int) -> SelectionSetNode {
    SelectionSetNode(
      selections: Selections(tree: self, startIndex: index + 1, endIndex: Int(records[index].end)),
      position: records[index].setPosition
    )
  }
}

/// The selections of a selection set, in the document's order.
struct Selections: Collection, Sendable {
  let tree: SelectionTree
  let startIndex: Int
  let endIndex: Int

  static let none = Selections(tree: .empty, startIndex: 0, endIndex: 0)

  func index(after index: Int) -> Int { Int(tree.records[index].end) }

  subscript(index: Int) -> SelectionNode { tree.node(at: index) }
}
