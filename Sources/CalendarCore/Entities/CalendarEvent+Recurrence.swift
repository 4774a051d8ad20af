package import Foundation
package import ICalendar

extension EventSeries {
  /// The times of a recurrence, and nothing else of it.
  ///
  /// Lines that cannot be read say nothing, as they came from somewhere else.
  package init(_ timing: EventTiming, repeating lines: [String]) {
    var event = EventComponent(uid: "", dtstamp: Date(timeIntervalSince1970: 0), timing: timing)
    var readable: [String] = []
    for line in lines where (try? event.setRecurrence([line])) != nil { readable.append(line) }
    // Each of them was taken by itself.
    try? event.setRecurrence(readable)
    self.init(master: event)
  }
}

extension CalendarEvent {
  /// When the event takes place, with all its repetitions as its rules have them.
  package var series: EventSeries { EventSeries(timing, repeating: recurrence) }

  /// When the last occurrence has ended, at the latest; for finding what may take place in a span of time.
  ///
  /// Nil for what happens once, `distantFuture` for what never ends or repeats more than 5,000 times by COUNT. Days
  /// are read in UTC, and exclusions are not counted: taking one occurrence away must not move the bound.
  package var repeatsUntil: Date? {
    guard isRecurring else { return nil }
    let set = series.recurrenceSet
    var last = timing.startInstant(in: .utc)
    for rule in set.rules {
      guard let end = set.lastStart(of: rule) else { return .distantFuture }
      last = max(last, end)
    }
    for occurrence in RecurrenceSet(start: set.start, dates: set.dates) {
      last = max(last, occurrence.instant)
    }
    let length = timing.endInstant(in: .utc).timeIntervalSince(timing.startInstant(in: .utc))
    let periods = set.dates.compactMap { date in date.end.map { set.instant(of: $0) } }
    return max(last.addingTimeInterval(length), periods.max() ?? .distantPast)
  }
}

extension RecurrenceSet {
  /// How many instances are counted one by one before the end counts as out of sight.
  private static let countedInstances = 5000

  /// No instance of the rule starts later; nil where that is too far away, or never.
  fileprivate func lastStart(of rule: RecurrenceRule) -> Date? {
    switch rule.end {
    case .never: return nil
    case .until(let until): return instant(of: until)
    case .count(let count):
      guard count <= Self.countedInstances else { return nil }
      var instances = RecurrenceSet(start: start, rules: [rule]).makeIterator()
      var last: Date?
      while let next = instances.next() { last = next.instant }
      return instances.reachedLimit ? nil : last
    }
  }

  /// The instant of a time among this set's; a day among times is at its end.
  fileprivate func instant(of time: RecurrenceTime) -> Date {
    switch (start, time) {
    case (.date, _): return ZonedDateTime(local: LocalDateTime(startOf: time.local.date), zone: .utc).instant
    case (_, .zoned(let zoned)): return zoned.instant
    case (_, .floating(let local)): return ZonedDateTime(local: local, zone: start.zone ?? .utc).instant
    case (_, .date(let date)):
      let midnight = LocalDateTime(startOf: date.adding(days: 1))
      return ZonedDateTime(local: midnight, zone: start.zone ?? .utc).instant
    }
  }
}
