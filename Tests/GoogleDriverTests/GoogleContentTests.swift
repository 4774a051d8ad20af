import CalendarCore
import DriverTestSupport
import Foundation
import GoogleDriver
import ICalendar
import JSONModel
import ProviderEmulators
import ProviderKit
import TestSupport
import Testing

/// What the driver makes of Google's events, and that what it adds itself is taken off again.
@Suite(.timeLimit(.minutes(5))) struct GoogleContentTests {
  private static let link = "https://video.example.com/room?a=1&b=2"

  @Test func `what was made reads back in the same words`() async throws {
    try await GoogleWorld.run { world in
      var draft = try world.draft()
      draft.details = "Agenda:\n1. 🚀"
      draft.location = "Room 1"
      draft.attendees = [try Samples.guest("bob@example.org", named: "Bób", .tentative)]
      // Google answers in the calendar's zone, whatever the event's is.
      draft.timing = try Samples.timed("2027-01-28T10:00:00", "2027-01-28T11:00:00", zone: "America/New_York")
      draft.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=3"]
      let event = try await world.create(draft)
      #expect(event.content == draft.content)
      let read = try await world.read(event)
      #expect(read == event)
      #expect(read.isOrganizer && !read.isCanceled)
      #expect(read.changedAt == world.clock.now)
    }
  }

  @Test func `days are days`() async throws {
    try await GoogleWorld.run { world in
      var draft = try world.draft()
      draft.timing = try Samples.allDay("2027-12-31", "2028-01-02")
      #expect(try await world.read(world.create(draft)).content.timing == draft.timing)
    }
  }

  @Test(arguments: [nil, "Agenda", "Agenda\n", "A\r\nB", "Join: \(link)", "<b>Agenda</b>"], [nil, "Room 1"])
  func `a link of another service is read as the conference and nothing else`(
    details: String?,
    location: String?
  ) async throws {
    try await GoogleWorld.run { world in
      var draft = try world.draft(conference: .ready(Conference(link: Self.link)))
      draft.details = details
      draft.location = location
      let event = try await world.read(world.create(draft))
      #expect(event.content == draft.content)
      #expect(event.conference == .success(Conference(link: Self.link)))
      #expect(world.events.first?["description"]?.string?.hasSuffix("Join: \(Self.link)") == true)
    }
  }

  @Test func `a link longer than one of Google's properties is read whole`() async throws {
    try await GoogleWorld.run { world in
      let link = "https://video.example.com/" + String(repeating: "x", count: 2000)
      let event = try await world.create(world.draft(conference: .ready(Conference(link: link))))
      let read = try await world.read(event)
      #expect(read.conference == .success(Conference(link: link)))
      #expect(read.content.details == nil && read.content.location == nil)
    }
  }

  /// As Google's own editor leaves them, or a person.
  @Test(arguments: [
    ("New agenda\n\nJoin: LINK", "New agenda"),
    ("Agenda\n\nJoin: LINK\nBring cake", "Agenda\nBring cake"),
    ("Join: LINK\nBring cake", "Bring cake"),
    (
      "Agenda<br><br>Join: <a href=\"LINK\" id=\"ow1\">MARKUP</a><br>Bring cake",
      "Agenda<br>Bring cake"
    ),
    ("Please join: LINK", "Please join: LINK"),
  ])
  func `a description that was edited keeps the edit and loses the line`(edited: String, details: String)
    async throws
  {
    try await GoogleWorld.run { world in
      let markup = Self.link.replacing("&", with: "&amp;")
      func text(_ template: String) -> String {
        template.replacing("LINK", with: Self.link).replacing("MARKUP", with: markup)
      }
      let event = try await world.create(world.draft(conference: .ready(Conference(link: Self.link))))
      let body: JSON = ["description": .string(text(edited))]
      _ = try await world.asOwner(
        "PATCH",
        "/\(event.externalID)",
        body: String(decoding: body.encoded(), as: UTF8.self)
      )
      let read = try await world.read(event)
      #expect(read.content.details == text(details))
      #expect(read.conference == .success(Conference(link: Self.link)))
      // Another field's change leaves it as it is.
      try await world.change(event, nil, [.title]) { $0.title = "New" }
      #expect(world.stored(event)?["description"]?.string == text(edited))
    }
  }

  @Test func `a link that somebody took out everywhere is no conference any more`() async throws {
    try await GoogleWorld.run { world in
      let event = try await world.create(world.draft(conference: .ready(Conference(link: Self.link))))
      _ = try await world.asOwner("PATCH", "/\(event.externalID)", body: #"{"description":"Agenda"}"#)
      #expect(try await world.read(event).conference == .success(Conference(link: Self.link)))
      _ = try await world.asOwner("PATCH", "/\(event.externalID)", body: #"{"location":null}"#)
      let read = try await world.read(event)
      #expect(read.conference == nil && read.content.details == "Agenda")
      let again = try await world.change(event, conference: .set(.ready(Conference(link: Self.link))))
      #expect(again.conference == .success(Conference(link: Self.link)))
      #expect(again.content.details == "Agenda" && again.content.location == nil)
    }
  }

  @Test func `the organizer is no guest, and an invitation is not one's own meeting`() async throws {
    try await GoogleWorld.run { world in
      let body = """
        {"iCalUID":"x@example.net","organizer":{"email":"Boss@example.net"},"summary":"Theirs",
        "start":{"dateTime":"2027-01-28T10:00:00Z"},"end":{"dateTime":"2027-01-28T11:00:00Z"},
        "attendees":[{"email":"boss@example.net","responseStatus":"accepted"},
        {"email":"ann@example.com","responseStatus":"declined"}]}
        """
      let made = try await world.asOwner("POST", "/import", body: body)
      let id = try #require(try JSON.parse(Data(made.body))["id"]?.string)
      let reference = ProviderEventReference(
        calendarExternalID: GoogleWorld.address,
        eventID: .init(UUID()),
        externalID: id
      )
      let event = try await world.provider.event(reference, session: world.session)
      #expect(!event.isOrganizer)
      #expect(try event.content.attendees == [Samples.guest("ann@example.com", .declined)])
      let before = world.emulator.log.entries.count
      let error = await #expect(throws: ProviderError.self) {
        try await world.provider.updateEvent(
          reference,
          current: event,
          change: Samples.change(of: event, [.title]) { $0.title = "Mine" },
          session: world.session
        )
      }
      #expect(error.map { "\($0)".hasPrefix("forbidden") } == true)
      #expect(world.emulator.log.entries.count == before)
      // Taken for one's own by mistake, it is Google who refuses.
      var mistaken = event
      mistaken.isOrganizer = true
      let refused = await #expect(throws: ProviderError.self) {
        try await world.provider.updateEvent(
          reference,
          current: mistaken,
          change: Samples.change(of: event, [.title]) { $0.title = "Mine" },
          session: world.session
        )
      }
      #expect(refused == .forbidden(reason: "Google answered 403 (forbiddenForNonOrganizer)."))
    }
  }

  @Test(arguments: [
    ("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20271231T090000Z", true), ("RRULE:FREQ=YEARLY", true),
    ("RRULE:FREQ=DAILY|EXDATE;TZID=Europe/Berlin:20270129T100000|RDATE:20270130T120000Z", true),
    ("RRULE:FREQ=HOURLY", false), ("RRULE:FREQ=DAILY;BYHOUR=9,17", false),
    ("RRULE:FREQ=WEEKLY|RRULE:FREQ=DAILY", false), ("RRULE:FREQ=DAILY|EXRULE:FREQ=WEEKLY", false),
    ("RRULE:FREQ=DAILY|EXDATE;VALUE=DATE:20270129", false), ("RRULE:FREQ=SOMETIMES", false),
    ("RDATE;VALUE=PERIOD:20270130T120000Z/PT2H", false), ("SUMMARY:x", false),
  ])
  func `what Google cannot repeat is said before anything is saved`(lines: String, isHeld: Bool) async throws
  {
    try await GoogleWorld.run { world in
      let lines = lines.split(separator: "|").map(String.init)
      let problem = try world.provider.recurrenceProblem(lines, timing: Samples.timed())
      #expect((problem == nil) == isHeld)
      guard isHeld else { return }
      var draft = try world.draft()
      draft.recurrence = lines
      #expect(try await world.create(draft).content.recurrence == lines)
    }
  }
}
