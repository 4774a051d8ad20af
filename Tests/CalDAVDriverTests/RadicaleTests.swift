import CalDAVDriver
import CalendarCore
import DriverTestSupport
import Foundation
import ICalendar
import ProviderKit
import Testing

/// The driver against a real server.
@Suite(.timeLimit(.minutes(5))) struct RadicaleTests {
  @Test(arguments: ["", "/", "/ann/", "/ann", "/ann/work/", "/ann/work", "/.well-known/caldav"])
  func `the calendars are found from wherever one starts`(path: String) async throws {
    try await RealServer.run { server in
      try await server.makeCalendar("work", title: "Wörk &amp; more")
      let connection = try await server.connect(path)
      #expect(connection.calendars.map(\.externalID) == ["\(server.url)/ann/work/"])
      let calendar = try #require(connection.calendars.first)
      #expect(calendar.displayName == "Wörk & more")
      #expect(calendar.isPrimary && calendar.isWritable)
      #expect(!connection.sendsInvitations)
      #expect(connection.handle.rawValue == "ann@example.com")
    }
  }

  @Test func `a list of tasks is no calendar, and one calendar is proposed`() async throws {
    try await RealServer.run { server in
      try await server.makeCalendar("b", title: "B")
      try await server.makeCalendar("a", title: "A", components: ["VEVENT", "VTODO"])
      try await server.makeCalendar("tasks", title: "Tasks", components: ["VTODO"])
      let connection = try await server.connect()
      #expect(connection.calendars.map(\.displayName) == ["A", "B"])
      #expect(connection.calendars.map(\.isPrimary) == [true, false])
    }
  }

  @Test func `a wrong password, no calendar, no CalDAV and no server are four different things`() async throws
  {
    try await RealServer.run { server in
      let wrong = await #expect(throws: ProviderError.self) { try await server.connect(password: "wrong") }
      #expect(wrong == .authExpired(reason: "The server rejected the user name or password."))
      let empty = await #expect(throws: ProviderError.self) { try await server.connect() }
      #expect(empty?.kind == "rejected")
    }
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<html>Hi</html>"
    let website = try await RawServer(.answer(page))
    #expect(await failure(connecting: website.url)?.kind == "rejected")
    try await website.stop()
    let port = try await RawServer.freePort()
    #expect(await failure(connecting: "http://127.0.0.1:\(port)")?.kind == "unavailable")
  }

  @Test func `a private address is refused unless it is allowed`() async throws {
    let server = try await RawServer(.echo)
    let error = await failure(connecting: server.url, allowPrivateNetworks: false)
    #expect(error?.kind == "rejected")
    try await server.stop()
  }

  private func failure(connecting url: String, allowPrivateNetworks: Bool = true) async -> ProviderError? {
    let transport = LiveTransport()
    let provider = CalDAVProvider(
      http: ProviderHTTP(transport: transport),
      allowPrivateNetworks: allowPrivateNetworks
    )
    let error = await #expect(throws: ProviderError.self) {
      try await provider.connect(
        serverURL: url,
        username: "ann",
        password: "x",
        handle: Samples.address("ann@example.com")
      )
    }
    await transport.shutdown()
    return error
  }

  @Test func `a meeting is stored with its zone and guests, and reads back`() async throws {
    try await RealServer.run { server in
      let (calendar, session) = try await server.calendar()
      let link = "https://video.example.com/room"
      var draft = try Samples.draft(
        calendar: calendar,
        title: "Größe, Ärger; 会議 🚀",
        attendees: ["bob@example.org"],
        conference: .ready(Conference(link: link))
      )
      draft.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=3"]
      let event = try await server.provider.createEvent(draft, session: session)
      #expect(event.externalID == "\(calendar)\(draft.eventID).ics")
      #expect(event.iCalUID == draft.iCalUID)
      #expect(event.etag != nil)
      let text = try await server.stored(event)
      #expect(text.contains("DTSTART;TZID=Europe/Berlin:20270128T100000\n"))
      #expect(text.contains("BEGIN:VTIMEZONE\n") && text.contains("TZID:Europe/Berlin\n"))
      #expect(text.contains("SUMMARY:Größe\\, Ärger\\; 会議 🚀\n"))
      #expect(text.contains("RRULE:FREQ=WEEKLY;COUNT=3\n"))
      #expect(text.contains("ORGANIZER;CN=Ann:mailto:ann@example.com\n"))
      let guest = try #require(text.split(separator: "\n").first { $0.contains("bob@example.org") })
      #expect(guest.contains("SCHEDULE-AGENT=CLIENT") && guest.contains("PARTSTAT=NEEDS-ACTION"))
      #expect(!text.contains("METHOD:"))
      let reference = ProviderEventReference(
        calendarExternalID: calendar,
        eventID: .init(UUID()),
        externalID: event.externalID
      )
      let again = try await server.provider.event(reference, session: session)
      #expect(again.etag == event.etag && again.iCalUID == event.iCalUID)
      #expect(again.conference == .success(Conference(link: link)))
    }
  }

  @Test func `an all-day event is made of dates`() async throws {
    try await RealServer.run { server in
      let (calendar, session) = try await server.calendar()
      let draft = try Samples.draft(
        calendar: calendar,
        timing: Samples.allDay("2027-12-31", "2028-01-02")
      )
      let text = try await server.stored(server.provider.createEvent(draft, session: session))
      #expect(text.contains("DTSTART;VALUE=DATE:20271231\n"))
      #expect(text.contains("DTEND;VALUE=DATE:20280102\n"))
      #expect(!text.contains("ORGANIZER") && !text.contains("VTIMEZONE"))
    }
  }

  @Test func `after a lost answer the same event is found`() async throws {
    try await RealServer.run(losing: ["PUT": 1]) { server in
      let (calendar, session) = try await server.calendar()
      let draft = try Samples.draft(calendar: calendar, attendees: ["bob@example.org"])
      let error = await #expect(throws: ProviderError.self) {
        try await server.provider.createEvent(draft, session: session)
      }
      #expect(error?.isRetryable == true)
      #expect(try await server.count() == 1)
      let event = try await server.provider.createEvent(draft, session: session)
      #expect(try await server.count() == 1)
      let again = try await server.provider.createEvent(draft, session: session)
      #expect(again == event)
      #expect(server.transport.sent("PUT") == 3)
    }
  }

  @Test func `our event is found though it was renamed in between, and is not overwritten`() async throws {
    try await RealServer.run { server in
      let (calendar, session) = try await server.calendar()
      var draft = try Samples.draft(calendar: calendar)
      let event = try await server.provider.createEvent(draft, session: session)
      draft.title = "Something else"
      let found = try await server.provider.createEvent(draft, session: session)
      #expect(found.externalID == event.externalID && found.etag == event.etag)
      #expect(found.content == event.content)
      #expect(try await server.stored(event).contains("SUMMARY:Quarterly review\n"))
    }
  }

  @Test func `a UID that another object has is a conflict`() async throws {
    try await RealServer.run { server in
      let (calendar, session) = try await server.calendar()
      let first = try Samples.draft(calendar: calendar)
      _ = try await server.provider.createEvent(first, session: session)
      var second = try Samples.draft(calendar: calendar)
      second.iCalUID = first.iCalUID
      await #expect(throws: ProviderError.conflict(etag: nil)) {
        try await server.provider.createEvent(second, session: session)
      }
      #expect(try await server.count() == 1)
    }
  }

  @Test func `a deleted event and a missing calendar are not found`() async throws {
    try await RealServer.run { server in
      let (calendar, session) = try await server.calendar()
      let event = try await server.provider.createEvent(Samples.draft(calendar: calendar), session: session)
      _ = try await server.request("DELETE", String(event.externalID.dropFirst(server.url.count)))
      let reference = ProviderEventReference(
        calendarExternalID: calendar,
        eventID: .init(UUID()),
        externalID: event.externalID
      )
      await #expect(throws: ProviderError.notFound) {
        try await server.provider.event(reference, session: session)
      }
      let error = await #expect(throws: ProviderError.self) {
        try await server.provider.createEvent(
          Samples.draft(calendar: "\(server.url)/ann/missing/"),
          session: session
        )
      }
      #expect(error?.isRetryable == false)
    }
  }

  @Test func `a password that was changed means connecting again`() async throws {
    try await RealServer.run { server in
      let (calendar, session) = try await server.calendar()
      let stale = CredentialVault(Credentials(["username": "ann", "password": "old"])).session(
        session.account
      )
      let error = await #expect(throws: ProviderError.self) {
        try await server.provider.createEvent(Samples.draft(calendar: calendar), session: stale)
      }
      #expect(error?.kind == "authExpired")
    }
  }
}

extension ProviderError {
  /// The case's name, where the reason does not matter.
  var kind: String { String("\(self)".prefix { $0 != "(" }) }
}
