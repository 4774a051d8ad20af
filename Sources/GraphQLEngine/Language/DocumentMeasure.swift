/// Counts what a document asks for with every fragment put in where it is spread, and refuses too much.
///
/// Runs before validation, so fragments may be unknown or go in circles: both count nothing here and are
/// validation's to report.
struct DocumentMeasure {
  fileprivate struct Size {
    var depth = 0
    /// Fields, and fragments where they are spread.
    var fields = 0
    var aliases = 0
    /// The longest chain of fragments within fragments.
    var chain = 0

    mutating func add(_ other: Size, below level: Int = 0) {
      depth = max(depth, other.depth + level)
      fields = fields.saturatingSum(other.fields)
      aliases = aliases.saturatingSum(other.aliases)
      chain = max(chain, other.chain)
    }
  }

  private let fragments: [String: FragmentNode]
  private let limits: DocumentLimits
  private var sizes: [String: Size] = [:]
  private var open: Set<String> = []

  static func check(_ document: DocumentNode, limits: DocumentLimits) throws(GraphQLError) {
    let fragments = Dictionary(document.fragments.map { ($0.name.text, $0) }) { first, _ in first }
    var measure = DocumentMeasure(fragments: fragments, limits: limits)
    var total = Size()
    for definition in document.definitions {
      switch definition {
      case .operation(let node):
        // Operations add up: whatever is not executed is validated all the same.
        total.add(try measure.size(of: node.selections))
        try limits.check(total, at: definition.position)
      case .fragment(let node):
        try limits.check(try measure.size(of: node.selections), at: definition.position)
      default: break
      }
    }
  }

  private init(fragments: [String: FragmentNode], limits: DocumentLimits) {
    self.fragments = fragments
    self.limits = limits
  }

  private mutating func size(of set: SelectionSetNode) throws(GraphQLError) -> Size {
    var total = Size()
    for selection in set.selections {
      switch selection {
      case .field(let node):
        var size = Size(depth: 1, fields: 1, aliases: node.alias == nil ? 0 : 1)
        if let inner = node.selections { size.add(try self.size(of: inner), below: 1) }
        total.add(size)
      case .inline(let node):
        total.add(Size(fields: 1))
        total.add(try size(of: node.selections))
      case .spread(let node):
        total.add(Size(fields: 1))
        total.add(try size(ofFragment: node))
      }
    }
    return total
  }

  private mutating func size(ofFragment spread: FragmentSpreadNode) throws(GraphQLError) -> Size {
    let name = spread.name.text
    if let known = sizes[name] { return known }
    guard let fragment = fragments[name], !open.contains(name) else { return Size() }
    open.insert(name)
    defer { open.remove(name) }
    var size = Size()
    // What follows a chain of fragments, here and in validation, must not follow it without end.
    if open.count <= limits.maxNesting { size = try self.size(of: fragment.selections) }
    size.chain += 1
    if open.count > limits.maxNesting || size.chain > limits.maxNesting {
      throw .limit(
        "Document nests more than \(limits.maxNesting) fragments within each other.",
        at: [spread.position]
      )
    }
    sizes[name] = size
    return size
  }
}

extension DocumentLimits {
  fileprivate func check(_ size: DocumentMeasure.Size, at position: Position) throws(GraphQLError) {
    if size.depth > maxDepth {
      throw .limit("Document asks for more than \(maxDepth) levels of fields.", at: [position])
    }
    if size.fields > maxFields {
      throw .limit("Document asks for more than \(maxFields) fields.", at: [position])
    }
    if size.aliases > maxAliases {
      throw .limit("Document uses more than \(maxAliases) aliases.", at: [position])
    }
  }
}

extension Int {
  fileprivate func saturatingSum(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
