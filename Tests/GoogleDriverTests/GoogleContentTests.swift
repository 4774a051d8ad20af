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

/// The driver's reading of Google's events, and its removal of what it added itself.
@Suite(.timeLimit(.minutes(5))) struct GoogleContentTests {
  private static let link = "https://video.example.com/room?a=1&b=2"

  @Test func `what was made reads back in the same words`() async throws {
    try await GoogleFixture.run { fixture in
      var draft = try fixture.draft()
      draft.details = "Agenda:\n1. 🚀"
      draft.location = "Room 1"
      draft.attendees = [try Samples.guest("bob@example.org", named: "Bób", .tentative)]
      // Google answers in the calendar's zone, whatever the event's is.
      draft.timing = try Samples.timed("2027-01-28T10:00:00", "2027-01-28T11:00:00", zone: "America/New_York")
      draft.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=3"]
      let event = try await fixture.create(draft)
      #expect(event.content == draft.content)
      let read = try await fixture.read(event)
      #expect(read == event)
      #expect(read.isOrganizer && !read.isCanceled)
      #expect(read.changedAt == fixture.clock.now)
    }
  }

  @Test func `days are days`() async throws {
    try await GoogleFixture.run { fixture in
      var draft = try fixture.draft()
      draft.timing = try Samples.allDay("2027-12-31", "2028-01-02")
      #expect(try await fixture.read(fixture.create(draft)).content.timing == draft.timing)
    }
  }

  @Test(arguments: [nil, "Agenda", "Agenda\n", "A\r\nB", "Join: \(link)", "<b>Agenda</b>"], [nil, "Room 1"])
  func `a link of another service is read as the conference and nothing else`(
    details: String?,
    location: String?
  ) async throws {
    try await GoogleFixture.run { fixture in
      var draft = try fixture.draft(conference: .ready(Conference(link: Self.link)))
      draft.details = details
      draft.location = location
      let event = try await fixture.read(fixture.create(draft))
      #expect(event.content == draft.content)
      #expect(event.conference == .success(Conference(link: Self.link)))
      let line = "Join: \(Self.link.replacing("&", with: "&amp;"))"
      #expect(fixture.events.first?["description"]?.string?.hasSuffix(line) == true)
    }
  }

  @Test func `a link longer than one of Google's properties is read whole`() async throws {
    try await GoogleFixture.run { fixture in
      let link = "https://video.example.com/" + String(repeating: "x", count: 2000)
      let event = try await fixture.create(fixture.draft(conference: .ready(Conference(link: link))))
      let read = try await fixture.read(event)
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
      "Agenda\nBring cake"
    ),
    (
      "<p>Agenda</p><p>Join: <a href=\"LINK\">MARKUP</a></p><ul><li>Cake &amp; tea</li></ul>",
      "Agenda\n- Cake & tea"
    ),
    ("Please join: LINK", "Please join: LINK"),
  ])
  func `a description that was edited keeps the edit and loses the line`(edited: String, details: String)
    async throws
  {
    try await GoogleFixture.run { fixture in
      let markup = Self.link.replacing("&", with: "&amp;")
      func text(_ template: String) -> String {
        template.replacing("LINK", with: Self.link).replacing("MARKUP", with: markup)
      }
      let event = try await fixture.create(fixture.draft(conference: .ready(Conference(link: Self.link))))
      let body: JSON = ["description": .string(text(edited))]
      _ = try await fixture.asOwner(
        "PATCH",
        "/\(event.externalID)",
        body: String(decoding: body.encoded(), as: UTF8.self)
      )
      let read = try await fixture.read(event)
      #expect(read.content.details == text(details))
      #expect(read.conference == .success(Conference(link: Self.link)))
      // Another field's change leaves it as it is.
      try await fixture.change(event, nil, [.title]) { $0.title = "New" }
      #expect(fixture.stored(event)?["description"]?.string == text(edited))
    }
  }

  @Test(arguments: [
    ("Contact <ada@x.example>", "Contact &lt;ada@x.example&gt;"), ("a < b & c", "a &lt; b &amp; c"),
    ("1. \"A\"\n\n2. B", "1. \"A\"\n\n2. B"), ("<b>not bold</b> &amp; <!-- x -->", nil), ("I <3 it<", nil),
    ("&lt; &nbsp; &#60;", nil), ("<\u{338} &\u{301}", nil), ("Join: https://x.example/?a=1&copy=2", nil),
  ])
  func `plain text is plain text at Google, and reads as it was written`(text: String, html: String?)
    async throws
  {
    try await GoogleFixture.run { fixture in
      for link in [nil, Self.link] {
        var draft = try fixture.draft(conference: link.map { .ready(Conference(link: $0)) })
        draft.details = text
        let event = try await fixture.create(draft)
        #expect(try await fixture.read(event).content.details?.utf8.elementsEqual(text.utf8) == true)
        let line = link.map { "\n\nJoin: \($0.replacing("&", with: "&amp;"))" } ?? ""
        let stored = try #require(fixture.stored(event)?["description"]?.string)
        if let html { #expect(stored == html + line) }
        #expect(!stored.utf8.contains(UInt8(ascii: "<")))
        let changed = try await fixture.change(event, nil, [.details]) { $0.details = "> " + text }
        #expect(changed.content.details?.utf8.elementsEqual("> \(text)".utf8) == true)
      }
    }
  }

  @Test(arguments: [
    ("<b>Agenda</b><br><ul><li>One</li></ul>A &amp; B", "Agenda\n- One\nA & B"),
    ("<a href=\"https://x.example/notes\">Notes</a>\nLine", "Notes (https://x.example/notes)\nLine"),
    ("Contact <ada@x.example>, I <3 it", "Contact <ada@x.example>, I <3 it"), ("A &amp; B", "A & B"),
    ("R&D <b>now", "R&D now"), ("<p>A</p><p><br></p><p>B</p><!-- x -->", "A\n\nB"),
  ])
  func `what Google's editor writes is read as text, and rewritten only for another text`(
    html: String,
    text: String
  ) async throws {
    try await GoogleFixture.run { fixture in
      let event = try await fixture.create(fixture.draft())
      let body: JSON = ["description": .string(html)]
      _ = try await fixture.asOwner(
        "PATCH",
        "/\(event.externalID)",
        body: String(decoding: body.encoded(), as: UTF8.self)
      )
      #expect(try await fixture.read(event).content.details == text)
      try await fixture.change(event, nil, [.title, .details]) { $0.title = "New" }
      #expect(fixture.stored(event)?["description"]?.string == html)
      // A link stands below what was written, which stays.
      let linked = try await fixture.change(event, conference: .set(.ready(Conference(link: Self.link))))
      #expect(fixture.stored(event)?["description"]?.string?.hasPrefix(html) == true)
      #expect(linked.content.details == text)
      try await fixture.change(event, conference: .remove)
      #expect(fixture.stored(event)?["description"]?.string == html)
      try await fixture.change(event, nil, [.details]) { $0.details = "<New>" }
      #expect(fixture.stored(event)?["description"]?.string == "&lt;New&gt;")
    }
  }

  @Test func `a description is as long as Google takes it, with all that is added`() async throws {
    let zoom = EventConference(providerID: .init(rawValue: "ZOOM"), status: .pending)
    let link = EventConference(
      providerID: .init(rawValue: "CUSTOM_LINK"),
      link: "https://x.example/" + String(repeating: "x", count: 2000)
    )
    let meet = EventConference(providerID: .googleMeet, link: link.link)
    for (piece, conference) in [("x", zoom), ("x", link), ("&", link), ("🚀", link), ("<", meet)] {
      try await GoogleFixture.run { fixture in
        func draft(_ count: Int) throws -> ProviderEventDraft {
          let isInline = conference.providerID != .googleMeet
          let shown = conference.link ?? "https://zoom.example/j/" + String(repeating: "1", count: 130)
          var draft = try fixture.draft(
            conference: isInline ? .ready(Conference(link: shown)) : nil
          )
          draft.details = String(repeating: piece, count: count)
          return draft
        }
        func problem(_ count: Int) throws -> TextProblem? {
          fixture.provider.textProblem(try draft(count).content, conference: conference)
        }
        var (longest, tooLong) = (0, 8193)
        while tooLong - longest > 1 {
          let middle = (longest + tooLong) / 2
          if try problem(middle) == nil { longest = middle } else { tooLong = middle }
        }
        let told = try #require(try problem(longest + 1))
        #expect(told.field == .details && told.reason.hasSuffix("."))
        #expect(try await fixture.create(draft(longest)).content.details?.count == longest)
        guard conference.link != nil, piece != "🚀" else { return }
        await #expect(throws: ProviderError.self) { try await fixture.create(draft(longest + 1)) }
      }
    }
    #expect(
      try await GoogleFixture.run { fixture in
        var content = try fixture.draft().content
        content.details = String(repeating: "x", count: 8000)
        return fixture.provider.textProblem(content, conference: zoom)
      } == nil
    )
  }

  @Test func `an event without length is read, and keeps its time when something else changes`() async throws
  {
    try await GoogleFixture.run { fixture in
      let event = try await fixture.create(fixture.draft())
      let body = """
        {"start":{"dateTime":"2027-01-28T10:00:00+01:00"},"end":{"dateTime":"2027-01-28T10:00:00+01:00"}}
        """
      #expect(try await fixture.asOwner("PATCH", "/\(event.externalID)", body: body).status == 200)
      let start = try Samples.timed("2027-01-28T10:00:00", "2027-01-28T10:00:00")
      #expect(try await fixture.read(event).content.timing == start)
      #expect(try await fixture.change(event, nil, [.title]) { $0.title = "New" }.content.timing == start)
      let moved = try Samples.timed("2027-01-29T10:00:00", "2027-01-29T10:00:00")
      #expect(try await fixture.change(event, nil, [.timing]) { $0.timing = moved }.content.timing == moved)
      let before = body.replacing(
        "end\":{\"dateTime\":\"2027-01-28T10:00",
        with: "end\":{\"dateTime\":\"2027-01-28T09:00"
      )
      #expect(try await fixture.asOwner("PATCH", "/\(event.externalID)", body: before).status == 400)
    }
  }

  @Test func `a link that was removed everywhere is no longer a conference`() async throws {
    try await GoogleFixture.run { fixture in
      let event = try await fixture.create(fixture.draft(conference: .ready(Conference(link: Self.link))))
      _ = try await fixture.asOwner("PATCH", "/\(event.externalID)", body: #"{"description":"Agenda"}"#)
      #expect(try await fixture.read(event).conference == .success(Conference(link: Self.link)))
      _ = try await fixture.asOwner("PATCH", "/\(event.externalID)", body: #"{"location":null}"#)
      let read = try await fixture.read(event)
      #expect(read.conference == nil && read.content.details == "Agenda")
      let again = try await fixture.change(event, conference: .set(.ready(Conference(link: Self.link))))
      #expect(again.conference == .success(Conference(link: Self.link)))
      #expect(again.content.details == "Agenda" && again.content.location == nil)
    }
  }

  @Test func `the organizer is no guest, and an invitation is not one's own meeting`() async throws {
    try await GoogleFixture.run { fixture in
      let body = """
        {"iCalUID":"x@example.net","organizer":{"email":"Boss@example.net"},"summary":"Theirs",
        "start":{"dateTime":"2027-01-28T10:00:00Z"},"end":{"dateTime":"2027-01-28T11:00:00Z"},
        "attendees":[{"email":"boss@example.net","responseStatus":"accepted"},
        {"email":"ann@example.com","responseStatus":"declined"}]}
        """
      let made = try await fixture.asOwner("POST", "/import", body: body)
      let id = try #require(try JSON.parse(Data(made.body))["id"]?.string)
      let reference = ProviderEventReference(
        calendarExternalID: GoogleFixture.address,
        eventID: .init(UUID()),
        externalID: id
      )
      let event = try await fixture.provider.event(reference, session: fixture.session)
      #expect(!event.isOrganizer)
      #expect(try event.content.attendees == [Samples.guest("ann@example.com", .declined)])
      let before = fixture.emulator.log.entries.count
      let error = await #expect(throws: ProviderError.self) {
        try await fixture.provider.updateEvent(
          reference,
          current: event,
          change: Samples.change(of: event, [.title]) { $0.title = "Mine" },
          session: fixture.session
        )
      }
      #expect(error.map { "\($0)".hasPrefix("forbidden") } == true)
      #expect(fixture.emulator.log.entries.count == before)
      // Taken for one's own by mistake, it is Google who refuses.
      var mistaken = event
      mistaken.isOrganizer = true
      let refused = await #expect(throws: ProviderError.self) {
        try await fixture.provider.updateEvent(
          reference,
          current: mistaken,
          change: Samples.change(of: event, [.title]) { $0.title = "Mine" },
          session: fixture.session
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
    try await GoogleFixture.run { fixture in
      let lines = lines.split(separator: "|").map(String.init)
      let problem = try fixture.provider.recurrenceProblem(lines, timing: Samples.timed())
      #expect((problem == nil) == isHeld)
      guard isHeld else { return }
      var draft = try fixture.draft()
      draft.recurrence = lines
      #expect(try await fixture.create(draft).content.recurrence == lines)
    }
  }
}
