/// One requirement of every driver, checked on one.
package struct ConformanceCheck<Subject: Sendable>: Sendable, CustomStringConvertible {
  /// The requirement as a sentence.
  package let name: String
  private let body: @Sendable (Subject) async throws -> Void

  package init(_ name: String, _ body: @escaping @Sendable (Subject) async throws -> Void) {
    self.name = name
    self.body = body
  }

  /// Throws a `Nonconformity`, or an error that the driver should not have thrown.
  package func run(on subject: Subject) async throws { try await body(subject) }

  package var description: String { name }
}

/// A violation of a requirement by a driver.
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
