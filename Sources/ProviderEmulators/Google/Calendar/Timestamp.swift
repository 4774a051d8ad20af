import Foundation

/// An RFC 3339 time, of which the offset may be missing when a zone says what is meant.
struct Timestamp {
  private var components: DateComponents
  /// Seconds east of UTC.
  var offset: Int?

  init?(_ text: String) {
    let shape = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?([Zz]|([+-])(\d\d):(\d\d))?$/
    guard text.utf8.count <= 40, let match = try? shape.wholeMatch(in: text) else { return nil }
    let (_, year, month, day, hour, minute, second, fraction, offset, sign, hours, minutes) = match.output
    components = DateComponents(
      year: Int(year),
      month: Int(month),
      day: Int(day),
      hour: Int(hour),
      minute: Int(minute),
      second: Int(second)
    )
    guard (components.hour ?? 99) < 24, (components.minute ?? 99) < 60, (components.second ?? 99) < 60 else {
      return nil
    }
    if let fraction, let value = Double("0." + fraction) { components.nanosecond = Int(value * 1e9) }
    guard offset != nil else { return }
    let distance = (hours.flatMap { Int($0) } ?? 0) * 3600 + (minutes.flatMap { Int($0) } ?? 0) * 60
    guard distance < 24 * 3600 else { return nil }
    self.offset = sign == "-" ? -distance : distance
  }

  /// The instant meant; nil for a date that no calendar has.
  func instant(in zone: TimeZone) -> Date? {
    guard let zone = offset.map({ TimeZone(secondsFromGMT: $0) }) ?? zone else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    guard let instant = calendar.date(from: components) else { return nil }
    // 30 February must not slide into March; an hour skipped in spring may slide, as Google lets it.
    let back = calendar.dateComponents([.year, .month, .day], from: instant)
    guard back.year == components.year, back.month == components.month, back.day == components.day else {
      return nil
    }
    return instant
  }

  /// The day of a `yyyy-MM-dd` text, as its midnight in UTC.
  static func date(_ text: String) -> Date? {
    guard text.utf8.count == 10 else { return nil }
    return Timestamp(text + "T00:00:00Z")?.instant(in: .gmt)
  }

  /// RFC 3339 to the second, with `Z` for UTC.
  static func text(_ date: Date, in zone: TimeZone) -> String {
    date.formatted(Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: zone))
  }

  /// RFC 3339 in UTC to the millisecond, as `created` and `updated` are written.
  static func precise(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
