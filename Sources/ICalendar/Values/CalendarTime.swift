public import Foundation

/// A DATE or DATE-TIME as it stands in a property (RFC 5545 §3.3.4, §3.3.5).
public enum CalendarTime: Sendable, Hashable {
  /// A day.
  case date(CalendarDate)
  /// An instant, in UTC.
  case utc(LocalDateTime)
  /// A wall-clock time in whatever zone one is.
  case floating(LocalDateTime)
  /// A wall-clock time in the zone of a TZID, which may be one that only the file knows.
  case zoned(LocalDateTime, tzid: String)

  /// The day on the wall.
  public var date: CalendarDate {
    switch self {
    case .date(let date): date
    case .utc(let local), .floating(let local), .zoned(let local, _): local.date
    }
  }

  /// The instant of a time in UTC; nil for any other.
  public var utcInstant: Date? {
    guard case .utc(let local) = self else { return nil }
    return Date(timeIntervalSince1970: TimeInterval(local.nominalSeconds))
  }

  /// Makes the time of an instant, in UTC; parts of a second are dropped.
  public init(utc instant: Date) {
    self = .utc(LocalDateTime(nominalSeconds: instant.wholeSeconds))
  }

  /// Makes the wall-clock time in its zone.
  public init(_ time: ZonedDateTime) {
    self =
      time.zone.isFloating
      ? .floating(time.local)
      : time.zone.isUTC ? .utc(time.local) : .zoned(time.local, tzid: time.zone.identifier)
  }

  /// Reads the value of a line by its own form; VALUE is often missing or wrong.
  init?(_ line: ContentLine) {
    self.init(line.timeValue, tzid: line.parameter("TZID"))
  }

  /// Reads the text by its own form.
  init?(_ text: String, tzid: String? = nil) {
    let octets = Array(text.utf8)
    self.init(octets.span.tolerantTimeValue(0..<octets.count), tzid: tzid)
  }

  init?(_ value: ContentLine.TimeValue?, tzid: String?) {
    switch value {
    case .date(let date): self = .date(date)
    case .utc(let local): self = .utc(local)
    case .local(let local): self = tzid.map { .zoned(local, tzid: $0) } ?? .floating(local)
    case nil: return nil
    }
  }

  /// The value's text.
  var basic: String {
    switch self {
    case .date(let date): date.basic
    case .utc(let local): "\(local.basic)Z"
    case .floating(let local), .zoned(let local, _): local.basic
    }
  }

  /// The zone as a parameter, where the value needs it.
  var zoneParameters: [ContentLine.Parameter] {
    if case .zoned(_, let tzid) = self { [.init("TZID", tzid)] } else { [] }
  }
}

/// A TIME (RFC 5545 §3.3.12).
public struct TimeOfDay: Sendable, Hashable {
  /// The hour, 0…23.
  public let hour: Int
  /// The minute, 0…59.
  public let minute: Int
  /// The second, 0…59.
  public let second: Int
  /// Whether it is UTC, not a wall-clock time.
  public let isUTC: Bool

  /// Reads "083000" or "133000Z"; nil for anything else.
  public init?(_ text: String) {
    var digits = DigitReader(text)
    guard let hour = digits.number(2), hour < 24, let minute = digits.number(2), minute < 60,
      let second = digits.number(2), second <= 60
    else { return nil }
    self.hour = hour
    self.minute = minute
    self.second = min(second, 59)
    isUTC = digits.skip("Z")
    guard digits.isAtEnd else { return nil }
  }
}
