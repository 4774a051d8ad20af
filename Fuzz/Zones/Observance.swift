import Foundation
import FuzzSupport
import ICalendar

/// A STANDARD or DAYLIGHT as an input chooses it, and its onsets counted day by day.
struct Observance {
  let text: String
  /// Seconds since 1970 UTC of the onsets from 1900 to 2100; nil where this count does not know what is meant.
  let onsets: Set<Int>?
  let offset: Int

  init(_ source: inout ChoiceSource) {
    let kind = source.one(of: ["STANDARD", "DAYLIGHT"])
    let (before, after) = (Offset(&source), Offset(&source))
    let start = WallClock(&source)
    var lines = ["DTSTART\(start.parameters):\(start.text)"]
    var rule: YearlyRule?
    var isKnown = start.isPlain && before.seconds != nil && after.seconds != nil
    for _ in 0..<source.one(of: [1, 1, 1, 0, 2]) {
      switch source.number(below: 8) {
      case 7:
        lines.append("RRULE:\(source.otherRule())")
        isKnown = false
      default:
        if rule != nil { isKnown = false }
        let made = YearlyRule(&source)
        rule = made
        lines.append("RRULE:\(made.text)")
      }
    }
    var dates: [WallClock] = []
    for _ in 0..<source.one(of: [0, 0, 0, 1, 2, 9]) {
      let date = WallClock(&source)
      if !date.isPlain { isKnown = false }
      dates.append(date)
      lines.append("RDATE\(date.parameters):\(date.text)")
    }
    if let text = before.text { lines.append("TZOFFSETFROM:\(text)") }
    if let text = after.text { lines.append("TZOFFSETTO:\(text)") }
    // The order of properties says nothing.
    if source.rarely(in: 4) { lines.reverse() }
    text = "BEGIN:\(kind)\n" + lines.joined(separator: "\n") + "\nEND:\(kind)\n"
    offset = after.seconds ?? 0
    guard isKnown, let from = before.seconds else {
      onsets = nil
      return
    }
    let walls = rule.map { $0.onsets(from: start, offset: from) } ?? []
    onsets = walls.map { walls in
      Set((walls + [start.seconds] + dates.map(\.seconds)).map { $0 - from })
    }
  }
}

/// A UTC offset as it is written, and its seconds where there is no doubt.
struct Offset {
  let text: String?
  let seconds: Int?

  init(_ source: inout ChoiceSource) {
    if source.rarely(in: 24) {
      text = source.one(of: [nil, "", "0100", "+01:00", "+2500", "+235959", "-0000", "GMT", "+1", "+01000"])
      seconds = nil
      return
    }
    let minutes = source.one(of: [60, 120, -300, -240, 0, 330, 345, -210, 840, -720, 1439, -1439, 1, -1])
    let more = source.rarely(in: 8) ? source.number(below: 60) : 0
    seconds = minutes.signum() * (abs(minutes) * 60 + more)
    let digits = String(format: "%02d%02d", abs(minutes) / 60, abs(minutes) % 60)
    text = (minutes < 0 ? "-" : "+") + digits + (more > 0 && minutes != 0 ? String(format: "%02d", more) : "")
  }
}

/// A wall-clock time as it is written.
struct WallClock {
  let year: Int
  let month: Int
  let day: Int
  let time: Int
  let text: String
  let parameters: String
  /// Whether it is a local time that exists.
  let isPlain: Bool

  init(_ source: inout ChoiceSource) {
    year =
      source.one(of: [1601, 1970, 1980, 2000, 2007, 2026, 1883, 1900, 1, 2099, 9999])
      + source.number(below: 4) - 1
    month = source.number(below: 12) + 1
    day = source.number(below: 28) + 1
    time =
      source.one(of: [2, 3, 0, 1, 23]) * 3600 + source.one(of: [0, 0, 30, 59]) * 60
      + source.one(of: [0, 0, 59])
    let digits = String(format: "%04d%02d%02d", year, month, day)
    let clock = String(format: "T%02d%02d%02d", time / 3600, time / 60 % 60, time % 60)
    (text, parameters) =
      switch source.number(below: 32) {
      case 31: (digits + clock + "Z", "")
      case 30: (digits, ";VALUE=DATE")
      case 29: (digits + clock, ";TZID=Europe/Berlin")
      case 28: (digits + clock + "/PT1H", ";VALUE=PERIOD")
      case 27: (digits.dropLast(2) + "31" + clock, "")
      case 26: ("", "")
      default: (digits + clock, "")
      }
    isPlain = text == digits + clock && parameters.isEmpty && (1..<9999).contains(year)
  }

  /// On a clock without a zone, since 1970.
  var seconds: Int { dayNumber(year, month, day) * 86_400 + time }
}

/// A rule of a weekday of a month, as nearly all zones have it.
struct YearlyRule {
  private let month: Int
  private let week: Int
  private let weekday: Int
  private let interval: Int
  private let end: End
  let text: String

