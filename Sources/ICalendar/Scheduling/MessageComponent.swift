import Foundation

/// A message's statements about its event; the message may hold less than an event does.
struct MessageComponent {
  let component: Component
  let uid: String
  /// The instance in question; nil for the whole event.
  let instance: RecurrenceID?
  let revision: Revision
  let organizer: CalendarUser?
  let attendees: [Attendee]
  let isCancelled: Bool
  let comment: String?

  /// Reads a VEVENT with the zones of its message, among them the one for times without any (X-WR-TIMEZONE).
  ///
  /// - Throws: `ICalendarError` when UID is missing, or RECURRENCE-ID cannot be read: what is about one instance must
  ///   never be taken for what is about all.
  init(
    _ component: Component,
    zones: inout ZoneResolver,
    floatingZone: Zone? = nil
  ) throws(ICalendarError) {
    guard let uid = component.property("UID")?.text, !uid.isEmpty else { throw .missing(property: "UID") }
    self.component = component
    self.uid = uid
    if var line = component.property("RECURRENCE-ID") {
      // As in an event: what the calendar's zone is for in DTSTART it is for in what follows DTSTART.
      if component.property(.dtstart)?.isFloating ?? true { line = line.placed(in: floatingZone) }
      guard let time = RecurrenceTime(line.value, of: line, zone: { zones.zone($0) }), time.canNameInstance
      else { throw .invalid(property: "RECURRENCE-ID") }
      instance = RecurrenceID(
        time,
        includesFollowing: line.parameter("RANGE")?.uppercased() == "THISANDFUTURE"
      )
    } else {
      instance = nil
    }
    revision = Revision(
      sequence: component.property("SEQUENCE").flatMap { Int($0.value) }.map { max($0, 0) } ?? 0,
      dtstamp: component.property("DTSTAMP")?.instant ?? Date(timeIntervalSince1970: 0)
    )
    organizer = component.property("ORGANIZER").flatMap { CalendarUser(organizer: $0) }
    attendees = component.properties("ATTENDEE").map { Attendee($0) }
    isCancelled = component.property("STATUS")?.value.uppercased() == EventStatus.cancelled.rawValue
    comment = component.property("COMMENT")?.text
  }
}

extension RecurrenceTime {
  /// Whether a RECURRENCE-ID of this time can be written in every zone.
  ///
  /// In another zone, the first and the last year become years that iCalendar cannot write (RFC 5545, section 3.3.4).
  var canNameInstance: Bool { (2...9998).contains(local.date.year) }
}
