package import Foundation

/// The id of one kind of entity: a UUID that the compiler keeps apart from the ids of other kinds.
///
/// Its text is lowercase with hyphens.
package struct Identifier<Entity>: Sendable, Hashable, LosslessStringConvertible {
  package let uuid: UUID

  package init(_ uuid: UUID) { self.uuid = uuid }

  /// Reads the 36-character text form in either case; nil for anything else.
  package init?(_ description: String) {
    guard description.utf8.count == 36, let uuid = UUID(uuidString: description) else { return nil }
    self.uuid = uuid
  }

  package var description: String { uuid.uuidString.lowercased() }
}

/// Where new ids come from; tests pass a predictable source.
package struct IdentifierSource: Sendable {
  private let next: @Sendable () -> UUID

  package init(_ next: @escaping @Sendable () -> UUID) { self.next = next }

  /// Random ids; unlike `UUID()`, they do not open a file each.
  package static let random = Self {
    var generator = SystemRandomNumberGenerator()
    return UUID.random(using: &generator)
  }

  package func make<Entity>(_ kind: Entity.Type = Entity.self) -> Identifier<Entity> { .init(next()) }

  /// Returns the id by which a conference's service recognizes a repeated request.
  package func makeRequestID() -> String { make(Void.self).description }
}

/// The current time; tests pass a clock that they set themselves.
package struct WallClock: Sendable {
  private let read: @Sendable () -> Date

  package init(_ read: @escaping @Sendable () -> Date) { self.read = read }

  package static let system = Self { Date() }

  /// The present instant, cut to milliseconds: what every store can hold without loss.
  package var now: Date {
    Date(timeIntervalSince1970: (read().timeIntervalSince1970 * 1000).rounded(.down) / 1000)
  }
}