  private enum End {
    case never
    case count(Int)
    case until(Int)
    case other
  }

  private static let weekdays = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]

  init(_ source: inout ChoiceSource) {
    month = source.number(below: 12) + 1
    week = source.one(of: [-1, 1, 2, 3, 4, 5, -2, -5])
    weekday = source.number(below: 7)
    interval = source.one(of: [1, 1, 1, 1, 2, 3, 400])
    var text = "FREQ=YEARLY;BYMONTH=\(month);BYDAY=\(week)\(Self.weekdays[weekday])"
    if interval > 1 { text += ";INTERVAL=\(interval)" }
    switch source.number(below: 8) {
    case 7:
      let count = source.number(below: 300) + 1
      text += ";COUNT=\(count)"
      end = .count(count)
    case 4, 5, 6:
      let until = WallClock(&source)
      text += ";UNTIL=\(until.text)Z"
      end = until.isPlain ? .until(until.seconds) : .other
    default: end = .never
    }
    self.text = text
  }

  /// Wall clocks from 1900 to 2100, in seconds; nil where the rule and its start do not go together.
  func onsets(from start: WallClock, offset: Int) -> [Int]? {
    if case .other = end { return nil }
    var (found, left): ([Int], Int) = ([], .max)
    if case .count(let count) = end {
      guard day(in: start.year) == dayNumber(start.year, start.month, start.day) else { return nil }
      left = count
    }
    for year in stride(from: start.year, through: 2100, by: interval) {
      guard let day = day(in: year) else { continue }
      let wall = day * 86_400 + start.time
      guard wall >= start.seconds else { continue }
      if case .until(let last) = end, wall - offset > last { break }
      guard left > 0 else { break }
      left -= 1
      if year >= 1900 { found.append(wall) }
    }
    return found
  }

  /// The day number in a year, found by looking at each day of the month.
  private func day(in year: Int) -> Int? {
    let first = dayNumber(year, month, 1)
    let next = month == 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1)
    // 1970-01-01 was a Thursday.
    let days = (first..<next).filter { ($0 + 4) % 7 == weekday || ($0 + 4) % 7 + 7 == weekday }
    let index = week > 0 ? week - 1 : days.count + week
    return days.indices.contains(index) ? days[index] : nil
  }
}

/// Days since 1970-01-01, by counting the leap years.
func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
  func leaps(_ year: Int) -> Int { year / 4 - year / 100 + year / 400 }
  let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
  let months = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  let years = (year - 1970) * 365 + leaps(year - 1) - leaps(1969)
  return years + months.prefix(month - 1).reduce(0, +) + day - 1
}

/// Compares the zone with the onsets of its parts: the latest says the offset (RFC 5545 §3.6.5).
func checkModel(_ observances: [Observance], _ zone: Zone, at instants: [Date]) {
  var all: [Int: Int] = [:]
  for observance in observances {
    guard let onsets = observance.onsets else { return }
    for onset in onsets {
      // Two changes at once: nobody knows which counts.
      if let other = all[onset], other != observance.offset { return }
      all[onset] = observance.offset
    }
  }
  let sorted = all.sorted { $0.key < $1.key }
  // Zones are known from 1900 to 2100.
  for instant in instants where (-2_145_916_800..<4_070_908_800).contains(instant.timeIntervalSince1970) {
    guard let last = sorted.last(where: { Double($0.key) <= instant.timeIntervalSince1970 }) else { continue }
    expect(zone.offset(at: instant) == last.value, "the latest onset says the offset")
  }
}

extension ChoiceSource {
  /// A rule as few zones have it, and none should.
  mutating func otherRule() -> String {
    let frequency = one(of: ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY", ""])
    var text = "FREQ=\(frequency)"
    for _ in 0..<number(below: 5) {
      text += one(of: [
        ";BYMONTH=3", ";BYMONTH=3,10", ";BYDAY=SU", ";BYDAY=1SU", ";BYDAY=-1SU,2MO", ";BYDAY=53MO",
        ";BYHOUR=2",
        ";BYHOUR=0,1,2,3,4,5", ";BYMINUTE=0", ";BYSECOND=0,59,60", ";BYMONTHDAY=8,9,10,11,12,13,14",
        ";BYMONTHDAY=31",
        ";BYYEARDAY=-1", ";BYYEARDAY=366", ";BYWEEKNO=53", ";BYSETPOS=1", ";BYSETPOS=-1", ";INTERVAL=12",
        ";INTERVAL=99999999", ";COUNT=1", ";COUNT=99999999", ";UNTIL=20370101", ";UNTIL=99991231T235959Z",
        ";UNTIL=00010101T000000Z", ";WKST=SU", ";RSCALE=GREGORIAN;SKIP=FORWARD", ";RSCALE=CHINESE",
        ";X-OTHER=1",
      ])
    }
    return text
  }
}
