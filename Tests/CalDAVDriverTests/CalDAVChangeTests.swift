import CalDAVDriver
import CalendarCore
import DriverTestSupport
import Foundation
import ICalendar
import ProviderKit
import Testing

/// Changing and deleting events on real servers.
@Suite(.timeLimit(.minutes(5))) struct CalDAVChangeTests {
  private static let link = "https://video.example.com/room?a=1&b=2"

  @Test(arguments: RealServer.Program.allCases)
  func `what was made reads back in the same words`(program: RealServer.Program) async throws {
    try await DAVFixture.run(program) { fixture in
      let made = try await fixture.create { draft in
        draft.title = "Größe, Ärger; 会議"
        draft.details = "One\nTwo; three"
        draft.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=3"]
        draft.attendees = [try Samples.guest("bob@example.org", named: "Bób, Jr.", .tentative)]
        draft.conference = .ready(Conference(link: Self.link))
      }
      #expect(made.event.content == made.draft.content)
      let read = try await fixture.read(made)
      #expect(read.content == made.draft.content)
      #expect(read.conference == .success(Conference(link: Self.link)))
      #expect(read.isOrganizer && !read.isCanceled)
      #expect(read.changedAt == made.draft.createdAt)
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `a change touches its own lines only`(program: RealServer.Program) async throws {
    try await DAVFixture.run(program) { fixture in
      let made = try await fixture.create {
        $0.attendees = [try Samples.guest("bob@example.org")]
        $0.details = "Agenda"
      }
      try await fixture.add(
        "X-COLOUR;X-A=\"b;c\":teal",
        "CATEGORIES:Work,Berlin",
        "CLASS:PRIVATE",
        "ATTACH:https://files.example.com/a.pdf",
        "ATTENDEE;CUTYPE=ROOM;ROLE=NON-PARTICIPANT;PARTSTAT=ACCEPTED;X-FLOOR=3:mailto:room@example.org",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Soon",
        "TRIGGER:-PT15M",
        "X-WR-ALARMUID:1",
        "END:VALARM",
        to: made
      )
      let before = try #require(try await fixture.lines(made).first)
      let changed = try await fixture.change(made, nil, [.title]) { $0.title = "Renamed" }
      let after = try #require(try await fixture.lines(made).first)
      let stamps = ["DTSTAMP", "LAST-MODIFIED", "SUMMARY"]
      func rest(_ lines: [String]) -> [String] {
        lines.filter { line in !stamps.contains { line.hasPrefix($0) } }.sorted()
      }
      #expect(rest(after) == rest(before))
      #expect(after.contains("SUMMARY:Renamed") && after.contains("X-COLOUR;X-A=\"b;c\":teal"))
      #expect(changed.content.title == "Renamed" && changed.content.details == "Agenda")
      #expect(
        changed.content.attendees.map(\.handle.rawValue).sorted() == ["bob@example.org", "room@example.org"]
      )
      #expect(changed.changedAt == Date(timeIntervalSince1970: 1_790_100_000))
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `a new text, place or time takes other programs' forms of the old with it`(program: RealServer.Program)
    async throws
  {
    try await DAVFixture.run(program) { fixture in
      let made = try await fixture.create { ($0.details, $0.location) = ("Old", "Room 1") }
      try await fixture.add(
        "X-ALT-DESC;FMTTYPE=text/html:<b>Old</b>",
        "X-APPLE-STRUCTURED-LOCATION;VALUE=URI:geo:1,2",
        to: made
      )
      try await fixture.change(made, nil, [.title, .timing]) {
        $0.timing = try Samples.timed("2027-01-28T12:00:00", "2027-01-28T13:00:00")
      }
      #expect(try await fixture.server.stored(made.event).contains("X-ALT-DESC"))
      try await fixture.change(made, nil, [.details, .location]) {
        ($0.details, $0.location) = (nil, "Room 2")
      }
      let text = try await fixture.server.stored(made.event)
      #expect(!text.contains("X-ALT-DESC") && !text.contains("X-APPLE") && !text.contains("DESCRIPTION"))
      #expect(text.contains("LOCATION:Room 2\n"))
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `a guest who was added outside stays, and so does an answer`(program: RealServer.Program) async throws
  {
    try await DAVFixture.run(program) { fixture in
      let made = try await fixture.create {
        $0.attendees = [try Samples.guest("bob@example.org"), try Samples.guest("eve@example.org")]
      }
      try await fixture.add(
        "ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:Zoe@example.net",
        to: made
      )
      let changed = try await fixture.change(made, nil, [.attendees]) { content in
        content.attendees.removeAll { $0.handle.rawValue == "bob@example.org" }
        content.attendees.append(try Samples.guest("carl@example.org"))
      }
      let expected = [
        try Samples.guest("carl@example.org"), try Samples.guest("eve@example.org"),
        try Samples.guest("Zoe@example.net", .accepted),
      ]
      #expect(Set(changed.content.attendees) == Set(expected))
      let text = try await fixture.server.stored(made.event)
      #expect(text.contains("ROLE=OPT-PARTICIPANT") && !text.contains("bob@example.org"))
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `the first guest brings the organizer, and the last takes the organizer along`(
    program: RealServer.Program
  ) async throws {
    try await DAVFixture.run(program) { fixture in
      let made = try await fixture.create()
      #expect(try await !fixture.server.stored(made.event).contains("ORGANIZER"))
      let asked = try await fixture.change(made, nil, [.attendees]) {
        $0.attendees = [try Samples.guest("bob@example.org")]
      }
      #expect(asked.content.attendees.map(\.handle.rawValue) == ["bob@example.org"] && asked.isOrganizer)
      let text = try await fixture.server.stored(made.event)
      #expect(text.contains("ORGANIZER;CN=Ann") && text.contains("ROLE=CHAIR"))
      let alone = try await fixture.change(made, nil, [.attendees]) { $0.attendees = [] }
      #expect(alone.content.attendees.isEmpty && alone.isOrganizer)
      let bare = try await fixture.server.stored(made.event)
      #expect(!bare.contains("ORGANIZER") && !bare.contains("ATTENDEE"))
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `a newer version is not overwritten, and its etag is told`(program: RealServer.Program) async throws {
    try await DAVFixture.run(program) { fixture in
      let made = try await fixture.create()
      try await fixture.edit(made) { $0.replacing("SUMMARY:Quarterly review", with: "SUMMARY:Theirs") }
      let theirs = try await fixture.read(made)
      let change = try Samples.change(of: made.event, [.title]) { $0.title = "Mine" }
      await #expect(throws: ProviderError.conflict(etag: theirs.etag)) {
        try await fixture.server.provider.updateEvent(
          made.reference(),
          current: made.event,
          change: change,
          session: fixture.session
        )
      }
      #expect(try await fixture.read(made).content.title == "Theirs")
      try await fixture.delete(made)
      await #expect(throws: ProviderError.notFound) {
        try await fixture.server.provider.updateEvent(
          made.reference(),
          current: theirs,
          change: change,
          session: fixture.session
        )
      }
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `after a lost answer the change is there, and repeating it finds another version`(
    program: RealServer.Program
  ) async throws {
    try await DAVFixture.run(program, losing: ["PUT": 2]) { fixture in
      let draft = try Samples.draft(calendar: fixture.calendar)
      let provider = fixture.server.provider
      await #expect(throws: ProviderError.self) {
        try await provider.createEvent(draft, session: fixture.session)
      }
      // The answer that would have told the address is lost: it is worked out.
      var reference = ProviderEventReference(
        calendarExternalID: fixture.calendar,
        eventID: draft.eventID,
        externalID: nil
      )
      let current = try await provider.event(reference, session: fixture.session)
      reference.externalID = current.externalID
      let change = try Samples.change(of: current, [.title]) { $0.title = "Renamed" }
      func update() async throws {
        _ = try await provider.updateEvent(
          reference,
          current: current,
          change: change,
          session: fixture.session
        )
      }
      let lost = await #expect(throws: ProviderError.self) { try await update() }
      #expect(lost?.isRetryable == true)
      let again = await #expect(throws: ProviderError.self) { try await update() }
      #expect(again?.kind == "conflict")
      let now = try await provider.event(reference, session: fixture.session)
      #expect(now.content == change.content)
      reference.externalID = nil
      try await provider.deleteEvent(reference, notifyAttendees: false, session: fixture.session)
      await #expect(throws: ProviderError.notFound) {
        try await provider.deleteEvent(reference, notifyAttendees: false, session: fixture.session)
      }
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `a link comes, is replaced and goes, and a place of one's own stays`(program: RealServer.Program)
    async throws
  {
    try await DAVFixture.run(program) { fixture in
      let other = "https://other.example.com/x"
      let made = try await fixture.create()
      let with = try await fixture.change(made, conference: .set(.ready(Conference(link: Self.link))))
      #expect(with.conference == .success(Conference(link: Self.link)) && with.content.location == nil)
      #expect(try await fixture.lines(made)[0].contains { $0.hasPrefix("LOCATION:https://video") })
      let placed = try await fixture.change(made, nil, [.location]) { $0.location = "Room 1" }
      #expect(placed.content.location == "Room 1" && placed.conference == with.conference)
      let replaced = try await fixture.change(made, conference: .set(.ready(Conference(link: other))))
      #expect(replaced.conference == .success(Conference(link: other)))
      #expect(replaced.content.location == "Room 1")
      #expect(try await !fixture.server.stored(made.event).contains("video.example.com"))
      let freed = try await fixture.change(made, nil, [.location]) { $0.location = nil }
      #expect(freed.content.location == nil)
      #expect(try await fixture.lines(made)[0].contains("LOCATION:\(other)"))
      let without = try await fixture.change(made, conference: .remove)
      #expect(without.conference == nil && without.content.location == nil)
      #expect(try await !fixture.server.stored(made.event).contains("https:"))
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `a meeting becomes a day, and the day a meeting elsewhere`(program: RealServer.Program) async throws {
    try await DAVFixture.run(program) { fixture in
      let made = try await fixture.create()
      let day = try Samples.allDay("2027-02-01", "2027-02-03")
      #expect(try await fixture.change(made, nil, [.timing]) { $0.timing = day }.content.timing == day)
      let text = try await fixture.server.stored(made.event)
      #expect(text.contains("DTSTART;VALUE=DATE:20270201\n") && !text.contains("VTIMEZONE"))
      let timed = try Samples.timed("2027-07-01T09:00:00", "2027-07-01T10:30:00", zone: "America/New_York")
      let changed = try await fixture.change(made, nil, [.timing]) { $0.timing = timed }
      #expect(changed.content.timing == timed && changed.sequence == 2)
      #expect(try await fixture.read(made).content.timing == timed)
      #expect(try await fixture.server.stored(made.event).contains("TZID:America/New_York\n"))
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `guests are asked again when time or place changed, not for a new title`(program: RealServer.Program)
    async throws
  {
    try await DAVFixture.run(program) { fixture in
      let made = try await fixture.create()
      let renamed = try await fixture.change(made, nil, [.title, .details]) { $0.title = "Renamed" }
      #expect(renamed.sequence == 0)
      #expect(try await fixture.change(made, nil, [.location]) { $0.location = "Room 1" }.sequence == 1)
      // Named, and the same as before.
      #expect(try await fixture.change(made, nil, [.location, .timing]).sequence == 1)
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `another organizer's meeting is read as such and not changed`(program: RealServer.Program) async throws
  {
    try await DAVFixture.run(program) { fixture in
      let made = try await fixture.create()
      try await fixture.add("ORGANIZER:MAILTO:Boss@Example.org", to: made)
      try await fixture.add("ATTENDEE:mailto:ann@example.com", "ATTENDEE:mailto:boss@example.org", to: made)
      #expect(try await !fixture.read(made).isOrganizer)
      #expect(try await fixture.read(made).content.attendees.map(\.handle.rawValue) == ["ann@example.com"])
      let before = try await fixture.server.stored(made.event)
      let error = await #expect(throws: ProviderError.self) {
        try await fixture.change(made, nil, [.title]) { $0.title = "Mine" }
      }
      #expect(error?.kind == "forbidden")
      #expect(try await fixture.server.stored(made.event) == before)
      try await fixture.edit(made) { $0.replacing("MAILTO:Boss@Example.org", with: "MAILTO:Ann@Example.COM") }
      #expect(try await fixture.read(made).isOrganizer)
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `an event is deleted once, and then not there`(program: RealServer.Program) async throws {
    try await DAVFixture.run(program) { fixture in
      let made = try await fixture.create()
      try await fixture.delete(made)
      #expect(try await fixture.server.count() == 0)
      await #expect(throws: ProviderError.notFound) { try await fixture.delete(made) }
      await #expect(throws: ProviderError.notFound) { try await fixture.read(made) }
    }
  }
}
