extension Parser {
  /// The selections of a definition, whose tree is not whole yet.
  mutating func selectionSet() throws(GraphQLError) -> SelectionSetNode {
    let (start, position) = (records.count, token.position)
    if records.isEmpty { records.reserveCapacity(byteCount / 16 + 2) }
    try selections()
    return SelectionSetNode(
      selections: Selections(tree: .empty, startIndex: start, endIndex: records.count),
      position: position
    )
  }

  private mutating func selections() throws(GraphQLError) {
    try deepen()
    try expect(.braceLeft)
    repeat {
      if token.kind == .spread { try fragment() } else { try field() }
    } while try !take(.braceRight)
    nesting -= 1
  }

  /// Selections within the one that was read last.
  private mutating func innerSelections() throws(GraphQLError) {
    let index = records.count - 1
    try selections()
    records[index].end = UInt32(records.count)
  }

  private mutating func field() throws(GraphQLError) {
    let first = try treeName()
    let isAliased = try take(.colon)
    let name = isAliased ? try treeName() : first
    let start = arguments.count
    if token.kind == .parenLeft { try readArguments() }
    try add(isAliased ? .aliasedField : .field, name, first, firstArgument: start)
    if token.kind == .braceLeft { try innerSelections() }
  }

  private mutating func fragment() throws(GraphQLError) {
    let first = SelectionTree.Name(position: token.position, length: 0)
    try expect(.spread)
    if try takeKeyword("on") {
      try add(.conditionedInline, try treeName(), first)
      try innerSelections()
    } else if token.kind == .name {
      try add(.spread, try treeName(), first)
    } else {
      try add(.inline, first, first)
      try innerSelections()
    }
  }

  /// Adds a selection, its directives read here.
  @inline(__always)
  private mutating func add(
    _ kind: SelectionTree.Record.Kind,
    _ name: SelectionTree.Name,
    _ first: SelectionTree.Name,
    firstArgument: Int? = nil
  ) throws(GraphQLError) {
    let firstArgument = firstArgument ?? arguments.count
    let directives = token.kind == .at ? try keptDirectives() : 0
    records.append(
      SelectionTree.Record(
        kind: kind,
        name: name,
        first: first,
        firstArgument: UInt32(firstArgument),
        argumentCount: UInt32(arguments.count - firstArgument),
        directives: directives,
        setPosition: token.position,
        end: UInt32(records.count + 1)
      )
    )
  }

  private mutating func readArguments() throws(GraphQLError) {
    if arguments.isEmpty { arguments.reserveCapacity(byteCount / 128 + 1) }
    try expect(.parenLeft)
    repeat { arguments.append(try argument(isConstant: false)) } while try !take(.parenRight)
  }

  private mutating func keptDirectives() throws(GraphQLError) -> UInt32 {
    directiveLists.append(try directives(isConstant: false))
    return UInt32(directiveLists.count)
  }
}
