import CalendarCore
import JSONModel
import ProviderKit
import Testing

@testable import MicrosoftDriver

/// The properties of Graph that belong to the owner's own copy of an event.
@Suite(.timeLimit(.minutes(5))) struct MicrosoftCopyTests {
  private func read(_ members: JSON) throws -> ProviderEvent {
    var event = members.object ?? [:]
    let time: JSON = ["dateTime": "2027-03-01T10:00:00.0000000", "timeZone": "UTC"]
    event.merge(["id": "1", "start": time, "end": time, "originalStartTimeZone": "UTC"]) { own, _ in own }
    return try ProviderEvent(GraphEvent(.object(event)))
  }

  @Test(arguments: [
    ("free", EventAvailability.free), ("tentative", .tentative), ("busy", .busy), ("oof", .outOfOffice),
    ("workingElsewhere", .free), ("unknown", .busy), ("a word of next year", .busy),
  ])
  func `the owner's time is shown as Outlook shows it`(word: String, availability: EventAvailability) throws {
    #expect(try read(["showAs": .string(word)]).availability == availability)
  }

  @Test(arguments: [("normal", false), ("personal", false), ("private", true), ("confidential", true)])
  func `a private event is private`(sensitivity: String, isPrivate: Bool) throws {
    #expect(try read(["sensitivity": .string(sensitivity)]).isPrivate == isPrivate)
  }

  @Test(arguments: [
    ("accepted", CalendarEventResponseStatus.accepted), ("declined", .declined),
    ("tentativelyAccepted", .tentative), ("notResponded", .needsAction), ("none", nil),
  ])
  func `a guest's copy names the organizer, and the guest's own response`(
    word: String,
    response: CalendarEventResponseStatus?
  ) throws {
    let event = try read([
      "isOrganizer": false, "responseStatus": ["response": .string(word)],
      "organizer": ["emailAddress": ["address": "eve@example.net", "name": "Eve"]],
      "attendees": [["emailAddress": ["address": "ann@example.com", "name": "ann@example.com"]]],
    ])
    #expect(event.response == response)
    #expect(
      event.organizer?.handle == EmailAddress("eve@example.net") && event.organizer?.displayName == "Eve"
    )
    #expect(event.content.attendees.map(\.displayName) == [nil])
  }

  @Test func `an organizer has no response to give`() throws {
    let event = try read([
      "isOrganizer": true, "responseStatus": ["response": "organizer"],
      "organizer": ["emailAddress": ["address": "ann@example.com", "name": "ann@example.com"]],
    ])
    #expect(event.response == nil && event.organizer?.displayName == nil)
    #expect(event.organizer?.responseStatus == .accepted && event.organizer?.isOrganizer == true)
  }
}
