import ICalendar
import JSONModel
import ProviderKit

/// Graph's `patternedRecurrence`: how a series repeats, and over what time.
///
/// Only the parts that mean something for the type are kept, so that two which mean the same are equal.
struct WireRecurrence: Sendable, Hashable {
  enum Kind: String, Sendable {
    case daily, weekly, absoluteMonthly, relativeMonthly, absoluteYearly, relativeYearly
  }

  enum End: Sendable, Hashable {
    case never
    case day(CalendarDate)
    case count(Int)
  }

  static let dayNames: [Weekday: String] = [
    .monday: "monday", .tuesday: "tuesday", .wednesday: "wednesday", .thursday: "thursday", .friday: "friday",
    .saturday: "saturday", .sunday: "sunday",
  ]
  /// Which of a month's days: 1 to 4, and -1 for the last.
  static let indexNames = [1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"]

  var kind: Kind
  var interval: Int
  var month: Int?
  /// 31 is the last day of every month.
  var dayOfMonth: Int?
  var daysOfWeek: Set<Weekday> = []
  var firstDayOfWeek: Weekday?
  var index: Int?
  var start: CalendarDate
  var end: End

  /// Nil for a recurrence that Graph does not have.
  init?(_ json: JSON?) {
    guard let pattern = json?["pattern"], let range = json?["range"],
      let kind = pattern["type"]?.string.flatMap(Kind.init), let interval = pattern["interval"]?.integer,
      (1...999).contains(interval), let start = range["startDate"]?.string.flatMap({ CalendarDate($0) })
    else { return nil }
    self.kind = kind
    self.interval = interval
    self.start = start
    switch range["type"]?.string {
    case "noEnd": end = .never
    case "endDate":
      guard let last = range["endDate"]?.string.flatMap({ CalendarDate($0) }) else { return nil }
      end = .day(last)
    case "numbered":
      guard let count = range["numberOfOccurrences"]?.integer, count > 0 else { return nil }
      end = .count(count)
    default: return nil
    }
    let names = pattern["daysOfWeek"]?.array?.compactMap(\.string) ?? []
    let days = Self.dayNames.filter { names.contains($0.value.lowercased()) }.map(\.key)
    switch kind {
    case .daily: break
    case .weekly:
      daysOfWeek = Set(days)
      let first = pattern["firstDayOfWeek"]?.string ?? "sunday"
      firstDayOfWeek = Self.dayNames.first { $0.value == first.lowercased() }?.key
    case .absoluteMonthly: dayOfMonth = pattern["dayOfMonth"]?.integer
    case .absoluteYearly: (dayOfMonth, month) = (pattern["dayOfMonth"]?.integer, pattern["month"]?.integer)
    case .relativeMonthly, .relativeYearly:
      daysOfWeek = Set(days)
      let name = pattern["index"]?.string ?? "first"
      index = Self.indexNames.first { $0.value == name }?.key
      if kind == .relativeYearly { month = pattern["month"]?.integer }
    }
  }

  init(_ kind: Kind, interval: Int, start: CalendarDate, end: End) {
    self.kind = kind
    self.interval = interval
    self.start = start
    self.end = end
  }

  /// As it is sent; `zone` is the one in which its days are meant.
  func json(in zone: String) -> JSON {
    var pattern: JSON = ["type": .string(kind.rawValue), "interval": .integer(interval)]
    if let month { pattern["month"] = .integer(month) }
    if let dayOfMonth { pattern["dayOfMonth"] = .integer(dayOfMonth) }
    if !daysOfWeek.isEmpty {
      let names = Weekday.allCases.filter(daysOfWeek.contains).compactMap { Self.dayNames[$0] }
      pattern["daysOfWeek"] = .array(names.map(JSON.string))
    }
    if let name = firstDayOfWeek.flatMap({ Self.dayNames[$0] }) { pattern["firstDayOfWeek"] = .string(name) }
    if let name = index.flatMap({ Self.indexNames[$0] }) { pattern["index"] = .string(name) }
    var range: JSON = ["startDate": .string("\(start)"), "recurrenceTimeZone": .string(zone)]
    switch end {
    case .never: range["type"] = "noEnd"
    case .day(let day): (range["type"], range["endDate"]) = ("endDate", .string("\(day)"))
    case .count(let count): (range["type"], range["numberOfOccurrences"]) = ("numbered", .integer(count))
    }
    return ["pattern": pattern, "range": range]
  }
}
