import Foundation
import ICalendar
import JSONModel

/// A recurring event together with the instances into which it expands.
///
/// ICalendar decides which instances exist; an instance has the series' fields, and those of its exception where there
/// is one.
struct RecurringEvent {
  let master: StoredEvent
  let start: EventTime
  /// Seconds from start to end; days count as in UTC.
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

  /// The first `limit` starts of instances in a span, without regard to exceptions; days as in UTC.
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

  /// The id of an instance: `{eventId}_{original start in UTC}`, or with the date.
  func instanceID(at time: EventTime) -> String {
    let text = Timestamp.text(time.instant(in: .gmt), in: .gmt).filter { $0 != "-" && $0 != ":" }
    return "\(master.id)_\(time.isDate ? String(text.prefix(8)) : text)"
  }

  /// The start of the instance with that id, if it is one.
  func start(ofInstance id: String) -> EventTime? {
    guard id.hasPrefix(master.id + "_") else { return nil }
    let digits = Array(id.dropFirst(master.id.count + 1))
    // Only text that `instanceID` writes can be equal to it, so that the digits' positions need no check.
    guard digits.count == (start.isDate ? 8 : 16) else { return nil }
    func part(_ range: Range<Int>) -> String { String(digits[range]) }
    let day = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
    let text = start.isDate ? "\(day)T00:00:00Z" : "\(day)T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z"
    guard let instant = Timestamp(text)?.instant(in: .gmt) else { return nil }
    let time = time(start, at: instant)
    return instanceID(at: time) == id && hasInstance(at: time) ? time : nil
  }

  // MARK: Instances

  /// The instance as returned, with all fields: its exception's before the series'.
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
    // An instance gets a new version whenever it or its series does.
    event.change = max(master.change, exception.change)
    if exception.fields["conferenceData"] != nil { event.awaited = exception.awaited }
    return event
  }

  /// The exception that stores the fields written to an instance; the others continue to follow the series.
  ///
  /// `event` is the instance after the write, `written` are the fields that the client named, `old` is the exception
  /// before.
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
    // A length that the series gets later must not put a moved instance's end before its start.
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
