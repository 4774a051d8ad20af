import JSONModel

/// An event with an organizer elsewhere; its copy here belongs to an attendee.
enum ForeignEvent {
  /// What an attendee may change in a copy of their own.
  private static let own: Set = [
    "attendees", "attendeesOmitted", "colorId", "extendedProperties", "reminders", "sequence", "transparency",
    "visibility",
  ]

  /// The organizer whom an import names; nil for the calendar's owner.
  static func organizer(_ json: JSON?, of account: EmulatorAccount) throws(GoogleError) -> JSON? {
    guard let json, json != .null else { return nil }
    guard let email = json["email"]?.string, EventGuests.isAddress(email) else {
      throw .invalid("Invalid organizer email.")
    }
    if email.lowercased() == account.email { return nil }
    var organizer: JSON = ["email": .string(email.lowercased())]
    if let name = json["displayName"], name != .null {
      guard let text = name.string, text.count <= 1024 else {
        throw .invalid("Invalid organizer displayName.")
      }
      organizer["displayName"] = name
    }
    return organizer
  }

  /// Refuses a change of what all who are invited share.
  static func check(_ event: StoredEvent, over old: StoredEvent, _ account: EmulatorAccount)
    throws(GoogleError)
  {
    guard event.organizer != nil, shared(event, account) != shared(old, account) else { return }
    if old.fields["guestsCanModify"] == true { throw .notEmulated("changes by a guest who may modify") }
    throw .forbiddenForNonOrganizer
  }

  private static func shared(_ event: StoredEvent, _ account: EmulatorAccount) -> JSON {
    var fields = JSON.object((event.fields.object ?? [:]).filter { !own.contains($0.key) })
    fields["attendees"] = .array(
      event.attendees.map { guest in
        // Whether one is invited is the organizer's to say, what one answers is not.
        guest["email"]?.string == account.email ? ["email": .string(account.email)] : guest
      }
    )
    fields["extendedProperties"] = event.fields["extendedProperties"]?["shared"]
    return fields
  }
}
