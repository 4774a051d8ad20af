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

/// Where a node begins: in twelve bytes, for every node has one.
///
/// The offset identifies the node: no two of a kind begin at the same byte.
struct Position: Sendable, Hashable {
  private let byte: UInt32
  private let line: UInt32
  private let column: UInt32

  init(offset: Int, line: Int, column: Int) {
    // A document of more than four gigabytes would only be told wrong places.
    byte = UInt32(truncatingIfNeeded: offset)
    self.line = UInt32(truncatingIfNeeded: line)
    self.column = UInt32(truncatingIfNeeded: column)
  }

  var offset: Int { Int(byte) }

  var location: SourceLocation { SourceLocation(line: Int(line), column: Int(column)) }
}
