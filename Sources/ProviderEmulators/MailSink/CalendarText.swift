import Foundation

/// The lines that make up an iCalendar object: minimal, but valid (RFC 5545).
enum CalendarText {
  static func stamp(_ date: Date, in zone: TimeZone) -> String {
    let text = date.formatted(
      Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted, timeZone: zone)
    )
    return String(text.prefix(15))
  }

  /// The zone as its transitions of the next ten years, each an observance of its own.
  static func timeZone(_ zone: TimeZone, named name: String? = nil, from start: Date) -> [String] {
    var lines = ["BEGIN:VTIMEZONE", "TZID:\(name ?? zone.identifier)"]
    var moment = start.addingTimeInterval(-366 * 86_400)
    var offset = zone.secondsFromGMT(for: moment)
    lines += observance("STANDARD", "19700101T000000", from: offset, to: offset)
    while let next = zone.nextDaylightSavingTimeTransition(after: moment),
      next < start.addingTimeInterval(10 * 366 * 86_400)
    {
      let new = zone.secondsFromGMT(for: next)
      let local = stamp(next.addingTimeInterval(Double(offset)), in: .gmt)
      lines += observance(
        zone.isDaylightSavingTime(for: next) ? "DAYLIGHT" : "STANDARD",
        local,
        from: offset,
        to: new
      )
      moment = next
      offset = new
    }
    return lines + ["END:VTIMEZONE"]
  }

  private static func observance(_ kind: String, _ start: String, from old: Int, to new: Int) -> [String] {
    [
      "BEGIN:\(kind)", "DTSTART:\(start)", "TZOFFSETFROM:\(offset(old))", "TZOFFSETTO:\(offset(new))",
      "END:\(kind)",
    ]
  }

  private static func offset(_ seconds: Int) -> String {
    let minutes = abs(seconds) / 60
    let digits = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
    return (seconds < 0 ? "-" : "+") + digits
  }

  static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
      .replacing("\r\n", with: "\\n").replacing("\n", with: "\\n").replacing("\r", with: "\\n")
  }

  static func parameter(_ text: String) -> String {
    "\"\(text.filter { $0 != "\"" && !$0.isNewline })\""
  }

  /// The line folded into lines of at most 75 octets, never within a character (RFC 5545 §3.1).
  static func folded(_ line: String) -> String {
    var result = ""
    var length = 0
    for scalar in line.unicodeScalars {
      let size = UTF8.width(scalar)
      if length + size > 75 {
        result += "\r\n "
        length = 1
      }
      result.unicodeScalars.append(scalar)
      length += size
    }
    return result
  }
}
