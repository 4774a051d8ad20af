import OrderedCollections

/// The comparisons behind `OverlappingFieldsCanBeMerged`.
struct FieldComparison {
  private struct Pair: Hashable {
    let first: String
    let second: String

    init(_ a: String, _ b: String) { (first, second) = a < b ? (a, b) : (b, a) }
  }

  private var collected: [Int: CollectedFields] = [:]
  /// Pairs of fragments already compared, and whether as mutually exclusive ones.
  private var compared: [Pair: Bool] = [:]
  /// Every repeated field is compared with every other, on every level: hostile documents make that explode.
  private var budget = 200_000

  var isExhausted: Bool { budget <= 0 }

  mutating func conflicts(
    within set: SelectionSetNode,
    of parent: NamedType?,
    _ context: ValidationContext
  ) -> [FieldConflict] {
    var conflicts: [FieldConflict] = []
    let fields = fields(of: set, parent, context)
    for name in fields.names {
      let entries = fields.entries[name] ?? []
      for (index, first) in entries.enumerated() {
        for second in entries[(index + 1)...] {
          if let conflict = conflict(first, second, named: name, areExclusive: false, context) {
            conflicts.append(conflict)
          }
        }
      }
    }
    for (index, fragment) in fields.fragments.enumerated() {
      compare(fields, withFragment: fragment, areExclusive: false, &conflicts, context)
      for other in fields.fragments[(index + 1)...] {
        compareFragments(fragment, and: other, areExclusive: false, &conflicts, context)
      }
    }
    return conflicts
  }

  private mutating func fields(
    of set: SelectionSetNode,
    _ parent: NamedType?,
    _ context: ValidationContext
  ) -> CollectedFields {
    if let known = collected[set.position.offset] { return known }
    let fields = CollectedFields(set, parent, context.schema)
    collected[set.position.offset] = fields
    return fields
  }

  private mutating func fields(of fragment: FragmentNode, _ context: ValidationContext) -> CollectedFields {
    fields(of: fragment.selections, context.schema.types[fragment.typeCondition.text], context)
  }

  private mutating func isFirst(_ a: String, _ b: String, _ areExclusive: Bool) -> Bool {
    let pair = Pair(a, b)
    if let known = compared[pair], areExclusive || !known { return false }
    compared[pair] = areExclusive
    return true
  }

  private mutating func compare(
    _ fields: CollectedFields,
    withFragment name: String,
    areExclusive: Bool,
    _ conflicts: inout [FieldConflict],
    _ context: ValidationContext
  ) {
    budget -= 1
    guard let fragment = context.fragment(name), !isExhausted else { return }
    let others = self.fields(of: fragment, context)
    if fields === others { return }
    compare(fields, with: others, areExclusive: areExclusive, &conflicts, context)
    for inner in others.fragments where isFirst(inner, name, areExclusive) {
      compare(fields, withFragment: inner, areExclusive: areExclusive, &conflicts, context)
    }
  }

  private mutating func compareFragments(
    _ first: String,
    and second: String,
    areExclusive: Bool,
    _ conflicts: inout [FieldConflict],
    _ context: ValidationContext
  ) {
    budget -= 1
    guard first != second, !isExhausted, isFirst(first, second, areExclusive),
      let one = context.fragment(first), let two = context.fragment(second)
    else { return }
    let fields = fields(of: one, context)
    let others = self.fields(of: two, context)
    compare(fields, with: others, areExclusive: areExclusive, &conflicts, context)
    for inner in others.fragments {
      compareFragments(first, and: inner, areExclusive: areExclusive, &conflicts, context)
    }
    for inner in fields.fragments {
      compareFragments(inner, and: second, areExclusive: areExclusive, &conflicts, context)
    }
  }

