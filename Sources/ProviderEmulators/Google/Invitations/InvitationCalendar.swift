import Foundation
import JSONModel

/// The iCalendar object of an invitation: minimal, but valid (RFC 5545, 5546).
struct InvitationCalendar {
  let message: InvitationMessage

  var text: String {
    let event = message.event
    var lines = [
      "BEGIN:VCALENDAR", "PRODID:-//Google Inc//Google Calendar 70.9054//EN", "VERSION:2.0",
      "CALSCALE:GREGORIAN", "METHOD:\(message.kind.method)",
    ]
    // A series needs the zone, or it would shift when the clocks change; a single event is an instant. An instance is
    // identified in the series' zone.
    let seriesZone = zone(of: event.isSeries ? event.start : event.originalTime)
    if let seriesZone {
      lines += CalendarText.timeZone(seriesZone, from: event.start?.instant(in: seriesZone) ?? message.now)
    }
    lines += [
      "BEGIN:VEVENT", "UID:\(event.iCalUID)", "SEQUENCE:\(event.sequence)",
      "DTSTAMP:\(CalendarText.stamp(message.now, in: .gmt))Z",
      Self.time("DTSTART", event.start, seriesZone),
    ]
    // An end is later than the start (RFC 5545 §3.8.2.2); an event without one has no duration.
    if event.end?.instant(in: .gmt) != event.start?.instant(in: .gmt) {
      lines.append(Self.time("DTEND", event.end, seriesZone))
    }
    if let original = event.originalTime { lines.append(Self.time("RECURRENCE-ID", original, seriesZone)) }
    lines += (event.fields["recurrence"]?.array ?? []).compactMap(\.string)
    if message.kind != .cancellation {
      lines += message.exclusions.map { Self.time("EXDATE", $0, seriesZone) }
    }
    lines += [
      "ORGANIZER;CN=\(CalendarText.parameter(message.organizer.displayName)):mailto:\(message.organizer.email)",
      "SUMMARY:\(CalendarText.escaped(event.fields["summary"]?.string ?? ""))",
    ]
    for key in ["location", "description"] {
      if let value = event.fields[key]?.string {
        lines.append("\(key.uppercased()):\(CalendarText.escaped(value))")
      }
    }
    // The recipient must be an attendee, even one who has just been removed.
    let guests = EventGuests.addresses(event.attendees)
    for guest in guests.contains(message.guest) ? guests : guests + [message.guest] {
      lines.append("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:\(guest)")
    }
    let status = message.kind == .cancellation ? "CANCELLED" : "CONFIRMED"
    lines += ["STATUS:\(status)", "END:VEVENT", "END:VCALENDAR"]
    return lines.map(CalendarText.folded).joined(separator: "\r\n") + "\r\n"
  }

  private func zone(of time: EventTime?) -> TimeZone? {
    guard case .instant(_, let name?) = time else { return nil }
    return EventTime.zone(named: name)
  }

  private static func time(_ name: String, _ time: EventTime?, _ zone: TimeZone?) -> String {
    switch (time, zone) {
    case (.date(let day), _): "\(name);VALUE=DATE:\(CalendarText.stamp(day, in: .gmt).prefix(8))"
    case (.instant(let instant, _), let zone?):
      "\(name);TZID=\(zone.identifier):\(CalendarText.stamp(instant, in: zone))"
    case (.instant(let instant, _), nil): "\(name):\(CalendarText.stamp(instant, in: .gmt))Z"
    case (nil, _): "X-MISSING:\(name)"
    }
  }
}
