public import Foundation

/// A time zone of the IANA database, or one that a file defines.
///
/// The IANA's rules come from the system's tzdata (RFC 8536) or, where there is none, from Foundation's own.
public struct Zone: Sendable {
  /// One object for a zone: times that hold it are small, and copies of them cheap.
  let rules: ZoneRules

  /// The name in the IANA database, such as "Europe/Berlin", or the TZID of the file's VTIMEZONE.
  public var identifier: String { rules.identifier }
  /// The VTIMEZONE that defines the zone; nil for those of the IANA database.
  public var definition: Component? { rules.definition }

  /// Coordinated Universal Time.
  public static let utc = Zone(rules: .utc)

  /// No zone: the same wall clock wherever one is (RFC 5545 §3.3.5 form 1).
  ///
  /// Instants are as in UTC, in which no clock is ever changed. Only who asks for it is given it on reading.
  public static let floating = Zone(rules: .floating)

  /// The identifiers of all zones known here, sorted.
  public static var allIdentifiers: [String] { ZoneDatabase.shared.identifiers }

  /// Whether the zone is UTC under one of its names, which iCalendar writes with a "Z".
  public var isUTC: Bool { rules.isUTC }

  /// Whether it is no zone, see `floating`.
  public var isFloating: Bool { rules === ZoneRules.floating }

  /// Finds the zone of a known IANA name, letter case included; nil for anything else.
  public init?(_ identifier: String) {
    guard let rules = ZoneDatabase.shared.rules(of: identifier) else { return nil }
    self.init(rules: rules)
  }

  /// Reads the zone that a VTIMEZONE defines (RFC 5545 §3.6.5).
  ///
  /// Nil when it has no TZID, or its rules cannot be read. An IANA name is not looked up: the file's rules count.
  public init?(definition: Component) {
    guard definition.name == "VTIMEZONE", let tzid = definition.property(.tzid)?.text, !tzid.isEmpty,
      let rules = ZoneRules(definition: definition, tzid: tzid)
    else { return nil }
    self.init(rules: rules)
  }

  private init(rules: ZoneRules) { self.rules = rules }

  /// The offset in seconds east of UTC in force at an instant.
  public func offset(at instant: Date) -> Int {
    offset(atSecond: instant.wholeSeconds)
  }

  /// The changes of the offset from one instant up to, but not including, another; in order.
  public func transitions(from: Date, to: Date) -> [ZoneTransition] {
    let (first, end) = (from.wholeSeconds, to.wholeSeconds)
    return first < end ? rules.transitions(in: first..<end) : []
  }

  func offset(atSecond second: Int) -> Int { rules.offset(at: second) }
}

extension Zone: Hashable {
  /// Whether both have the same identifier and are defined alike.
  public static func == (left: Zone, right: Zone) -> Bool {
    left.rules === right.rules || left.identifier == right.identifier && left.definition == right.definition
  }

  /// Hashes the identifier.
  public func hash(into hasher: inout Hasher) { hasher.combine(identifier) }
}

extension Zone: CustomStringConvertible {
  /// The identifier.
  public var description: String { identifier }
}
