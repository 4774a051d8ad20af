import Foundation

/// An RFC 3339 time, which may lack its offset when a zone is given with it.
///
/// It is parsed and written by arithmetic: a list of a thousand events does so four thousand times, and formatters and
/// regular expressions took five milliseconds per event.
struct Timestamp {
  /// Seconds since 1970 on the wall clock.
  private var local: Int
  /// Seconds east of UTC.
  var offset: Int?

  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    func number(_ digits: Int, after mark: Unicode.Scalar?, upTo limit: Int) -> Int? {
      if let mark {
        // RFC 3339 §5.6: the T may be lower case.
        guard let byte = rest.popFirst(),
          byte == UInt8(ascii: mark) || (mark == "T" && byte == UInt8(ascii: "t"))
        else { return nil }
      }
      guard rest.count >= digits, rest.prefix(digits).allSatisfy(\.isDigit) else { return nil }
      let value = rest.prefix(digits).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
      rest = rest.dropFirst(digits)
      return value <= limit ? value : nil
    }
    guard rest.count <= 40, let year = number(4, after: nil, upTo: 9999),
      let month = number(2, after: "-", upTo: 12), let day = number(2, after: "-", upTo: 31),
      let hour = number(2, after: "T", upTo: 23), let minute = number(2, after: ":", upTo: 59),
      let second = number(2, after: ":", upTo: 59),
      let days = CivilDay.number(year: year, month: month, day: day)
    else { return nil }
    local = days * 86_400 + hour * 3600 + minute * 60 + second
    // Events are stored to the second.
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix(while: \.isDigit)
      guard (1...9).contains(fraction.count) else { return nil }
      rest = rest.dropFirst(1 + fraction.count)
    }
    switch rest.first {
    case nil: return
    case UInt8(ascii: "Z"), UInt8(ascii: "z"):
      rest = rest.dropFirst()
      offset = 0
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      let sign = rest.popFirst() == UInt8(ascii: "-") ? -1 : 1
      guard let hours = number(2, after: nil, upTo: 23), let minutes = number(2, after: ":", upTo: 59) else {
        return nil
      }
      offset = sign * (hours * 3600 + minutes * 60)
    default: return nil
    }
    guard rest.isEmpty else { return nil }
  }

  /// The instant meant: the first of two when clocks go back, shifted by the gap when they go forward (RFC 5545
  /// §3.3.5).
  func instant(in zone: TimeZone) -> Date {
    func date(_ offset: Int) -> Date { Date(timeIntervalSince1970: Double(local - offset)) }
    if let offset { return date(offset) }
    let before = zone.secondsFromGMT(for: date(86_400))
    let after = zone.secondsFromGMT(for: date(-86_400))
    if zone.secondsFromGMT(for: date(before)) == before { return date(before) }
    return zone.secondsFromGMT(for: date(after)) == after ? date(after) : date(before)
  }

  /// The day of a `yyyy-MM-dd` text, as its midnight in UTC.
  static func date(_ text: String) -> Date? {
    guard text.utf8.count == 10 else { return nil }
    return Timestamp(text + "T00:00:00Z")?.instant(in: .gmt)
  }

  /// The text of RFC 3339 to the second, with `Z` for UTC.
  static func text(_ date: Date, in zone: TimeZone) -> String {
    let offset = zone.secondsFromGMT(for: date)
    let seconds = Int(date.timeIntervalSince1970.rounded(.down))
    guard offset != 0 else { return civil(seconds) + "Z" }
    let minutes = abs(offset) / 60
    return civil(seconds + offset) + (offset < 0 ? "-" : "+") + padded(minutes / 60) + ":"
      + padded(minutes % 60)
  }

  /// The text of RFC 3339 in UTC to the millisecond, as in `created` and `updated`.
  static func precise(_ date: Date) -> String {
    let milliseconds = Int((date.timeIntervalSince1970 * 1000).rounded(.down))
    let seconds = Int((Double(milliseconds) / 1000).rounded(.down))
    return civil(seconds) + "." + padded(milliseconds - seconds * 1000, to: 3) + "Z"
  }

  private static func civil(_ seconds: Int) -> String {
    let days = Int((Double(seconds) / 86_400).rounded(.down))
    let time = seconds - days * 86_400
    let (year, month, day) = CivilDay.date(days)
    return "\(padded(year, to: 4))-\(padded(month))-\(padded(day))T"
      + "\(padded(time / 3600)):\(padded(time / 60 % 60)):\(padded(time % 60))"
  }

  private static func padded(_ number: Int, to width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// Days of the Gregorian calendar, counted from 1 January 1970.
///
/// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
enum CivilDay {
  /// The number of a day; nil for 30 February.
  static func number(year: Int, month: Int, day: Int) -> Int? {
    guard year >= 1, (1...12).contains(month), day >= 1 else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    return date(days) == (year, month, day) ? days : nil
  }

  static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1)
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
