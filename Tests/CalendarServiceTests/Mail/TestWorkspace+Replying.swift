import CalendarCore

extension TestWorkspace {
  /// The reply that a guest's email program sends.
  func reply(
    to event: CalendarEvent,
    from guest: String = "a@client.example",
    _ status: String = "ACCEPTED",
    sequence: Int? = nil,
    at stamp: String = "20260601T090000Z",
    organizer: Bool = true,
    more: String = ""
  ) -> String {
    let lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", "METHOD:REPLY", "BEGIN:VEVENT",
      "UID:\(event.iCalUID)", "DTSTAMP:\(stamp)", "SEQUENCE:\(sequence ?? event.sequence)",
      organizer ? "ORGANIZER:mailto:ada@phos.example" : "", "ATTENDEE;PARTSTAT=\(status):MAILTO:\(guest)",
      more,
      "END:VEVENT", "END:VCALENDAR", "",
    ]
    return lines.filter { !$0.isEmpty }.joined(separator: "\r\n") + "\r\n"
  }
}
