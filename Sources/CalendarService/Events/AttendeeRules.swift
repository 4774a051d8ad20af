import CalendarCore

/// Turns the attendees that a caller gave into participants, the organizer first.
enum AttendeeRules {
  /// The organizer is the account's owner; anyone else who is marked as such is refused.
  ///
  /// At most `limit` guests.
  static func participants(
    _ attendees: [CreateEventInput.Attendee],
    organizer: CalendarEventParticipant,
    limit: Int
  ) throws(InvalidInput) -> [CalendarEventParticipant] {
    guard attendees.count <= limit else {
      throw InvalidInput("attendees", Messages.Events.tooManyGuests(limit))
    }
    var participants = [organizer]
    var seen: Set<EmailAddress> = [organizer.handle]
    for attendee in attendees {
      guard let handle = EmailAddress(attendee.email) else {
        let shown = attendee.email.trimmed.prefix(60)
        throw InvalidInput(
          "attendees",
          shown.isEmpty ? Messages.Events.guestWithoutAddress : Messages.Access.invalidEmailAddress(shown)
        )
      }
      if attendee.isOrganizer, handle != organizer.handle {
        throw InvalidInput(
          "attendees",
          Messages.Events.organizerIsOwner
        )
      }
      guard seen.insert(handle).inserted else { continue }
      let name = try EventText.line(
        attendee.displayName,
        field: "attendees",
        name: Messages.Fields.guestName,
        limit: EventLimits.displayNameCharacters
      )
      participants.append(CalendarEventParticipant(handle: handle, displayName: name))
    }
    return participants
  }
}
