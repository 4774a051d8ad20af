/// One thing that every driver must do, tried on one.
package struct ConformanceCheck<Subject: Sendable>: Sendable, CustomStringConvertible {
  /// A sentence.
  package let name: String
  private let body: @Sendable (Subject) async throws -> Void

  package init(_ name: String, _ body: @escaping @Sendable (Subject) async throws -> Void) {
    self.name = name
    self.body = body
  }

  /// Throws a `Nonconformity`, or what the driver should not have thrown.
  package func run(on subject: Subject) async throws { try await body(subject) }

  package var description: String { name }
}

/// What a driver did that it must not do.
package struct Nonconformity: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// Ends the check unless the condition holds.
func expect(
  _ condition: Bool,
  _ what: @autoclosure () -> String,
  line: Int = #line
) throws(Nonconformity) {
  guard condition else { throw Nonconformity("\(what()) (line \(line))") }
}

func require<T>(_ value: T?, _ what: @autoclosure () -> String, line: Int = #line) throws(Nonconformity) -> T
{
  guard let value else { throw Nonconformity("\(what()) (line \(line))") }
  return value
}
