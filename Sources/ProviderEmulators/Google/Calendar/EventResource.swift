import Foundation
import JSONModel

/// An event as the API returns it.
struct EventResource {
  var calendar: GoogleCalendar
  /// The zone in which times are written; the calendar's, unless the request names one.
  var zone: TimeZone
  var maxAttendees: Int?
  /// The URL at which the emulator listens; until it does, events have no page to link to.
  var home: String?

  func json(_ event: StoredEvent) -> JSON {
    var json = event.fields
    let account = calendar.account
    json["kind"] = "calendar#event"
    json["etag"] = .string(event.etag)
    json["id"] = .string(event.id)
    json["iCalUID"] = .string(event.iCalUID)
    json["status"] = event.isDeleted ? "cancelled" : (event.fields["status"] ?? "confirmed")
    json["created"] = .string(Timestamp.precise(event.created))
    json["updated"] = .string(Timestamp.precise(event.updated))
    json["sequence"] = .integer(event.sequence)
    let linkID = EventPage.linkID(event: event.id, calendar: account.email)
    json["htmlLink"] = home.map { .string("\($0)/calendar/event?eid=\(linkID)") }
    let person: JSON = [
      "email": .string(account.email), "displayName": .string(account.displayName), "self": true,
    ]
    json["creator"] = person
    json["organizer"] = event.organizer ?? person
    addSeries(&json, of: event)
    json["start"] = event.start?.rendered(in: zone)
    json["end"] = event.end?.rendered(in: zone)
    if let conferenceID = event.fields["conferenceData"]?["conferenceId"]?.string {
      json["hangoutLink"] = .string(EventConference.link(conferenceID))
    }
    if event.fields["attendees"] != nil { setAttendees(&json, of: event) }
    return json
  }

  /// A deleted event in a list: the API guarantees only its id, series and original start, so nothing else is given.
  func tombstone(_ event: StoredEvent) -> JSON {
    var json: JSON = [
      "kind": "calendar#event", "etag": .string(event.etag), "id": .string(event.id), "status": "cancelled",
    ]
    addSeries(&json, of: event)
    return json
  }

  private func addSeries(_ json: inout JSON, of event: StoredEvent) {
    json["recurringEventId"] = event.recurringEventID.map { .string($0) }
    json["originalStartTime"] = event.originalTime?.rendered(in: zone)
  }

  private func setAttendees(_ json: inout JSON, of event: StoredEvent) {
    let own = JSON.string(calendar.account.email)
    let organizer = event.organizer?["email"] ?? own
    var guests = event.attendees.map { guest in
      var guest = guest
      if guest["email"] == own { guest["self"] = true }
      if guest["email"] == organizer { guest["organizer"] = true }
      return guest
    }
    if let maxAttendees, guests.count > maxAttendees {
      guests = guests.filter { $0["self"]?.bool == true }
      json["attendeesOmitted"] = true
    }
    json["attendees"] = guests.isEmpty ? nil : .array(guests)
  }
}

extension Data {
  /// Base64 for URLs, without padding (RFC 4648 §5).
  var base64URL: String {
    base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  init?(base64URL text: String) {
    let plain = text.replacing("-", with: "+").replacing("_", with: "/")
    self.init(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4))
  }
}
