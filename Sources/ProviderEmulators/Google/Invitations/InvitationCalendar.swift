import Foundation

/// The iCalendar object of an invitation: little, but valid (RFC 5545, 5546).
struct InvitationCalendar {
  let message: InvitationMessage

  var text: String {
    let event = message.event
    var lines = [
      "BEGIN:VCALENDAR", "PRODID:-//Google Inc//Google Calendar 70.9054//EN", "VERSION:2.0",
      "CALSCALE:GREGORIAN", "METHOD:\(message.kind.method)",
    ]
    // A series needs the zone, or it would shift with the clocks; a single event is an instant. An instance is named
    // as the series' zone has it.
    let seriesZone = zone(of: event.isSeries ? event.start : event.originalTime)
    if let seriesZone {
      lines += Self.timeZone(seriesZone, from: event.start?.instant(in: seriesZone) ?? message.now)
    }
    lines += [
      "BEGIN:VEVENT", "UID:\(event.iCalUID)", "SEQUENCE:\(event.sequence)",
      "DTSTAMP:\(Self.stamp(message.now, in: .gmt))Z",
      Self.time("DTSTART", event.start, seriesZone), Self.time("DTEND", event.end, seriesZone),
    ]
    if let original = event.originalTime { lines.append(Self.time("RECURRENCE-ID", original, seriesZone)) }
    lines += (event.fields["recurrence"]?.array ?? []).compactMap(\.string)
    if message.kind != .cancellation {
      lines += message.exclusions.map { Self.time("EXDATE", $0, seriesZone) }
    }
    lines += [
      "ORGANIZER;CN=\(Self.parameter(message.organizer.displayName)):mailto:\(message.organizer.email)",
      "SUMMARY:\(Self.escaped(event.fields["summary"]?.string ?? ""))",
    ]
    for key in ["location", "description"] {
      if let value = event.fields[key]?.string { lines.append("\(key.uppercased()):\(Self.escaped(value))") }
    }
    // The recipient must be an attendee, also one who has just been removed.
    let guests = EventGuests.addresses(event.attendees)
    for guest in guests.contains(message.guest) ? guests : guests + [message.guest] {
      lines.append("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:\(guest)")
    }
    let status = message.kind == .cancellation ? "CANCELLED" : "CONFIRMED"
    lines += ["STATUS:\(status)", "END:VEVENT", "END:VCALENDAR"]
    return lines.map(Self.folded).joined(separator: "\r\n") + "\r\n"
  }

  private func zone(of time: EventTime?) -> TimeZone? {
    guard case .instant(_, let name?) = time else { return nil }
    return EventTime.zone(named: name)
  }

  private static func time(_ name: String, _ time: EventTime?, _ zone: TimeZone?) -> String {
    switch (time, zone) {
    case (.date(let day), _): "\(name);VALUE=DATE:\(stamp(day, in: .gmt).prefix(8))"
    case (.instant(let instant, _), let zone?): "\(name);TZID=\(zone.identifier):\(stamp(instant, in: zone))"
    case (.instant(let instant, _), nil): "\(name):\(stamp(instant, in: .gmt))Z"
    case (nil, _): "X-MISSING:\(name)"
    }
  }

  private static func stamp(_ date: Date, in zone: TimeZone) -> String {
    let text = date.formatted(
      Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted, timeZone: zone)
    )
    return String(text.prefix(15))
  }

  /// The zone by its transitions of the next ten years, each an observance of its own.
  private static func timeZone(_ zone: TimeZone, from start: Date) -> [String] {
    var lines = ["BEGIN:VTIMEZONE", "TZID:\(zone.identifier)"]
    var moment = start.addingTimeInterval(-366 * 86_400)
    var offset = zone.secondsFromGMT(for: moment)
    lines += observance("STANDARD", "19700101T000000", from: offset, to: offset)
    while let next = zone.nextDaylightSavingTimeTransition(after: moment),
      next < start.addingTimeInterval(10 * 366 * 86_400)
    {
      let new = zone.secondsFromGMT(for: next)
      let local = stamp(next.addingTimeInterval(Double(offset)), in: .gmt)
      lines += observance(
        zone.isDaylightSavingTime(for: next) ? "DAYLIGHT" : "STANDARD",
        local,
        from: offset,
        to: new
      )
      (moment, offset) = (next, new)
    }
    return lines + ["END:VTIMEZONE"]
  }

  private static func observance(_ kind: String, _ start: String, from old: Int, to new: Int) -> [String] {
    [
      "BEGIN:\(kind)", "DTSTART:\(start)", "TZOFFSETFROM:\(offset(old))", "TZOFFSETTO:\(offset(new))",
      "END:\(kind)",
    ]
  }

  private static func offset(_ seconds: Int) -> String {
    let minutes = abs(seconds) / 60
    let digits = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
    return (seconds < 0 ? "-" : "+") + digits
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
      .replacing("\r\n", with: "\\n").replacing("\n", with: "\\n").replacing("\r", with: "\\n")
  }

  private static func parameter(_ text: String) -> String {
    "\"\(text.filter { $0 != "\"" && !$0.isNewline })\""
  }

  /// At most 75 octets a line, never within a character (RFC 5545 §3.1).
  private static func folded(_ line: String) -> String {
    var result = ""
    var length = 0
    for scalar in line.unicodeScalars {
      let size = UTF8.width(scalar)
      if length + size > 75 {
        result += "\r\n "
        length = 1
      }
      result.unicodeScalars.append(scalar)
      length += size
    }
    return result
  }
}
