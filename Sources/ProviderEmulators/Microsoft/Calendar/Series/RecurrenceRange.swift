import ICalendar
import JSONModel

/// The span in which a series repeats: Graph's `recurrenceRange`.
struct RecurrenceRange: Equatable {
  enum End: Equatable {
    case never
    case day(CalendarDate)
    case count(Int)
  }

  var start: CalendarDate
  let end: End
  /// The zone of the dates, if the range names one.
  let zone: OutlookZone?

  init(_ json: JSON) throws(MicrosoftError) {
    guard let start = json["startDate"]?.string.flatMap(CalendarDate.init(graph:)) else { throw .validation }
    self.start = start
    switch json["type"]?.string {
    case "noEnd": end = .never
    case "endDate":
      guard let day = json["endDate"]?.string.flatMap(CalendarDate.init(graph:)), day >= start else {
        throw .validation
      }
      end = .day(day)
    case "numbered":
      guard let count = json["numberOfOccurrences"]?.integer, (1...999).contains(count) else {
        throw .validation
      }
      end = .count(count)
    default: throw .validation
    }
    guard let name = json["recurrenceTimeZone"]?.string, !name.isEmpty else {
      zone = nil
      return
    }
    guard let zone = OutlookZone(asked: name) else { throw .unsupportedZone(name) }
    self.zone = zone
  }

  /// The range as returned, with every property, even those without a meaning.
  func json(in zone: OutlookZone) -> JSON {
    var json: JSON = [
      "startDate": .string(start.graph), "endDate": "0001-01-01", "numberOfOccurrences": 0,
      "recurrenceTimeZone": .string(zone.windowsName),
    ]
    switch end {
    case .never: json["type"] = "noEnd"
    case .day(let day):
      json["type"] = "endDate"
      json["endDate"] = .string(day.graph)
    case .count(let count):
      json["type"] = "numbered"
      json["numberOfOccurrences"] = .integer(count)
    }
    return json
  }
}

/// The days of a pattern within a range, in order.
struct RecurrenceDays: Sequence, IteratorProtocol {
  private let pattern: RecurrencePattern
  private let range: RecurrenceRange
  private var period = 0
  private var found: [CalendarDate] = []
  private var count = 0

  init(_ pattern: RecurrencePattern, _ range: RecurrenceRange) {
    self.pattern = pattern
    self.range = range
  }

  mutating func next() -> CalendarDate? {
    while found.isEmpty {
      guard let days = pattern.days(inPeriod: period, from: range.start) else { return nil }
      period += 1
      found = days.filter { $0 >= range.start }.reversed()
    }
    guard let day = found.popLast() else { return nil }
    count += 1
    switch range.end {
    case .day(let last) where day > last: return nil
    case .count(let limit) where count > limit: return nil
    case .never, .day, .count: return day
    }
  }
}

extension CalendarDate {
  /// Reads a date such as "2027-03-01".
  init?(graph text: String) {
    guard text.utf8.count == 10, let local = LocalDateTime("\(text)T00:00:00") else { return nil }
    self = local.date
  }

  var graph: String { String(LocalDateTime(startOf: self).description.prefix(10)) }
}
