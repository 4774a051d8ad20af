import Foundation
import ICalendar
import JSONModel

/// A series with its occurrences: the series' own content on each day of its pattern, or that of an exception.
struct RecurringMeeting {
  let master: StoredMeeting
  let start: MeetingTime
  /// Seconds from start to end on the wall clock.
  let length: Int
  private let pattern: RecurrencePattern
  private let range: RecurrenceRange
  private let exceptions: [String: StoredMeeting]

  /// Nil for an event that does not recur.
  init?(_ master: StoredMeeting, in mailbox: Mailbox) {
    self.init(master, exceptions: mailbox.exceptions(of: master.key))
  }

  init?(_ master: StoredMeeting, exceptions: [String: StoredMeeting]) {
    guard master.isSeries, let recurrence = master.fields["recurrence"], let start = master.start,
      let end = master.end, let pattern = recurrence["pattern"].flatMap({ try? RecurrencePattern($0) }),
      let range = recurrence["range"].flatMap({ try? RecurrenceRange($0) })
    else { return nil }
    self.master = master
    self.start = start
    self.pattern = pattern
    self.range = range
    self.exceptions = exceptions
    length = end.local.wallSeconds - start.local.wallSeconds
  }

  /// The days of the pattern up to a date, including those of deleted occurrences.
  private func days(until last: CalendarDate) -> [CalendarDate] {
    var days: [CalendarDate] = []
    for day in RecurrenceDays(pattern, range) {
      guard day <= last else { break }
      days.append(day)
    }
    return days
  }

  /// The occurrences that overlap a span of time, by start, without deleted ones.
  func occurrences(touching span: Range<Date>) -> [StoredMeeting] {
    let last = ZonedDateTime(instant: span.upperBound, zone: start.zone.rules).local.date.adding(days: 1)
    let first = ZonedDateTime(instant: span.lowerBound, zone: start.zone.rules).local.date
      .adding(days: -2 - length / 86_400)
    let regular = days(until: last).filter { $0 >= first && exceptions[$0.graph] == nil }
      .map { occurrence(of: $0, exception: nil) }
    let moved = exceptions.values.compactMap { $0.day.flatMap { occurrence(on: $0) } }
    return (regular + moved).filter { !$0.isDeleted && $0.touches(span) }.sorted(by: StoredMeeting.isEarlier)
  }

  /// The occurrence of a day, if the pattern has one, even if it is deleted.
  func occurrence(on text: String) -> StoredMeeting? {
    guard let day = CalendarDate(graph: text), days(until: day).last == day else { return nil }
    return occurrence(of: day, exception: exceptions[text])
  }

  /// The longest duration of an occurrence that does not overlap the next; nil when there is no next.
  var shortestPause: Int? {
    let days = Array(RecurrenceDays(pattern, range).prefix(60))
    return zip(days, days.dropFirst()).map { $1.dayNumber - $0.dayNumber }.min().map { $0 * 86_400 }
  }

  /// The current days of the occurrences before and after one.
  func neighbours(of text: String) -> (before: CalendarDate?, after: CalendarDate?) {
    guard let day = CalendarDate(graph: text) else { return (nil, nil) }
    func place(_ day: CalendarDate) -> CalendarDate? {
      guard let meeting = occurrence(on: day.graph), !meeting.isDeleted else { return nil }
      return meeting.start?.on(start.zone).date
    }
    let before = days(until: day).dropLast().reversed().lazy.compactMap(place).first
    // The search for a neighbor ends after a thousand deleted occurrences.
    let after = RecurrenceDays(pattern, range).lazy.drop { $0 <= day }.prefix(1000).compactMap(place).first
    return (before, after)
  }

  private func occurrence(of day: CalendarDate, exception: StoredMeeting?) -> StoredMeeting {
    var meeting = master
    let moved = (day.dayNumber - start.local.date.dayNumber) * 86_400
    let begin = MeetingTime(local: start.local.adding(seconds: moved), zone: start.zone)
    let end = MeetingTime(local: begin.local.adding(seconds: length), zone: start.zone)
    meeting.seriesKey = master.key
    meeting.day = day.graph
    meeting.key = Self.key(of: master.key, on: day.graph)
    meeting.fields["recurrence"] = nil
    meeting.fields["transactionId"] = nil
    meeting.fields["start"] = begin.stored
    meeting.fields["end"] = end.stored
    guard let exception else { return meeting }
    for (key, value) in exception.fields.object ?? [:] { meeting.fields[key] = value == .null ? nil : value }
    if exception.fields["start"] != nil { meeting.customZone = exception.customZone }
    meeting.isException = true
    meeting.isDeleted = exception.isDeleted
    meeting.sequence = max(master.sequence, exception.sequence)
    meeting.created = exception.created
    meeting.updated = max(master.updated, exception.updated)
    meeting.change = max(master.change, exception.change)
    meeting.response = exception.response ?? master.response
    return meeting
  }

  static func key(of series: String, on day: String) -> String { "\(series)/\(day)" }

  /// The start that the series gives to the occurrence, whether it was moved, deleted or neither.
  func originalStart(on text: String) -> Date? {
    guard let day = CalendarDate(graph: text) else { return nil }
    return occurrence(of: day, exception: nil).start?.instant
  }

  /// The exception that stores the fields written to an occurrence; the others continue to follow the series.
  func exception(_ meeting: StoredMeeting, written: Set<String>, over old: StoredMeeting?) -> StoredMeeting {
    guard let day = meeting.day.flatMap(CalendarDate.init(graph:)) else { return meeting }
    let inherited = occurrence(of: day, exception: nil).fields
    var kept = meeting
    kept.fields = [:]
    let keys = [meeting.fields, inherited, old?.fields ?? [:]].flatMap { ($0.object ?? [:]).keys }
    for key in Swift.Set(keys) {
      let isOwn = meeting.fields[key] != inherited[key] || written.contains(key) || old?.fields[key] != nil
      if isOwn { kept.fields[key] = meeting.fields[key] ?? .null }
    }
    if kept.fields["start"] != nil || kept.fields["end"] != nil {
      for key in ["start", "end"] { kept.fields[key] = meeting.fields[key] }
    }
    kept.onlineMeeting = nil
    kept.organizer = nil
    kept.isGone = nil
    return kept
  }
}

extension StoredMeeting {
  /// Whether the meeting overlaps a span of time.
  func touches(_ span: Range<Date>) -> Bool {
    guard let start = start?.instant, let end = end?.instant else { return false }
    return start < span.upperBound && (end > span.lowerBound || start == end && start >= span.lowerBound)
  }

  static func isEarlier(_ left: StoredMeeting, _ right: StoredMeeting) -> Bool {
    let starts = (left.start?.instant ?? .distantPast, right.start?.instant ?? .distantPast)
    return starts.0 == starts.1 ? left.key < right.key : starts.0 < starts.1
  }
}
