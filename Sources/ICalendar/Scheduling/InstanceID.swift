import Foundation

/// Which instance of a recurring event is meant: a RECURRENCE-ID (RFC 5545 §3.8.4.4).
public struct InstanceID: Sendable, Hashable {
  /// When the instance would begin if nobody had moved it.
  public var start: Start
  /// Whether all later instances are meant too (RANGE=THISANDFUTURE, RFC 5545 §3.2.13).
  public var includesLater: Bool

  /// A start in one of the forms that DTSTART can have.
  public enum Start: Sendable, Hashable {
    /// A whole day.
    case date(CalendarDate)
    /// The same wall clock wherever one is.
    case floating(LocalDateTime)
    /// A wall clock in a zone.
    case zoned(ZonedDateTime)
  }

  /// Names an instance.
  public init(_ start: Start, includesLater: Bool = false) {
    self.start = start
    self.includesLater = includesLater
  }

  /// Names the instance that begins when `timing` does.
  public init(startOf timing: EventTiming, includesLater: Bool = false) {
    switch timing {
    case .allDay(let start, _): self.init(.date(start), includesLater: includesLater)
    case .timed(let start, _): self.init(.zoned(start), includesLater: includesLater)
    }
  }

  /// Reads a RECURRENCE-ID; nil when it is none or its zone is not known.
  public init?(_ line: ContentLine) {
    switch line.timeValue {
    case .date(let date):
      start = .date(date)
    case .utc(let local):
      start = .zoned(ZonedDateTime(local: local, zone: .utc))
    case .local(let local):
      if let identifier = line.parameter("TZID") {
        guard let zone = Zone(identifier) else { return nil }
        start = .zoned(ZonedDateTime(local: local, zone: zone))
      } else {
        start = .floating(local)
      }
    case nil:
      return nil
    }
    includesLater = line.parameter("RANGE")?.uppercased() == "THISANDFUTURE"
  }

  /// The RECURRENCE-ID property.
  public var line: ContentLine {
    let range = includesLater ? [ContentLine.Parameter("RANGE", "THISANDFUTURE")] : []
    let plain = line("RECURRENCE-ID")
    return ContentLine(plain.name, parameters: plain.parameters + range, value: plain.value)
  }

  /// The start as a property of any name, such as EXDATE or RDATE.
  func line(_ name: String) -> ContentLine {
    switch start {
    case .date(let date):
      ContentLine(name, parameters: [.init("VALUE", "DATE")], value: date.basic)
    case .floating(let local):
      ContentLine(name, value: local.basic)
    case .zoned(let time) where time.isSecondPass:
      // A zone's clock cannot say the second pass of a repeated hour.
      ContentLine(name, instant: time.instant)
    case .zoned(let time):
      ContentLine(name, time: time)
    }
  }
}

extension EventComponent {
  /// Which instance of its series the event is; nil for the series itself, and for what cannot be read.
  public var instanceID: InstanceID? {
    get { recurrenceIDLine.flatMap { InstanceID($0) } }
    set {
      otherProperties.removeAll { $0.isNamed("RECURRENCE-ID") }
      if let newValue { otherProperties.insert(newValue.line, at: 0) }
    }
  }

  /// RECURRENCE-ID as it stands: an event that has one is never a series, readable or not.
  var recurrenceIDLine: ContentLine? { otherProperties.first { $0.isNamed("RECURRENCE-ID") } }
}
