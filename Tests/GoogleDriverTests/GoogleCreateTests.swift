import CalendarCore
import DriverTestSupport
import Foundation
import GoogleDriver
import ICalendar
import JSONModel
import ProviderEmulators
import ProviderKit
import Testing

@Suite(.timeLimit(.minutes(5))) struct GoogleCreateTests {
  @Test func `an event is stored under an id derived from ours, with zone, place and guests`() async throws {
    try await GoogleFixture.run { fixture in
      var draft = try fixture.draft(attendees: ["bob@example.org"])
      draft.details = "Agenda: 🚀"
      draft.location = "Room 1"
      draft.attendees[0].displayName = "Bób"
      draft.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=3"]
      let event = try await fixture.create(draft)
      let stored = try #require(fixture.events.first)
      #expect(event.externalID == draft.eventID.description.replacing("-", with: ""))
      #expect(stored["id"]?.string == event.externalID)
      #expect(stored["summary"]?.string == draft.title)
      #expect(stored["description"]?.string == "Agenda: 🚀")
      #expect(stored["location"]?.string == "Room 1")
      #expect(stored["start"]?["timeZone"]?.string == "Europe/Berlin")
      #expect(stored["start"]?["dateTime"]?.string == "2027-01-28T10:00:00+01:00")
      #expect(stored["recurrence"]?.array == [.string("RRULE:FREQ=WEEKLY;COUNT=3")])
      #expect(stored["attendees"]?.array?.compactMap { $0["email"]?.string } == ["bob@example.org"])
      #expect(stored["attendees"]?.array?.first?["displayName"]?.string == "Bób")
      #expect(event.iCalUID == stored["iCalUID"]?.string)
      #expect(event.etag == stored["etag"]?.string)
      #expect(event.url == stored["htmlLink"]?.string)
      #expect(event.conference == nil)
    }
  }

  @Test func `an all-day event is made of dates, its end exclusive`() async throws {
    try await GoogleFixture.run { fixture in
      var draft = try fixture.draft()
      draft.timing = try Samples.allDay("2027-12-31", "2028-01-02")
      _ = try await fixture.create(draft)
      #expect(fixture.events.first?["start"]?["date"]?.string == "2027-12-31")
      #expect(fixture.events.first?["end"]?["date"]?.string == "2028-01-02")
      #expect(fixture.events.first?["start"]?["dateTime"] == nil)
    }
  }

  @Test func `the second pass of a repeated hour is not the first`() async throws {
    try await GoogleFixture.run { fixture in
      let zone = try #require(Zone("America/New_York"))
      let start = ZonedDateTime(
        local: try #require(LocalDateTime("2026-11-01T01:30:00")),
        zone: zone,
        isSecondPass: true
      )
      let end = ZonedDateTime(local: try #require(LocalDateTime("2026-11-01T03:00:00")), zone: zone)
      var draft = try fixture.draft()
      draft.timing = .timed(start: start, end: end)
      _ = try await fixture.create(draft)
      #expect(fixture.inserted.first?.body?["start"]?["dateTime"]?.string == "2026-11-01T01:30:00-05:00")
    }
  }

  @Test(arguments: [true, false])
  func `guests are told by Google, or not at all`(tells: Bool) async throws {
    try await GoogleFixture.run { fixture in
      var draft = try fixture.draft(attendees: ["bob@example.org", "eve@example.net"])
      draft.notifyAttendees = tells
      _ = try await fixture.create(draft)
      let recipients = fixture.mail.messages.flatMap(\.to).sorted()
      #expect(recipients == (tells ? ["bob@example.org", "eve@example.net"] : []))
      #expect(fixture.inserted.first?.query["sendUpdates"] == [tells ? "all" : "none"])
      #expect(fixture.inserted.first?.query["conferenceDataVersion"] == ["1"])
    }
  }

  @Test func `after a lost answer the same event is found, and no guest hears twice`() async throws {
    try await GoogleFixture.run { fixture in
      fixture.emulator.faults.add(Fault(.lostAnswer, on: "events.insert", count: 1))
      let draft = try fixture.draft()
      let error = await #expect(throws: ProviderError.self) { try await fixture.create(draft) }
      #expect(error?.isRetryable == true)
      #expect(fixture.events.count == 1)
      let event = try await fixture.create(draft)
      #expect(fixture.events.count == 1)
      #expect(event.externalID == fixture.events.first?["id"]?.string)
      #expect(event.etag == fixture.events.first?["etag"]?.string)
      #expect(fixture.mail.messages.count == 1)
    }
  }

  @Test func `half an answer leaves it open whether the event is there, and a retry finds it`() async throws {
    try await GoogleFixture.run { fixture in
      fixture.emulator.faults.add(Fault(.garbage, on: "events.insert", count: 1))
      let draft = try fixture.draft()
      let error = await #expect(throws: ProviderError.self) { try await fixture.create(draft) }
      #expect(error?.isRetryable == true)
      _ = try await fixture.create(draft)
      #expect(fixture.events.count == 1)
    }
  }

  @Test func `many attempts at a time make one event`() async throws {
    try await GoogleFixture.run { fixture in
      let draft = try fixture.draft()
      let ids = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<8 { group.addTask { try await fixture.create(draft).externalID } }
        return try await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(ids.count == 1)
      #expect(fixture.events.count == 1)
      #expect(fixture.emulator.log.entries.filter { $0.operation == "token" }.count == 1)
    }
  }

  @Test func `an event that was deleted between two attempts is gone`() async throws {
    try await GoogleFixture.run { fixture in
      let draft = try fixture.draft()
      let event = try await fixture.create(draft)
      #expect(try await fixture.asOwner("DELETE", "/\(event.externalID)").status == 204)
      await #expect(throws: ProviderError.gone) { try await fixture.create(draft) }
      await #expect(throws: ProviderError.gone) {
        try await fixture.provider.event(fixture.reference(event), session: fixture.session)
      }
    }
  }

  @Test func `another event under our id is not taken for ours`() async throws {
    try await GoogleFixture.run { fixture in
      let draft = try fixture.draft()
      let id = draft.eventID.description.replacing("-", with: "")
      let foreign = """
        {"id":"\(id)","summary":"Quarterly review","start":{"dateTime":"2027-01-28T10:00:00+01:00"},
        "end":{"dateTime":"2027-01-28T11:00:00+01:00"}}
        """
      #expect(try await fixture.asOwner("POST", "", body: foreign).status == 200)
      let error = await #expect(throws: ProviderError.self) { try await fixture.create(draft) }
      guard case .rejected = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test func `an event that its owner edited after a lost answer is still ours`() async throws {
    try await GoogleFixture.run { fixture in
      let draft = try fixture.draft()
      let event = try await fixture.create(draft)
      _ = try await fixture.asOwner("PATCH", "/\(event.externalID)", body: #"{"summary":"Moved"}"#)
      let again = try await fixture.create(draft)
      #expect(again.externalID == event.externalID)
      #expect(again.etag != event.etag)
    }
  }

  @Test func `a link of another service is seen in the event`() async throws {
    try await GoogleFixture.run { fixture in
      let link = "https://video.example.com/room"
      var draft = try fixture.draft(conference: .ready(Conference(link: link)))
      draft.details = "Agenda"
      _ = try await fixture.create(draft)
      #expect(fixture.events.last?["description"]?.string == "Agenda\n\nJoin: \(link)")
      #expect(fixture.events.last?["location"]?.string == link)
      var placed = try fixture.draft(conference: .ready(Conference(link: link)))
      placed.location = "Room 1"
      _ = try await fixture.create(placed)
      #expect(fixture.events.last?["location"]?.string == "Room 1")
      #expect(fixture.events.last?["description"]?.string == "Join: \(link)")
    }
  }
}
