import CalendarCore

/// Turns the attendees that a caller gave into participants, the organizer first.
enum AttendeeRules {
  /// The organizer is the account's owner; anybody else who is marked as such is refused.
  ///
  /// At most `limit` guests.
  static func participants(
    _ attendees: [CreateEventInput.Attendee],
    organizer: CalendarEventParticipant,
    limit: Int
  ) throws(InvalidInput) -> [CalendarEventParticipant] {
    guard attendees.count <= limit else {
      throw InvalidInput("attendees", "This calendar takes at most \(limit) attendees.")
    }
    var participants = [organizer]
    var seen: Set<EmailAddress> = [organizer.handle]
    for attendee in attendees {
      guard let handle = EmailAddress(attendee.email) else {
        let shown = attendee.email.trimmed.prefix(60)
        throw InvalidInput(
          "attendees",
          shown.isEmpty ? "An attendee has no mail address." : "“\(shown)” is not a mail address."
        )
      }
      if attendee.isOrganizer, handle != organizer.handle {
        throw InvalidInput(
          "attendees",
          "The organizer is the owner of the calendar account, and cannot be another person."
        )
      }
      guard seen.insert(handle).inserted else { continue }
      let name = try EventText.line(
        attendee.displayName,
        field: "attendees",
        name: "An attendee's name",
        limit: EventLimits.displayNameCharacters
      )
      participants.append(CalendarEventParticipant(handle: handle, displayName: name))
    }
    return participants
  }
}