  private mutating func compare(
    _ fields: CollectedFields,
    with others: CollectedFields,
    areExclusive: Bool,
    _ conflicts: inout [FieldConflict],
    _ context: ValidationContext
  ) {
    for name in fields.names {
      guard let seconds = others.entries[name] else { continue }
      for first in fields.entries[name] ?? [] {
        for second in seconds {
          if let conflict = conflict(first, second, named: name, areExclusive: areExclusive, context) {
            conflicts.append(conflict)
          }
        }
      }
    }
  }

  private mutating func conflict(
    _ first: CollectedFields.Entry,
    _ second: CollectedFields.Entry,
    named name: String,
    areExclusive parentsAreExclusive: Bool,
    _ context: ValidationContext
  ) -> FieldConflict? {
    budget -= 1
    if isExhausted { return nil }
    func conflict(_ text: String) -> FieldConflict {
      FieldConflict(
        name: name,
        reason: .text(text),
        first: [first.node.position],
        second: [second.node.position]
      )
    }
    let areExclusive =
      parentsAreExclusive
      || first.parent?.name != second.parent?.name && first.parent?.kind == .object
        && second.parent?.kind == .object
    if !areExclusive {
      let (a, b) = (first.node.name.text, second.node.name.text)
      if a != b { return conflict("\"\(a)\" and \"\(b)\" are different fields") }
      if !Self.sameArguments(first.node, second.node) { return conflict("they have differing arguments") }
    }
    if let a = first.definition?.type, let b = second.definition?.type, Self.differ(a, b, context.schema) {
      return conflict("they return conflicting types \"\(a)\" and \"\(b)\"")
    }
    guard let one = first.node.selections, let two = second.node.selections else { return nil }
    let inner = conflicts(
      between: one,
      of: first.definition,
      and: two,
      of: second.definition,
      areExclusive: areExclusive,
      context
    )
    if inner.isEmpty { return nil }
    return FieldConflict(
      name: name,
      reason: .subfields(inner.map { ($0.name, $0.reason) }),
      first: [first.node.position] + inner.flatMap(\.first),
      second: [second.node.position] + inner.flatMap(\.second)
    )
  }

  private mutating func conflicts(
    between one: SelectionSetNode,
    of first: FieldDefinition?,
    and two: SelectionSetNode,
    of second: FieldDefinition?,
    areExclusive: Bool,
    _ context: ValidationContext
  ) -> [FieldConflict] {
    var conflicts: [FieldConflict] = []
    let fields = fields(of: one, first.flatMap { context.schema.type(of: $0.type) }, context)
    let others = self.fields(of: two, second.flatMap { context.schema.type(of: $0.type) }, context)
    compare(fields, with: others, areExclusive: areExclusive, &conflicts, context)
    for name in others.fragments {
      compare(fields, withFragment: name, areExclusive: areExclusive, &conflicts, context)
    }
    for name in fields.fragments {
      compare(others, withFragment: name, areExclusive: areExclusive, &conflicts, context)
    }
    for name in fields.fragments {
      for other in others.fragments {
        compareFragments(name, and: other, areExclusive: areExclusive, &conflicts, context)
      }
    }
    return conflicts
  }

  private static func sameArguments(_ first: FieldNode, _ second: FieldNode) -> Bool {
    guard first.arguments.count == second.arguments.count else { return false }
    let values = Dictionary(second.arguments.map { ($0.name.text, Array($0.value.canonical.utf8)) }) {
      _,
      last in last
    }
    // By octets: texts that only look alike are two.
    return first.arguments.allSatisfy { values[$0.name.text] == Array($0.value.canonical.utf8) }
  }

  /// SameResponseShape: lists and non-nulls alike, leaves the same.
  private static func differ(_ first: TypeReference, _ second: TypeReference, _ schema: Schema) -> Bool {
    switch (first, second) {
    case (.list(let a), .list(let b)), (.nonNull(let a), .nonNull(let b)): differ(a, b, schema)
    case (.named(let a), .named(let b)):
      a != b && (schema.types[a]?.kind.isLeaf == true || schema.types[b]?.kind.isLeaf == true)
    default: true
    }
  }
}
