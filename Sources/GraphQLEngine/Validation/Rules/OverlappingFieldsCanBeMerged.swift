import OrderedCollections

/// GraphQL §5.3.2 (Field Selection Merging), by the reference implementation's algorithm: a selection set is
/// compared with itself, then with each fragment it spreads, then those fragments with each other; pairs of
/// fragments are compared once.
struct OverlappingFieldsCanBeMerged: ValidationRule {
  private var comparison = FieldComparison()

  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    guard case .selectionSet(let set) = node else { return true }
    if comparison.isExhausted { return false }
    for conflict in comparison.conflicts(within: set, of: scope.parent, context) {
      context.report(
        "Fields \"\(conflict.name)\" conflict because \(conflict.reason.message). "
          + "Use different aliases on the fields to fetch both if this was intentional.",
        conflict.first + conflict.second
      )
    }
    if comparison.isExhausted {
      context.report(.limit("Document repeats too many fields to compare them.", at: [set.position]))
      return false
    }
    return true
  }
}

/// Two fields under one name that cannot be answered together.
struct FieldConflict {
  indirect enum Reason {
    case text(String)
    case subfields([(name: String, reason: Reason)])

    var message: String {
      switch self {
      case .text(let text): text
      case .subfields(let list):
        list.map { "subfields \"\($0.name)\" conflict because \($0.reason.message)" }
          .joined(separator: " and ")
      }
    }
  }

  let name: String
  let reason: Reason
  let first: [Position]
  let second: [Position]
}

/// The fields of a selection set by response name, inline fragments put in, and the fragments it spreads.
final class CollectedFields {
  struct Entry {
    let parent: NamedType?
    let node: FieldNode
    let definition: FieldDefinition?
  }

  private(set) var names: [String] = []
  private(set) var entries: [String: [Entry]] = [:]
  private(set) var fragments: [String] = []
  private var seen: Set<String> = []

  init(_ set: SelectionSetNode, _ parent: NamedType?, _ schema: Schema) { collect(set, parent, schema) }

  private func collect(_ set: SelectionSetNode, _ parent: NamedType?, _ schema: Schema) {
    for selection in set.selections {
      switch selection {
      case .field(let node):
        let key = node.responseKey
        if entries[key] == nil { names.append(key) }
        // Introspection's own fields are none of the type's: they merge as they are.
        let entry = Entry(parent: parent, node: node, definition: parent?.fields[node.name.text])
        entries[key, default: []].append(entry)
      case .spread(let node):
        if seen.insert(node.name.text).inserted { fragments.append(node.name.text) }
      case .inline(let node):
        collect(node.selections, node.typeCondition.map { schema.types[$0.text] } ?? parent, schema)
      }
    }
  }
}
