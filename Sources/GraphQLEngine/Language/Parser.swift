/// A recursive descent parser of the whole grammar (GraphQL appendix C), one token ahead.
///
/// It refuses to nest deeper than its limit, so hostile documents cannot exhaust the stack, and to read more
/// tokens than its limit.
struct Parser {
  private(set) var token: Token
  private var lexer: Lexer
  private let limits: DocumentLimits
  private var tokenCount = 0
  var nesting = 0
  // The parts of the tree to come.
  var records: [SelectionTree.Record] = []
  var arguments: [ArgumentNode] = []
  var directiveLists: [[DirectiveNode]] = []

  static func parse(_ source: String, limits: DocumentLimits) throws(GraphQLError) -> DocumentNode {
    guard source.utf8.count <= limits.maxBytes else {
      throw .limit("Document is larger than \(limits.maxBytes) bytes.")
    }
    var parser = Parser(source, limits: limits)
    var definitions: [DefinitionNode] = []
    definitions.reserveCapacity(4)
    try parser.expect(.startOfFile)
    repeat { definitions.append(try parser.definition()) } while parser.token.kind != .endOfFile
    let tree = SelectionTree(
      records: parser.records,
      source: parser.lexer.source,
      arguments: parser.arguments,
      directives: parser.directiveLists
    )
    return DocumentNode(definitions: definitions, tree: tree)
  }

  private init(_ source: String, limits: DocumentLimits) {
    lexer = Lexer(source)
    self.limits = limits
    token = Token(kind: .startOfFile, position: lexer.position(at: 0), end: 0)
  }

  mutating func advance() throws(GraphQLError) {
    token = try lexer.next()
    tokenCount += 1
    if tokenCount > limits.maxTokens, token.kind != .endOfFile { throw tooManyTokens() }
  }

  @inline(never)
  private func tooManyTokens() -> GraphQLError {
    .limit("Document contains more than \(limits.maxTokens) tokens.", at: [token.position])
  }

  /// The token behind the current one: cut by a copy of the lexer, for hardly anything asks.
  func lookahead() throws(GraphQLError) -> Token {
    var lexer = lexer
    return try lexer.next()
  }

  @inline(__always)
  mutating func expect(_ kind: Token.Kind) throws(GraphQLError) {
    guard token.kind == kind else { throw expected(kind.described) }
    try advance()
  }

  func expected(_ what: String) -> GraphQLError {
    .syntax("Expected \(what), found \(described(token)).", at: token.position)
  }

  @inline(__always)
  mutating func take(_ kind: Token.Kind) throws(GraphQLError) -> Bool {
    guard token.kind == kind else { return false }
    try advance()
    return true
  }

  var byteCount: Int { lexer.end }

  @inline(__always)
  func isKeyword(_ word: StaticString, _ other: Token? = nil) -> Bool { lexer.isWord(other ?? token, word) }

  mutating func expectKeyword(_ word: StaticString) throws(GraphQLError) {
    guard isKeyword(word) else { throw expected("\"\(word)\"") }
    try advance()
  }

  mutating func takeKeyword(_ word: StaticString) throws(GraphQLError) -> Bool {
    guard isKeyword(word) else { return false }
    try advance()
    return true
  }

  func unexpected(_ other: Token? = nil) -> GraphQLError {
    let token = other ?? self.token
    return .syntax("Unexpected \(described(token)).", at: token.position)
  }

  mutating func name() throws(GraphQLError) -> NameNode {
    guard token.kind == .name else { throw expected(Token.Kind.name.described) }
    let name = NameNode(text: lexer.source.name(token.range), position: token.position)
    try advance()
    return name
  }

  /// A name for a selection, whose text stays where it is.
  @inline(__always)
  mutating func treeName() throws(GraphQLError) -> SelectionTree.Name {
    guard token.kind == .name else { throw expected(Token.Kind.name.described) }
    let length = UInt32(truncatingIfNeeded: token.range.count)
    let name = SelectionTree.Name(position: token.position, length: length)
    try advance()
    return name
  }

  /// The text of a name, a number or a string.
  func value(of token: Token) -> String {
    // Escapes were checked when the token was cut.
    (try? lexer.value(of: token)) ?? ""
  }

  /// How messages name a token.
  func described(_ token: Token) -> String {
    token.kind.described + (token.kind.hasValue ? " \"\(value(of: token))\"" : "")
  }

  /// Runs a step one level deeper.
  mutating func nested<Node>(
    _ step: (inout Parser) throws(GraphQLError) -> Node
  ) throws(GraphQLError) -> Node {
    try deepen()
    defer { nesting -= 1 }
    return try step(&self)
  }

  mutating func deepen() throws(GraphQLError) {
    guard nesting < limits.maxNesting else {
      throw .limit("Document is nested more than \(limits.maxNesting) levels deep.", at: [token.position])
    }
    nesting += 1
  }

  /// Reads `open item* close`.
  mutating func any<Node>(
    _ open: Token.Kind,
    _ close: Token.Kind,
    _ item: (inout Parser) throws(GraphQLError) -> Node
  ) throws(GraphQLError) -> [Node] {
    try expect(open)
    var nodes: [Node] = []
    while try !take(close) { nodes.append(try item(&self)) }
    return nodes
  }

  /// Reads `open item+ close`.
  mutating func many<Node>(
    _ open: Token.Kind,
    _ close: Token.Kind,
    expecting count: Int = 2,
    _ item: (inout Parser) throws(GraphQLError) -> Node
  ) throws(GraphQLError) -> [Node] {
    try expect(open)
    var nodes: [Node] = []
    nodes.reserveCapacity(count)
    repeat { nodes.append(try item(&self)) } while try !take(close)
    return nodes
  }

  /// Reads `(open item+ close)?`.
  @inline(__always)
  mutating func optionalMany<Node>(
    _ open: Token.Kind,
    _ close: Token.Kind,
    _ item: (inout Parser) throws(GraphQLError) -> Node
  ) throws(GraphQLError) -> [Node] {
    token.kind == open ? try many(open, close, item) : []
  }

  /// Reads `delimiter? item (delimiter item)*`.
  mutating func delimited<Node>(
    by delimiter: Token.Kind,
    _ item: (inout Parser) throws(GraphQLError) -> Node
  ) throws(GraphQLError) -> [Node] {
    _ = try take(delimiter)
    var nodes: [Node] = []
    repeat { nodes.append(try item(&self)) } while try take(delimiter)
    return nodes
  }
}
