import Foundation
import ICalendar
import JSONModel

/// A recurring event as what it repeats into.
///
/// Which instances there are is ICalendar's to say; what an instance says is the series' fields, and those of its
/// exception where it has one.
struct RecurringEvent {
  let master: StoredEvent
  let start: EventTime
  /// Seconds from start to end: of days too, which count as in UTC.
  let length: TimeInterval
  private let end: EventTime
  private let set: RecurrenceSet

  /// Nil for an event that does not recur.
  init?(_ master: StoredEvent) {
    guard master.isSeries, let lines = master.fields["recurrence"]?.array, let start = master.start,
      let end = master.end, let set = try? RecurrenceLines.set(lines.compactMap(\.string), from: start)
    else { return nil }
    self.master = master
    self.start = start
    self.end = end
    self.set = set
    length = end.instant(in: .gmt).timeIntervalSince(start.instant(in: .gmt))
  }

  /// When instances begin, exceptions as if they were none: the first so many in a span, days as in UTC.
  func starts(from first: Date, until last: Date, limit: Int) -> [EventTime] {
    var set = set
    set.limits.instances = limit
    return set.between(first, last).occurrences.map { time(start, at: $0.instant) }
  }

  func hasInstance(at time: EventTime) -> Bool {
    guard time.isDate == start.isDate else { return false }
    let instant = time.instant(in: .gmt)
    return !starts(from: instant, until: instant.addingTimeInterval(1), limit: 1).isEmpty
  }

  // MARK: Ids

  /// `{eventId}_{original start in UTC}`, or the day.
  func instanceID(at time: EventTime) -> String {
    let text = Timestamp.text(time.instant(in: .gmt), in: .gmt).filter { $0 != "-" && $0 != ":" }
    return "\(master.id)_\(time.isDate ? String(text.prefix(8)) : text)"
  }

  /// When the instance of that id begins, if it is one.
  func start(ofInstance id: String) -> EventTime? {
    guard id.hasPrefix(master.id + "_") else { return nil }
    let digits = Array(id.dropFirst(master.id.count + 1))
    // Only what `instanceID` writes can be equal to it, so that the places need no check.
    guard digits.count == (start.isDate ? 8 : 16) else { return nil }
    func part(_ range: Range<Int>) -> String { String(digits[range]) }
    let day = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
    let text = start.isDate ? "\(day)T00:00:00Z" : "\(day)T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z"
    guard let instant = Timestamp(text)?.instant(in: .gmt) else { return nil }
    let time = time(start, at: instant)
    return instanceID(at: time) == id && hasInstance(at: time) ? time : nil
  }

  // MARK: What instances say

  /// The instance as answered: everything that it says, its exception's word before the series'.
  func instance(at time: EventTime, exception: StoredEvent? = nil) -> StoredEvent {
    var event = master
    event.id = instanceID(at: time)
    event.recurringEventID = master.id
    event.originalStart = time.stored
    event.fields = inherited(at: time)
    guard let exception else { return event }
    for (key, value) in exception.fields.object ?? [:] { event.fields[key] = value == .null ? nil : value }
    event.sequence = max(master.sequence, exception.sequence)
    event.isDeleted = master.isDeleted || exception.isDeleted
    event.created = exception.created
    event.updated = max(master.updated, exception.updated)
    // An instance has a new version whenever it or its series has one.
    event.change = max(master.change, exception.change)
    if exception.fields["conferenceData"] != nil { event.awaited = exception.awaited }
    return event
  }

  /// The exception that keeps what was written of an instance; everything else goes on following the series.
  ///
  /// `event` is the instance as it shall be, `written` are the fields that the client named, `old` the exception that
  /// there was.
  func exception(_ event: StoredEvent, written: Set<String>, over old: StoredEvent?) -> StoredEvent {
    guard let time = event.originalTime else { return event }
    let inherited = inherited(at: time)
    var kept = event
    kept.fields = [:]
    let keys = [event.fields, inherited, old?.fields ?? [:]].flatMap { ($0.object ?? [:]).keys }
    for key in Swift.Set(keys).subtracting(["recurrence", "sequence"]) {
      let isOwn = event.fields[key] != inherited[key] || written.contains(key) || old?.fields[key] != nil
      if isOwn { kept.fields[key] = event.fields[key] ?? .null }
    }
    // A length that the series gets later must not turn a moved instance around.
    if kept.fields["start"] != nil || kept.fields["end"] != nil {
      for key in ["start", "end"] { kept.fields[key] = event.fields[key] }
    }
    if kept.fields["conferenceData"] == nil { kept.awaited = nil }
    kept.organizer = nil
    kept.isGone = nil
    return kept
  }

  private func inherited(at time: EventTime) -> JSON {
    var fields = master.fields
    for key in ["recurrence", "sequence"] { fields[key] = nil }
    fields["start"] = time.stored
    fields["end"] = self.time(end, at: time.instant(in: .gmt).addingTimeInterval(length)).stored
    return fields
  }

  private func time(_ form: EventTime, at instant: Date) -> EventTime {
    switch form {
    case .date: .date(instant)
    case .instant(_, let zone): .instant(instant, zone: zone)
    }
  }
}
