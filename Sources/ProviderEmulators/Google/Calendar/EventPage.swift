import Foundation
import JSONModel

/// The page that an event's `htmlLink` opens: read-only and without sign-in, since the emulator serves this machine.
enum EventPage {
  static func page(_ event: StoredEvent, of calendar: GoogleCalendar) -> String {
    let json = EventResource(calendar: calendar, zone: calendar.zone).json(event)
    let title = json["summary"]?.string ?? "(No title)"
    let guests = event.attendees.compactMap { guest in
      guest["email"]?.string.map { "\($0): \(guest["responseStatus"]?.string ?? "needsAction")" }
    }
    let rows: [(term: String, text: String?)] = [
      ("Status", json["status"]?.string), ("Start", time(json["start"])), ("End", time(json["end"])),
      ("Recurrence", json["recurrence"]?.array?.compactMap(\.string).joined(separator: "\n")),
      ("Where", json["location"]?.string), ("Video meeting", json["hangoutLink"]?.string),
      ("Description", json["description"]?.string), ("Guests", guests.joined(separator: "\n")),
      ("Calendar", calendar.account.email),
    ]
    return HTMLPage.document(
      title,
      """
      <h1>\(HTMLPage.escaped(title))</h1>
      \(HTMLPage.list(rows))
      <p>This is an emulator: nothing leaves this machine.</p>
      """
    )
  }

  static let missing = HTMLPage.document("No such event", "<h1>No such event</h1>")

  private static func time(_ json: JSON?) -> String? { json?["dateTime"]?.string ?? json?["date"]?.string }

  /// The `eid` of a link: event and calendar, as Google packs them.
  static func linkID(event: String, calendar: String) -> String {
    Data("\(event) \(calendar)".utf8).base64URL
  }

  static func parse(linkID: String) -> (event: String, calendar: String)? {
    guard linkID.utf8.count <= 2048, let data = Data(base64URL: linkID) else { return nil }
    let parts = String(decoding: data, as: UTF8.self).split(separator: " ")
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
  }
}
