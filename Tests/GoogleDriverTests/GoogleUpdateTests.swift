import CalendarCore
import DriverTestSupport
import Foundation
import GoogleDriver
import HTTPTypes
import ICalendar
import JSONModel
import ProviderEmulators
import ProviderKit
import TestSupport
import Testing

/// Changing and deleting events at Google.
@Suite(.timeLimit(.minutes(5))) struct GoogleUpdateTests {
  private static let link = "https://video.example.com/room"

  private static func meet(_ requestID: String) -> ConferenceChange {
    .set(.withEvent(EventConferenceRequest(solution: "hangoutsMeet", requestID: requestID)))
  }

  @Test func `only what is named is sent, for the version that was read`() async throws {
    try await GoogleFixture.run { fixture in
      let event = try await fixture.create(fixture.draft())
      let others = """
        {"colorId":"5","reminders":{"useDefault":false,"overrides":[{"method":"popup","minutes":7}]},
        "extendedProperties":{"private":{"theirs":"1"},"shared":{"more":"2"}},"visibility":"private",
        "description":"Theirs"}
        """
      _ = try await fixture.asOwner("PATCH", "/\(event.externalID)", body: others)
      let before = try #require(fixture.stored(event))
      let changed = try await fixture.change(event, nil, [.title]) { $0.title = "Renamed" }
      let request = try #require(fixture.patched.last)
      #expect(request.body == ["summary": "Renamed"])
      #expect(request.query["conferenceDataVersion"] == ["1"] && request.query["sendUpdates"] == ["all"])
      let after = try #require(fixture.stored(event))
      for key in [
        "colorId", "reminders", "extendedProperties", "visibility", "description", "attendees", "start",
      ] {
        #expect(after[key] == before[key], "\(key)")
      }
      #expect(changed.content.title == "Renamed" && changed.content.details == "Theirs")
      #expect(changed.etag == after["etag"]?.string && changed.etag != event.etag)
    }
  }

  @Test func `every field is changed, and emptied`() async throws {
    try await GoogleFixture.run { fixture in
      let event = try await fixture.create(fixture.draft())
      var wanted = try EventContent(
        title: "T",
        details: "D",
        location: "L",
        timing: Samples.timed("2027-03-28T10:00:00", "2027-03-28T11:00:00", zone: "America/New_York"),
        recurrence: ["RRULE:FREQ=DAILY;COUNT=3"],
        attendees: [Samples.guest("eve@example.net")]
      )
      let all = Set(EventField.allCases).subtracting([.conference])
      #expect(try await fixture.change(event, nil, all) { $0 = wanted }.content == wanted)
      #expect(try await fixture.read(event).content == wanted)
      wanted.title = ""
      wanted.details = nil
      wanted.location = nil
      wanted.recurrence = []
      wanted.attendees = []
      #expect(try await fixture.change(event, nil, all) { $0 = wanted }.content == wanted)
    }
  }

  @Test func `a meeting becomes a day, and a meeting again`() async throws {
    try await GoogleFixture.run { fixture in
      let event = try await fixture.create(fixture.draft())
      for timing in [try Samples.allDay("2027-02-01", "2027-02-02"), event.content.timing] {
        let changed = try await fixture.change(event, nil, [.timing]) { $0.timing = timing }
        #expect(changed.content.timing == timing)
        #expect(try await fixture.read(event).content.timing == timing)
      }
      #expect(try await fixture.read(event).sequence == 2)
    }
  }

  @Test func `guests keep what is known of them, no matter who added them`() async throws {
    try await GoogleFixture.run { fixture in
      let event = try await fixture.create(fixture.draft(attendees: ["bob@example.org", "eve@example.net"]))
      let outside = """
        {"attendees":[{"email":"bob@example.org","responseStatus":"accepted","comment":"Late","additionalGuests":2},
        {"email":"eve@example.net"},{"email":"zoe@example.net","optional":true},
        {"email":"room@example.net","resource":true,"responseStatus":"accepted"}]}
        """
      _ = try await fixture.asOwner("PATCH", "/\(event.externalID)", body: outside)
      let before = fixture.mail.messages.count
      let changed = try await fixture.change(event, nil, [.attendees]) { content in
        content.attendees.removeAll { $0.handle.rawValue == "eve@example.net" }
        content.attendees.append(try Samples.guest("carl@example.org", named: "Carl"))
      }
      #expect(
        changed.content.attendees.map(\.handle.rawValue) == [
          "bob@example.org", "zoe@example.net", "room@example.net", "carl@example.org",
        ]
      )
      let guests = try #require(fixture.stored(event)?["attendees"]?.array)
      try #require(guests.count == 4)
      #expect(guests[0]["comment"] == "Late" && guests[0]["additionalGuests"] == 2)
      #expect(guests[0]["responseStatus"] == "accepted" && guests[1]["optional"] == true)
      #expect(guests[2]["resource"] == true && guests[3]["displayName"] == "Carl")
      #expect(changed.content.attendees[0].responseStatus == .accepted)
      // Those who stay hear nothing of a cancellation.
      let mails = fixture.mail.messages.dropFirst(before)
      #expect(mails.filter { $0.raw.contains("method=CANCEL") }.flatMap(\.to) == ["eve@example.net"])
    }
  }

  @Test(arguments: [true, false])
  func `guests are told of a change and a deletion, or not at all`(notifies: Bool) async throws {
    try await GoogleFixture.run { fixture in
      let event = try await fixture.create(fixture.draft())
      let before = fixture.mail.messages.count
      try await fixture.change(event, nil, [.location], notifies: notifies) { $0.location = "Room 2" }
      try await fixture.delete(event, notifies: notifies)
      #expect(fixture.mail.messages.count - before == (notifies ? 2 : 0))
    }
  }

  @Test func `a guest list that Google does not show whole is not written`() async throws {
    try await GoogleFixture.run { fixture in
      var event = try await fixture.create(fixture.draft())
      let text = String(decoding: event.source, as: UTF8.self)
      event.source = Array(
        text.replacing("\"attendees\":", with: "\"attendeesOmitted\":true,\"attendees\":").utf8
      )
      let change = try Samples.change(of: event, [.attendees]) { $0.attendees = [] }
      let error = await #expect(throws: ProviderError.self) {
        try await fixture.provider.updateEvent(
          fixture.reference(event),
          current: event,
          change: change,
          session: fixture.session
        )
      }
      #expect(error.map { "\($0)".hasPrefix("rejected") } == true && fixture.patched.isEmpty)
    }
  }

  @Test func `a newer version is not overwritten`() async throws {
    try await GoogleFixture.run { fixture in
      let event = try await fixture.create(fixture.draft())
      _ = try await fixture.asOwner("PATCH", "/\(event.externalID)", body: #"{"summary":"Theirs"}"#)
      let change = try Samples.change(of: event, [.title]) { $0.title = "Mine" }
      let reference = fixture.reference(event)
      await #expect(throws: ProviderError.conflict(etag: nil)) {
        try await fixture.provider.updateEvent(
          reference,
          current: event,
          change: change,
          session: fixture.session
        )
      }
      #expect(fixture.stored(event)?["summary"] == "Theirs")
    }
  }

  @Test func `after a lost answer the change is there, and repeating it finds another version`() async throws
  {
    try await GoogleFixture.run { fixture in
      let event = try await fixture.create(fixture.draft())
      fixture.emulator.faults.add(Fault(.lostAnswer, on: "events.patch", count: 1))
      let change = try Samples.change(of: event, [.title]) { $0.title = "New" }
      let reference = fixture.reference(event)
      func update() async throws {
        _ = try await fixture.provider.updateEvent(
          reference,
          current: event,
          change: change,
          session: fixture.session
        )
      }
      let lost = await #expect(throws: ProviderError.self) { try await update() }
      #expect(lost?.isRetryable == true)
      await #expect(throws: ProviderError.conflict(etag: nil)) { try await update() }
      #expect(try await fixture.read(event).content == change.content)
    }
  }

  @Test func `what was deleted is gone, and what never was is not found`() async throws {
    try await GoogleFixture.run { fixture in
      let event = try await fixture.create(fixture.draft())
      try await fixture.delete(event)
      #expect(fixture.stored(event)?["status"] == "cancelled")
      let reference = fixture.reference(event)
      await #expect(throws: ProviderError.gone) { try await fixture.delete(event) }
      await #expect(throws: ProviderError.gone) { try await fixture.read(event) }
      await #expect(throws: ProviderError.gone) {
        try await fixture.provider.updateEvent(
          reference,
          current: event,
          change: Samples.change(of: event, [.title]) { $0.title = "New" },
          session: fixture.session
        )
      }
      var missing = event
      missing.externalID = "nothing"
      await #expect(throws: ProviderError.notFound) { try await fixture.delete(missing) }
    }
  }

  @Test func `an event whose making was not answered is found by its id, and another under it is not`()
    async throws
  {
    try await GoogleFixture.run { fixture in
      let draft = try fixture.draft()
      var reference = ProviderEventReference(
        calendarExternalID: GoogleFixture.address,
        eventID: draft.eventID,
        externalID: nil
      )
      func delete() async throws {
        try await fixture.provider.deleteEvent(reference, notifyAttendees: true, session: fixture.session)
      }
      await #expect(throws: ProviderError.notFound) { try await delete() }
      let event = try await fixture.create(draft)
      #expect(try await fixture.provider.event(reference, session: fixture.session) == event)
      try await delete()
      await #expect(throws: ProviderError.gone) { try await delete() }
      let other = CalendarEvent.ID(UUID())
      let id = "\(other)".replacing("-", with: "")
      let foreign = #"{"id":"\#(id)","start":{"date":"2027-01-28"},"end":{"date":"2027-01-29"}}"#
      _ = try await fixture.asOwner("POST", "", body: foreign)
      reference.eventID = other
      await #expect(throws: ProviderError.notFound) { try await delete() }
      #expect(fixture.events.last?["status"] == "confirmed")
    }
  }

  @Test func `a Meet comes, is replaced by a link, and the link by a Meet`() async throws {
    try await GoogleFixture.run { fixture in
      let event = try await fixture.create(fixture.draft())
      #expect(try await fixture.change(event, conference: Self.meet("1")).conference == .pending)
      fixture.clock.advance(by: 3)
      guard case .success(let first) = try await fixture.read(event).conference else {
        Issue.record("no Meet")
        return
      }
      let linked = try await fixture.change(event, conference: .set(.ready(Conference(link: Self.link))))
      #expect(linked.conference == .success(Conference(link: Self.link)))
      #expect(linked.content.details == nil && linked.content.location == nil)
      #expect(fixture.stored(event)?["description"] == .string("Join: \(Self.link)"))
      #expect(fixture.stored(event)?["conferenceData"] == nil && fixture.stored(event)?["hangoutLink"] == nil)
      #expect(try await fixture.change(event, conference: Self.meet("2")).conference == .pending)
      #expect(fixture.stored(event)?["description"] == nil && fixture.stored(event)?["location"] == nil)
      #expect(
        fixture.stored(event)?["extendedProperties"]?["private"]?.object?.keys.sorted() == ["phosEventId"]
      )
      fixture.clock.advance(by: 3)
      guard case .success(let second) = try await fixture.read(event).conference else {
        Issue.record("no second Meet")
        return
      }
      #expect(first.link != second.link)
      let without = try await fixture.change(event, conference: .remove)
      #expect(without.conference == nil && fixture.stored(event)?["hangoutLink"] == nil)
    }
  }

  @Test func `texts and places change around a link, and it is replaced in both`() async throws {
    try await GoogleFixture.run { fixture in
      let other = "https://other.example.com/x"
      let event = try await fixture.create(fixture.draft(conference: .ready(Conference(link: Self.link))))
      let placed = try await fixture.change(event, nil, [.details, .location]) {
        ($0.details, $0.location) = ("Agenda", "Room 1")
      }
      #expect(placed.content.details == "Agenda" && placed.content.location == "Room 1")
      #expect(fixture.stored(event)?["description"] == .string("Agenda\n\nJoin: \(Self.link)"))
      let replaced = try await fixture.change(event, conference: .set(.ready(Conference(link: other))))
      #expect(replaced.content == placed.content && replaced.conference == .success(Conference(link: other)))
      #expect(fixture.stored(event)?["description"] == .string("Agenda\n\nJoin: \(other)"))
      let freed = try await fixture.change(event, nil, [.location]) { $0.location = nil }
      #expect(freed.content.location == nil && fixture.stored(event)?["location"] == .string(other))
      let without = try await fixture.change(event, conference: .remove)
      #expect(without.content == freed.content && without.conference == nil)
      #expect(fixture.stored(event)?["description"] == "Agenda" && fixture.stored(event)?["location"] == nil)
    }
  }

  @Test func `a wish for a Meet that leaves no trace has failed`() async throws {
    let text = #"{"id":"x","etag":"1","start":{"date":"2027-01-28"},"end":{"date":"2027-01-29"}}"#
    let old =
      #""conferenceData":{"conferenceId":"a","entryPoints":[{"entryPointType":"video","uri":"https://m/a"}]}"#
    for answer in [text, text.replacing("\"etag\"", with: old + ",\"etag\"")] {
      let network = ScriptedTransport { _, _ in ProviderResponse(200, [:], answer) }
      let clock = ManualClock()
      let provider = GoogleCalendarProvider(
        configuration: GoogleConfiguration(clientID: "c", clientSecret: "s"),
        http: ProviderHTTP(transport: network),
        clock: clock.wallClock
      )
      let tokens = OAuthTokens(accessToken: "a", refreshToken: "r", expiresAt: clock.now + 600)
      let session = CredentialVault(tokens.credentials).session(try Samples.account(.google))
      let reference = ProviderEventReference(
        calendarExternalID: "primary",
        eventID: .init(UUID()),
        externalID: "x"
      )
      let current = try await provider.event(reference, session: session)
      let changed = try await provider.updateEvent(
        reference,
        current: current,
        change: Samples.change(of: current, conference: Self.meet("9")),
        session: session
      )
      #expect(changed.conference == .failure)
      #expect(network.sent.last?.request.headers[.ifMatch] == "1")
    }
  }

  @Test func `nothing to change is not sent`() async throws {
    try await GoogleFixture.run { fixture in
      let event = try await fixture.create(fixture.draft())
      #expect(try await fixture.change(event, nil, [.attendees, .details, .location]) == event)
      #expect(fixture.patched.isEmpty)
    }
  }
}
