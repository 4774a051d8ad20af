import Foundation
import ICalendar

/// Writes occurrences to standard output, a line each.
struct OccurrenceOutput {
  let isJSON: Bool
  private var buffer: [UInt8] = []
  private var quotedTexts: [String: String] = [:]
  private let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return encoder
  }()

  init(isJSON: Bool) { self.isJSON = isJSON }

  mutating func write(_ instance: EventInstance, of entry: CalendarExpansion.Entry) throws {
    if isJSON { try writeJSON(instance, of: entry) } else { writeText(instance, of: entry) }
    if buffer.count > 1 << 16 { try flush() }
  }

  private mutating func writeText(_ instance: EventInstance, of entry: CalendarExpansion.Entry) {
    let (start, end) = instance.timing.ends
    buffer.append(start)
    buffer.append("  ")
    buffer.append(end)
    buffer.append("  ")
    buffer.append(contentsOf: Self.printable(entry.uid).utf8)
    buffer.append("  ")
    let title = instance.isOverridden ? instance.summary : entry.title
    buffer.append(contentsOf: Self.printable(title ?? "").utf8)
    buffer.append("\n")
  }

  private mutating func writeJSON(_ instance: EventInstance, of entry: CalendarExpansion.Entry) throws {
    let timing = instance.timing
    let (start, end) = timing.ends
    // Times are digits and signs, zones' names letters: only the UID needs escaping, and a file's own zone.
    buffer.append("{\"uid\":")
    buffer.append(contentsOf: try quoted(entry.uid).utf8)
    buffer.append(",\"recurrenceId\":")
    if let id = entry.isRecurring ? instance.id : entry.instance {
      buffer.append("\"")
      buffer.append(id)
      buffer.append("\"")
    } else {
      buffer.append("null")
    }
    buffer.append(",\"start\":\"")
    buffer.append(start)
    buffer.append("\",\"end\":\"")
    buffer.append(end)
    buffer.append(timing.isAllDay ? "\",\"allDay\":true,\"tzid\":" : "\",\"allDay\":false,\"tzid\":")
    // None for days and for times without a zone.
    if case .zoned(let time) = start, !time.zone.isFloating {
      buffer.append(contentsOf: try quoted(time.zone.identifier).utf8)
    } else {
      buffer.append("null")
    }
    buffer.append("}\n")
  }

  /// The text as JSON; the same few texts are written for all instances of a series.
  private mutating func quoted(_ text: String) throws -> String {
    if let known = quotedTexts[text] { return known }
    let json = String(decoding: try encoder.encode(text), as: UTF8.self)
    if quotedTexts.count >= 64 { quotedTexts = [:] }
    quotedTexts[text] = json
    return json
  }

  /// The text without control characters: that of a file must not steer a terminal.
  private static func printable(_ text: String) -> String {
    // Unicode has no others (category Cc).
    func isControl(_ scalar: Unicode.Scalar) -> Bool {
      scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isControl($0) }))
  }

  mutating func flush() throws {
    try writeToStandardOutput(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}

extension EventTiming {
  /// Start and end as a clock shows them: another time where it skips the one that is meant.
  fileprivate var ends: (start: RecurrenceTime, end: RecurrenceTime) {
    switch self {
    case .allDay(let start, let end): (.date(start), .date(end))
    case .timed(let start, let end): (.zoned(start.shown), .zoned(end.shown))
    }
  }
}

extension ZonedDateTime {
  fileprivate var shown: ZonedDateTime {
    if zone.isUTC || zone.isFloating { return self }
    let instant = instant
    return zone.offset(at: instant) == offset ? self : ZonedDateTime(instant: instant, zone: zone)
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends a date or a time in the form of RFC 3339, without the offset where there is none.
  fileprivate mutating func append(_ time: RecurrenceTime) {
    switch time {
    case .date(let date): append(date)
    case .floating(let local): append(local)
    case .zoned(let zoned) where zoned.zone.isFloating: append(zoned.local)
    case .zoned(let zoned):
      let offset = zoned.zone.isUTC ? 0 : zoned.offset
      // RFC 3339 has no seconds in offsets, which local times before about 1900 have.
      guard offset % 60 == 0, !zoned.zone.isUTC else {
        append(zoned.local.adding(seconds: -offset))
        append("Z")
        return
      }
      append(zoned.local)
      append(offset < 0 ? "-" : "+")
      let minutes = abs(offset) / 60
      append(minutes / 60, ":", minutes % 60)
    }
  }

  private mutating func append(_ local: LocalDateTime) {
    append(local.date)
    append("T")
    append(local.hour, ":", local.minute)
    append(":")
    appendTwoDigits(local.second)
  }

  private mutating func append(_ date: CalendarDate) {
    appendTwoDigits(date.year / 100)
    appendTwoDigits(date.year % 100)
    append("-")
    append(date.month, "-", date.day)
  }

  private mutating func append(_ first: Int, _ separator: StaticString, _ second: Int) {
    appendTwoDigits(first)
    append(separator)
    appendTwoDigits(second)
  }

  private mutating func appendTwoDigits(_ number: Int) {
    append(UInt8(truncatingIfNeeded: 0x30 + number / 10))
    append(UInt8(truncatingIfNeeded: 0x30 + number % 10))
  }
}
