import JSONModel

/// An event with an organizer elsewhere; its copy here belongs to an attendee.
enum ForeignEvent {
  /// The fields that attendees may change in their own copies.
  private static let own: Set = [
    "attendees", "attendeesOmitted", "colorId", "extendedProperties", "reminders", "sequence", "transparency",
    "visibility",
  ]

  /// The organizer that an import names; nil for the calendar's owner.
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

  /// Refuses changes of the fields that all attendees share.
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
        // The organizer decides who is invited; attendees decide how they respond.
        guest["email"]?.string == account.email ? ["email": .string(account.email)] : guest
      }
    )
    fields["extendedProperties"] = event.fields["extendedProperties"]?["shared"]
    return fields
  }
}
