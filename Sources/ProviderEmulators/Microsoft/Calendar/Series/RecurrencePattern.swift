import ICalendar
import JSONModel

/// How often a series repeats: one of Graph's six types of `recurrencePattern`, with a checked value of each
/// part.
struct RecurrencePattern: Equatable {
  enum Kind: String {
    case daily, weekly, absoluteMonthly, relativeMonthly, absoluteYearly, relativeYearly
  }

  static let dayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
  static let indexNames = ["first", "second", "third", "fourth", "last"]

  let kind: Kind
  let interval: Int
  let month: Int
  let dayOfMonth: Int
  /// Days of the week, 0 for Sunday.
  let daysOfWeek: [Int]
  let firstDayOfWeek: Int
  /// Which of the month's matching days counts, as an index into `indexNames`.
  let index: Int

  init(_ json: JSON) throws(MicrosoftError) {
    guard let name = json["type"]?.string, let kind = Kind(rawValue: name) else { throw .validation }
    self.kind = kind
    // Outlook supports no longer intervals.
    interval = try Self.number(json["interval"], in: 1...(kind == .daily ? 999 : 99))
    let isAbsolute = [.absoluteMonthly, .absoluteYearly].contains(kind)
    dayOfMonth = isAbsolute ? try Self.number(json["dayOfMonth"], in: 1...31) : 0
    month =
      [.absoluteYearly, .relativeYearly].contains(kind) ? try Self.number(json["month"], in: 1...12) : 0
    let usesWeek = [.weekly, .relativeMonthly, .relativeYearly].contains(kind)
    daysOfWeek = usesWeek ? try Self.days(json["daysOfWeek"]) : []
    firstDayOfWeek =
      kind == .weekly ? try Self.place(json["firstDayOfWeek"], in: Self.dayNames) : 0
    index = usesWeek && kind != .weekly ? try Self.place(json["index"], in: Self.indexNames) : 0
  }

  /// The pattern as returned, with every property, even those without a meaning.
  var json: JSON {
    var json: JSON = [
      "type": .string(kind.rawValue), "interval": .integer(interval), "month": .integer(month),
      "dayOfMonth": .integer(dayOfMonth), "firstDayOfWeek": .string(Self.dayNames[firstDayOfWeek]),
      "index": .string(Self.indexNames[index]),
    ]
    if !daysOfWeek.isEmpty {
      json["daysOfWeek"] = .array(daysOfWeek.map { .string(Self.dayNames[$0]) })
    }
    return json
  }

  /// The days of the period that is `number` periods after the one of `start`, even those before `start`.
  ///
  /// Returns nil after the end of the calendar.
  func days(inPeriod number: Int, from start: CalendarDate) -> [CalendarDate]? {
    let steps = number * interval
    switch kind {
    case .daily:
      return start.year < 9999 || steps == 0 ? [start.adding(days: steps)] : nil
    case .weekly:
      let intoWeek = (start.weekdayNumber - firstDayOfWeek + 7) % 7
      let week = start.adding(days: steps * 7 - intoWeek)
      let offsets = daysOfWeek.map { ($0 - firstDayOfWeek + 7) % 7 }.sorted()
      return week.year < 9999 ? offsets.map(week.adding) : nil
    case .absoluteMonthly, .relativeMonthly:
      let months = start.year * 12 + start.month - 1 + steps
      return day(inMonth: months % 12 + 1, of: months / 12)
    case .absoluteYearly, .relativeYearly:
      return day(inMonth: month, of: start.year + steps)
    }
  }

  private func day(inMonth month: Int, of year: Int) -> [CalendarDate]? {
    guard let first = CalendarDate(year: year, month: month, day: 1), year < 9999 else { return nil }
    let next =
      month == 12
      ? CalendarDate(year: year + 1, month: 1, day: 1) : CalendarDate(year: year, month: month + 1, day: 1)
    let length = (next ?? first).dayNumber - first.dayNumber
    if [.absoluteMonthly, .absoluteYearly].contains(kind) {
      // Exchange takes the last day when a month is too short; RFC 5545 would skip the month.
      return [first.adding(days: min(dayOfMonth, length) - 1)]
    }
    // Of several weekdays, the first that satisfies the pattern counts.
    let matching = (0..<length).map(first.adding).filter { daysOfWeek.contains($0.weekdayNumber) }
    return index == 4 ? matching.suffix(1) : Array(matching.dropFirst(index).prefix(1))
  }

  private static func number(_ json: JSON?, in range: ClosedRange<Int>) throws(MicrosoftError) -> Int {
    guard let value = json?.integer, range.contains(value) else { throw .validation }
    return value
  }

  private static func place(_ json: JSON?, in names: [String]) throws(MicrosoftError) -> Int {
    guard let json, json != .null else { return 0 }
    guard let name = json.string, let place = names.firstIndex(of: name) else { throw .validation }
    return place
  }

  private static func days(_ json: JSON?) throws(MicrosoftError) -> [Int] {
    guard let names = json?.array, !names.isEmpty else { throw .validation }
    var days: Set<Int> = []
    for name in names {
      guard let text = name.string, let day = dayNames.firstIndex(of: text) else { throw .validation }
      days.insert(day)
    }
    return days.sorted()
  }
}

extension CalendarDate {
  /// 0 for Sunday.
  var weekdayNumber: Int { ((dayNumber + 4) % 7 + 7) % 7 }
}
