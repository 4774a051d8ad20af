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
    let timing = instance.timing
    let (start, end, zone) = entry.times(of: timing)
    let uid = entry.series.master.uid
    if isJSON {
      let id =
        (entry.isRecurring ? instance.id : entry.instance).map { "\"\(entry.text(of: $0))\"" } ?? "null"
      // Times are digits and signs, zones' names letters: only the UID needs escaping, and a file's own zone.
      let tzid = try zone.map { try quoted($0) } ?? "null"
      let times = "\"start\":\"\(start)\",\"end\":\"\(end)\",\"allDay\":\(timing.isAllDay)"
      let line = "{\"uid\":\(try quoted(uid)),\"recurrenceId\":\(id),\(times),\"tzid\":\(tzid)}\n"
      buffer.append(contentsOf: line.utf8)
    } else {
      for text in [start, end, Self.printable(uid)] {
        buffer.append(contentsOf: text.utf8)
        buffer.append(contentsOf: "  ".utf8)
      }
      buffer.append(contentsOf: Self.printable(instance.summary ?? "").utf8)
      buffer.append(UInt8(ascii: "\n"))
    }
    if buffer.count > 1 << 16 { try flush() }
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

extension CalendarExpansion.Entry {
  /// Start and end as text, and the name of the zone; without one for days and for times without a zone.
  func times(of timing: EventTiming) -> (start: String, end: String, zone: String?) {
    switch timing {
    case .allDay(let start, let end): (start.description, end.description, nil)
    case .timed(let start, let end):
      // Where the clock skips the time, what it shows instead.
      (
        text(of: ZonedDateTime(instant: start.instant, zone: start.zone)),
        text(of: ZonedDateTime(instant: end.instant, zone: end.zone)),
        start.zone.isFloating ? nil : start.zone.identifier
      )
    }
  }

  func text(of time: RecurrenceTime) -> String {
    switch time {
    case .date(let date): date.description
    case .floating(let local): local.description
    case .zoned(let zoned): text(of: zoned)
    }
  }

  /// The form of RFC 3339, without the offset where there is none.
  private func text(of time: ZonedDateTime) -> String {
    if time.zone.isFloating { return time.local.description }
    // RFC 3339 has no seconds in offsets, which local times before about 1900 have.
    guard time.offset % 60 == 0, !time.zone.isUTC else {
      return "\(ZonedDateTime(instant: time.instant, zone: .utc).local)Z"
    }
    let minutes = time.offset.magnitude / 60
    let (hour, minute) = (minutes / 60, minutes % 60)
    func twoDigits(_ number: UInt) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(time.local)\(time.offset < 0 ? "-" : "+")\(twoDigits(hour)):\(twoDigits(minute))"
  }
}
