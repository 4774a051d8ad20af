import Foundation
import ICalendar

/// The rules of a time zone as Exchange keeps them with an event ([MS-OXOCAL] §2.2.1.41).
///
/// They are all that tells a zone whose name (`tzone://Microsoft/Custom`, or whatever another program called it) is known
/// to nobody else.
struct TimeZoneDefinition {
  /// When the clocks are changed (SYSTEMTIME, [MS-DTYP] §2.3.13): every year, or in one year only.
  struct Change {
    let year: Int
    let month: Int
    /// 0 for Sunday.
    let weekday: Int
    /// The day; in a change of every year which of its weekdays in the month, 5 for the last.
    let day: Int
    let hour: Int
    let minute: Int
  }

  /// The offsets, in seconds east of UTC, that hold from the beginning of a year on, and when they alternate.
  struct Rule {
    let year: Int
    let standard: Int
    let daylight: Int
    let toStandard: Change?
    let toDaylight: Change?
  }

  /// In order of time.
  let rules: [Rule]

  /// Reads the octets; nil for anything else.
  init?(_ octets: [UInt8]) {
    var reader = LittleEndianReader(octets)
    guard reader.byte() == 2, reader.byte() != nil, let header = reader.short(), header >= 6,
      reader.skip(header - 2), let count = reader.short(), (1...1024).contains(count)
    else { return nil }
    var rules: [Rule] = []
    for _ in 0..<count {
      guard let rule = reader.rule() else { return nil }
      rules.append(rule)
    }
    self.rules = rules.sorted { $0.year < $1.year }
  }

  /// The zone, right for ten years from an instant on; nil for rules that no clock follows.
  func zone(from instant: Date) -> Zone? {
    let year = ZonedDateTime(instant: instant, zone: .utc).local.date.year
    guard (1601...9000).contains(year) else { return nil }
    var parts: [Component] = []
    var offset: Int?
    for year in (year - 1)...(year + 10) {
      guard let rule = rules.last(where: { $0.year <= year }) ?? rules.first,
        let newYear = CalendarDate(year: year, month: 1, day: 1)
      else { return nil }
      let onsets = rule.onsets(in: year)
      // The year begins as the one before it ended, unless its rule is another one.
      let first = onsets.last?.offset ?? rule.standard
      if offset != first {
        let onset = Onset(at: LocalDateTime(startOf: newYear), offset: first, isDaylight: false)
        parts.append(onset.component(after: offset ?? first))
      }
      offset = first
      for onset in onsets {
        parts.append(onset.component(after: offset ?? onset.offset))
        offset = onset.offset
      }
    }
    let name = ContentLine("TZID", text: "Exchange")
    return Zone(definition: Component("VTIMEZONE", properties: [name], components: parts))
  }
}

/// A change of the clocks, by what they show just before it.
private struct Onset {
  let at: LocalDateTime
  let offset: Int
  let isDaylight: Bool

  func component(after before: Int) -> Component {
    Component(
      isDaylight ? "DAYLIGHT" : "STANDARD",
      properties: [
        ContentLine("DTSTART", value: "\(at)".filter { $0 != "-" && $0 != ":" }),
        ContentLine("TZOFFSETFROM", value: UTCOffset(seconds: before).description),
        ContentLine("TZOFFSETTO", value: UTCOffset(seconds: offset).description),
      ]
    )
  }
}

extension TimeZoneDefinition.Rule {
  /// The changes of a year, in order.
  fileprivate func onsets(in year: Int) -> [Onset] {
    let changes = [(toStandard, standard, false), (toDaylight, daylight, true)]
    return changes.compactMap { change, offset, isDaylight in
      change?.time(in: year).map { Onset(at: $0, offset: offset, isDaylight: isDaylight) }
    }
    .sorted { $0.at < $1.at }
  }
}

extension TimeZoneDefinition.Change {
  fileprivate func time(in year: Int) -> LocalDateTime? {
    guard self.year == 0 || self.year == year, let first = CalendarDate(year: year, month: month, day: 1)
    else { return nil }
    var date = CalendarDate(year: year, month: month, day: day)
    if self.year == 0 {
      let weekdays = (0..<first.lengthOfMonth).map { first.adding(days: $0) }
        .filter { ($0.dayNumber + 4) % 7 == weekday }
      date = weekdays.prefix(day).last
    }
    return date.flatMap { LocalDateTime(date: $0, hour: hour, minute: minute) }
  }
}

/// Reads numbers whose lowest octet comes first.
private struct LittleEndianReader {
  private var rest: ArraySlice<UInt8>

  init(_ octets: [UInt8]) { rest = octets[...] }

  mutating func byte() -> Int? { rest.popFirst().map(Int.init) }

  mutating func short() -> Int? {
    guard let low = byte(), let high = byte() else { return nil }
    return low | high << 8
  }

  mutating func long() -> Int? {
    guard let low = short(), let high = short() else { return nil }
    return Int(Int32(truncatingIfNeeded: low | high << 16))
  }

  /// False when there are not so many.
  mutating func skip(_ count: Int) -> Bool {
    guard count <= rest.count else { return false }
    rest = rest.dropFirst(count)
    return true
  }

  /// A TZRule of 66 octets.
  mutating func rule() -> TimeZoneDefinition.Rule? {
    // Versions, size and flags.
    guard skip(6), let year = short(), skip(14), let bias = long(), let standard = long(),
      let daylight = long(), let toStandard = change(), let toDaylight = change(),
      [bias + standard, bias + daylight].allSatisfy({ (-16 * 60...16 * 60).contains($0) })
    else { return nil }
    return TimeZoneDefinition.Rule(
      year: year,
      standard: -60 * (bias + standard),
      daylight: -60 * (bias + daylight),
      // Without a month there is no daylight saving time.
      toStandard: toStandard.month == 0 || toDaylight.month == 0 ? nil : toStandard,
      toDaylight: toStandard.month == 0 || toDaylight.month == 0 ? nil : toDaylight
    )
  }

  private mutating func change() -> TimeZoneDefinition.Change? {
    guard let year = short(), let month = short(), let weekday = short(), let day = short(),
      let hour = short(), let minute = short(), skip(4), month <= 12, weekday <= 6
    else { return nil }
    return TimeZoneDefinition.Change(
      year: year,
      month: month,
      weekday: weekday,
      day: day,
      hour: hour,
      minute: minute
    )
  }
}
