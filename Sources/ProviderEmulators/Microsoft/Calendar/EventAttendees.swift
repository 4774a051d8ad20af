import JSONModel

/// The attendees of an event, a list that a write replaces as a whole.
enum EventAttendees {
  private static let limit = 500
  private static let types: Set = ["required", "optional", "resource"]

  /// The list as stored: one entry per address, in the order given; attendees who stay keep their responses.
  static func checked(_ json: JSON, over old: StoredMeeting?) throws(MicrosoftError) -> JSON {
    if json == .null { return [] }
    guard let list = json.array else {
      throw EventProperties.mistyped("attendees", "Collection(microsoft.graph.attendee)")
    }
    guard list.count <= limit else {
      throw .invalidRequest("Your request can't be completed. The number of attendees exceeds \(limit).")
    }
    var seen: Set<String> = []
    var attendees: [JSON] = []
    for entry in list {
      guard let address = entry["emailAddress"]?["address"]?.string, EventGuests.isAddress(address) else {
        throw MicrosoftError(
          status: 400,
          code: "ErrorInvalidRecipients",
          message: "At least one recipient is not valid."
        )
      }
      let type = entry["type"] ?? "required"
      guard type == .null || types.contains(type.string ?? "") else {
        throw .unreadable("Requested value '\(type.string ?? "")' was not found.")
      }
      guard seen.insert(address.lowercased()).inserted else { continue }
      let name = entry["emailAddress"]?["name"]?.string
      let known = old?.attendees.first { Self.address($0) == address.lowercased() }
      attendees.append([
        "type": type == .null ? "required" : type,
        "status": known?["status"] ?? ["response": "none", "time": "0001-01-01T00:00:00Z"],
        "emailAddress": [
          "address": .string(address),
          "name": .string(name.flatMap { $0.isEmpty ? nil : $0 } ?? address),
        ],
      ])
    }
    return .array(attendees)
  }

  static func address(_ attendee: JSON) -> String? {
    attendee["emailAddress"]?["address"]?.string?.lowercased()
  }

  static func addresses(of meeting: StoredMeeting) -> [String] {
    meeting.attendees.compactMap(address)
  }
}
