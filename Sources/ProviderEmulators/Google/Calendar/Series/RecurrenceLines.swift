import Foundation
import ICalendar
import JSONModel

/// The `recurrence` of an event: RRULE, EXRULE, RDATE and EXDATE lines; DTSTART and DTEND belong into `start` and `end`.
enum RecurrenceLines {
  /// Limits that keep a client's impossible or endless rule from occupying the emulator.
  private static let limits = RecurrenceLimits(emptyPeriods: 100_000, skippedInstances: 200_000, instances: 1)

  /// The lines as stored, nil when there are none; throws the API's error.
  static func checked(_ json: JSON, from start: EventTime) throws(GoogleError) -> JSON? {
    guard let lines = json.array, lines.count <= 100 else { throw .invalid("Invalid recurrence.") }
    var texts: [String] = []
    for line in lines {
      guard let text = line.string, text.utf8.count <= 4096 else {
        throw .invalid("Invalid recurrence rule.")
      }
      texts.append(text)
    }
    guard !texts.isEmpty else { return nil }
    _ = try set(texts, from: start)
    return json
  }

  /// The recurrence set that the lines describe for an event with this start.
  static func set(_ lines: [String], from start: EventTime) throws(GoogleError) -> RecurrenceSet {
    let first = try time(start)
    let timing: EventTiming =
      switch first {
      case .zoned(let time): .timed(start: time, end: time)
      case .date, .floating: .allDay(start: first.local.date, end: first.local.date.adding(days: 1))
      }
    var component = EventComponent(uid: "lines", dtstamp: Date(timeIntervalSince1970: 0), timing: timing)
    let read: EventRecurrence
    do {
      try component.setRecurrence(lines)
      read = component.typedRecurrence
    } catch {
      throw .invalid("Invalid recurrence rule.")
    }
    guard read.unread.isEmpty else { throw .invalid("Invalid recurrence rule.") }
    for line in lines { try checkStrictly(line) }
    for rule in read.rules + read.exclusionRules { try checkEnd(of: rule) }
    if read.dates.contains(where: { $0.end != nil }) { throw .notEmulated("RDATE with a length of its own") }
    return RecurrenceSet(
      start: first,
      rules: read.rules,
      dates: read.dates,
      // Google reads a date among times and excludes nothing by it (Stack Overflow 25171709).
      exclusions: read.exclusions.filter { $0.isDate == first.isDate },
      exclusionRules: read.exclusionRules,
      limits: limits
    )
  }

  private static func time(_ start: EventTime) throws(GoogleError) -> RecurrenceTime {
    switch start {
    case .instant(let instant, let name):
      guard let zone = name.flatMap({ Zone($0) }) else {
        throw .required("Missing time zone definition for start time.")
      }
      return .zoned(ZonedDateTime(instant: instant, zone: zone))
    case .date(let day):
      return .date(ZonedDateTime(instant: day, zone: .utc).local.date)
    }
  }

  /// Refuses rules that ICalendar forgives in files of all kinds, but that an API's client has no reason to send.
  private static func checkStrictly(_ line: String) throws(GoogleError) {
    guard let colon = line.firstIndex(of: ":"), line[..<colon].uppercased().contains("RULE") else { return }
    let value = String(line[line.index(after: colon)...])
    guard (try? RecurrenceRule(value, isStrict: true)) != nil else {
      throw .invalid("Invalid recurrence rule.")
    }
  }

  /// Google takes days and times in UTC, whatever the start is, but no time without a zone (googleapis.dart issue 223).
  private static func checkEnd(of rule: RecurrenceRule) throws(GoogleError) {
    guard case .until(.floating) = rule.end else { return }
    throw .invalid("Invalid recurrence rule.")
  }
}
