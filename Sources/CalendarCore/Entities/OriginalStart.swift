package import Foundation
package import ICalendar

/// Names one occurrence of a recurring event for good: when its rules have it start, whatever became of it
/// (RECURRENCE-ID, RFC 5545 §3.8.4.4).
///
/// Its text is `20260602T080000Z`, or `20260602` for whole days.
package struct OriginalStart: Sendable, Hashable, LosslessStringConvertible {
  /// A day, or a time in UTC.
  package let time: RecurrenceTime

  /// The instant of `time`; a floating time is read in UTC.
  package init(_ time: RecurrenceTime) {
    self.time =
      switch time {
      case .date: time
      case .floating(let local): .zoned(ZonedDateTime(local: local, zone: .utc))
      case .zoned(let zoned): .zoned(ZonedDateTime(instant: zoned.instant, zone: .utc))
      }
  }

  package init?(_ description: String) {
    let digits = Array(description.utf8)
    func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
    guard digits.count == 8 || digits.count == 16, digits[0..<8].allSatisfy(Self.isDigit),
      let date = CalendarDate("\(part(0..<4))-\(part(4..<6))-\(part(6..<8))")
    else { return nil }
    if digits.count == 8 {
      time = .date(date)
      return
    }
    guard digits[8] == UInt8(ascii: "T"), digits[15] == UInt8(ascii: "Z"),
      digits[9..<15].allSatisfy(Self.isDigit),
      let local = LocalDateTime("\(date)T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))")
    else { return nil }
    time = .zoned(ZonedDateTime(local: local, zone: .utc))
  }

  package var description: String {
    let text = "\(time.local)".filter { $0 != "-" && $0 != ":" }
    return time.isDate ? String(text.prefix(8)) : text + "Z"
  }

  /// The instant; days begin at midnight in UTC.
  package var instant: Date { ZonedDateTime(local: time.local, zone: .utc).instant }

  /// Returns this start in the type and zone of the series' own (RFC 5545 §3.8.4.4 and §3.8.5.1).
  package func time(in series: EventTiming) -> RecurrenceTime {
    guard case .zoned(let utc) = time, case .timed(let start, _) = series, !start.zone.isFloating else {
      return time
    }
    return .zoned(ZonedDateTime(instant: utc.instant, zone: start.zone))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}

/// Names an event, or one occurrence of a recurring one.
///
/// Its text is an event's id, or that of the series, `_`, and the original start.
package struct EventReference: Sendable, Hashable, LosslessStringConvertible {
  package var eventID: CalendarEvent.ID
  package var originalStart: OriginalStart?

  package init(_ eventID: CalendarEvent.ID, _ originalStart: OriginalStart? = nil) {
    self.eventID = eventID
    self.originalStart = originalStart
  }

  package init?(_ description: String) {
    let parts = description.split(separator: "_", maxSplits: 1, omittingEmptySubsequences: false)
    guard let id = CalendarEvent.ID(String(parts[0])) else { return nil }
    eventID = id
    if parts.count > 1 {
      guard let start = OriginalStart(String(parts[1])) else { return nil }
      originalStart = start
    }
  }

  package var description: String { originalStart.map { "\(eventID)_\($0)" } ?? "\(eventID)" }
}
