import Foundation
import ICalendar

/// Writes occurrences to standard output, a line each.
struct OccurrenceOutput {
  let isJSON: Bool
  private var buffer: [UInt8] = []
  private let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return encoder
  }()

  init(isJSON: Bool) { self.isJSON = isJSON }

  mutating func write(_ instance: EventInstance, of entry: CalendarExpansion.Entry) throws {
    let (start, end, zone) = entry.times(of: instance.timing)
    let id = (entry.isRecurring ? instance.id : entry.instance).map { entry.text(of: $0) }
    if isJSON {
      let uid = String(decoding: try encoder.encode(entry.series.master.uid), as: UTF8.self)
      // Times are digits and signs, zones' names letters: only the UID needs escaping, and a file's own zone.
      let tzid = try zone.map { String(decoding: try encoder.encode($0), as: UTF8.self) } ?? "null"
      let fields = [
        "\"uid\":\(uid)", "\"recurrenceId\":\(id.map { "\"\($0)\"" } ?? "null")", "\"start\":\"\(start)\"",
        "\"end\":\"\(end)\"", "\"allDay\":\(instance.timing.isAllDay)", "\"tzid\":\(tzid)",
      ]
      buffer += Array("{\(fields.joined(separator: ","))}\n".utf8)
    } else {
      let title = entry.series.event(for: instance).summary ?? ""
      let line = [start, end, entry.series.master.uid, title].joined(separator: "  ")
      // The text of a file must not steer a terminal.
      let clean = line.unicodeScalars.filter { $0.properties.generalCategory != .control }
      buffer += Array("\(String(String.UnicodeScalarView(clean)))\n".utf8)
    }
    if buffer.count > 1 << 16 { try flush() }
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
