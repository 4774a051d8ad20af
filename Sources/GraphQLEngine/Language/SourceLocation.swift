/// A place in a document: line and column count from 1, columns in UTF-16 units as clients' editors do.
public struct SourceLocation: Sendable, Hashable {
  /// The line, from 1.
  public let line: Int
  /// The column, from 1, in UTF-16 units.
  public let column: Int

  /// A place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// Where a node begins.
///
/// The offset identifies the node: no two of a kind begin at the same byte.
struct Position: Sendable, Hashable {
  let offset: Int
  let line: Int
  let column: Int

  var location: SourceLocation { SourceLocation(line: line, column: column) }
}
