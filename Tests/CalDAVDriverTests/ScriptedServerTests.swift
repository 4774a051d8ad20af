import CalDAVDriver
import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import ICalendar
import ProviderKit
import Testing

/// How the driver handles servers that behave unlike Radicale.
@Suite(.timeLimit(.minutes(5))) struct ScriptedServerTests: ScriptedServer {
  private static let calendar = "https://dav.example.com/cal/work/"

  private func connect(_ network: ScriptedTransport, _ url: String) async throws -> AccountConnection {
    try await provider(network).connect(
      serverURL: url,
      username: "ann",
      password: "s3cret",
      handle: Samples.address("ann@example.com")
    )
  }

  private static func multistatus(_ responses: String) -> ProviderResponse {
    ProviderResponse(
      207,
      [:],
      """
      <?xml version="1.0" encoding="utf-8"?><d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">\
      \(responses)</d:multistatus>
      """
    )
  }

  private static func response(_ href: String, _ properties: String) -> String {
    """
    <d:response><d:href>\(href)</d:href><d:propstat><d:prop>\(properties)</d:prop>\
    <d:status>HTTP/1.1 200 OK</d:status></d:propstat><d:propstat><d:prop><c:calendar-timezone/></d:prop>\
    <d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>
    """
  }

  private static let isCalendar = "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>"

  /// A server found by its signpost, whose calendars live on another host.
  private static func sharded(redirect: Int) -> ScriptedTransport {
    ScriptedTransport { request, _ in
      switch (request.method, request.url) {
      case ("PROPFIND", "https://example.com/.well-known/caldav"):
        ProviderResponse(redirect, [.location: "https://dav.example.com/"])
      case ("PROPFIND", "https://dav.example.com/"):
        multistatus(
          response("/", "<d:current-user-principal><d:href>/me/</d:href></d:current-user-principal>")
        )
      case ("PROPFIND", "https://dav.example.com/me/"):
        multistatus(
          response(
            "/me/",
            "<c:calendar-home-set><d:href>https://p42.example.com/h/</d:href></c:calendar-home-set>"
          )
        )
      case ("PROPFIND", "https://p42.example.com/h/"):
        multistatus(
          response("/h/", "<d:resourcetype><d:collection/></d:resourcetype>")
            + response("/h/inbox/", "<d:resourcetype><d:collection/><c:schedule-inbox/></d:resourcetype>")
            + response(
              "/h/read/",
              isCalendar + """
                <d:displayname>A</d:displayname><d:current-user-privilege-set><d:privilege><d:read/></d:privilege>\
                </d:current-user-privilege-set>
                """
            ) + response("https://p42.example.com/h/own%20one/", isCalendar)
            + response(
              "/h/shared/",
              isCalendar + """
                <d:displayname>Z</d:displayname><d:current-user-privilege-set><d:privilege><d:write/></d:privilege>\
                </d:current-user-privilege-set>
                """
            )
        )
      case ("OPTIONS", _):
        ProviderResponse(
          200,
          HTTPFields().adding("1, 2, access-control", named: "DAV")
            .adding("calendar-access, calendar-auto-schedule", named: "dav")
        )
      default: ProviderResponse(404)
      }
    }
  }

  @Test(arguments: [301, 302, 307, 308])
  func `discovery follows the signpost, the principal and the home, to another host`(redirect: Int)
    async throws
  {
    let network = Self.sharded(redirect: redirect)
    let connection = try await connect(network, "example.com")
    let calendars = connection.calendars
    #expect(calendars.map(\.displayName) == ["own one", "Z", "A"])
    #expect(calendars.map(\.isWritable) == [true, true, false])
    #expect(calendars.map(\.isPrimary) == [true, false, false])
    #expect(calendars.first?.externalID == "https://p42.example.com/h/own%20one/")
    #expect(connection.sendsInvitations)
    #expect(connection.parameters["serverURL"] == "https://dav.example.com/")
    #expect(network.sent.allSatisfy { $0.address == IPAddress("1.1.1.1") })
    let searches = network.sent.filter { $0.request.method == "PROPFIND" }
    #expect(searches.allSatisfy { $0.request.headers[.contentType] == "application/xml; charset=utf-8" })
  }

  @Test func `a server that takes no passwords is told apart from a wrong password`() async throws {
    let bearer = ScriptedTransport { _, _ in ProviderResponse(401, [.wwwAuthenticate: "Bearer realm=\"x\""])
    }
    let refused = await #expect(throws: ProviderError.self) {
      try await connect(bearer, "https://a.example/")
    }
    #expect(refused?.kind == "rejected")
    let basic = ScriptedTransport { _, _ in ProviderResponse(401, [.wwwAuthenticate: "Basic realm=\"x\""]) }
    let wrong = await #expect(throws: ProviderError.self) { try await connect(basic, "https://a.example/") }
    #expect(wrong?.kind == "authExpired")
  }

  @Test(arguments: [502, 503, 429])
  func `a server in trouble is not a server without calendars`(status: Int) async throws {
    let network = ScriptedTransport { _, _ in ProviderResponse(status) }
    let error = await #expect(throws: ProviderError.self) { try await connect(network, "https://a.example/") }
    #expect(error?.isRetryable == true)
  }

  @Test(arguments: [
    "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">]><d:multistatus xmlns:d=\"DAV:\">&a;</d:multistatus>",
    "<?xml version=\"1.0\" encoding=\"utf-7\"?><d:multistatus xmlns:d=\"DAV:\"/>",
    String(repeating: "<d:x xmlns:d=\"DAV:\">", count: 20_000),
    "<d:multistatus xmlns:d=\"DAV:\">", "", "\u{0}", "<html/>",
  ])
  func `a hostile or broken answer is no calendar server`(body: String) async throws {
    let network = ScriptedTransport { _, _ in ProviderResponse(207, [:], body) }
    let error = await #expect(throws: ProviderError.self) { try await connect(network, "https://a.example/") }
    #expect(error?.kind == "rejected")
  }

  @Test(arguments: [("", 1), ("<!DOCTYPE d:multistatus [<!ENTITY a \"A\">]>", 0)])
  func `an answer with a document type is not read, however good it looks`(prefix: String, found: Int)
    async throws
  {
    let network = ScriptedTransport { request, _ in
      var answer = Self.multistatus(Self.response("/cal/", Self.isCalendar))
      let text = String(decoding: answer.body, as: UTF8.self).replacing("?>", with: "?>\(prefix)")
      answer.body = Array(text.utf8)
      return answer
    }
    let connection = try? await connect(network, "https://a.example/cal/")
    #expect((connection?.calendars.count ?? 0) == found)
  }

  @Test(arguments: [
    "", "ftp://a.example", "https://ann:pw@a.example/", "http://a.example/", "no spaces please",
  ])
  func `an address that cannot be used is refused before anything is sent`(url: String) async throws {
    let network = ScriptedTransport { _, _ in ProviderResponse(207) }
    let error = await #expect(throws: ProviderError.self) { try await connect(network, url) }
    #expect(error?.kind == "rejected")
    #expect(network.sent.isEmpty)
  }

  @Test(arguments: [
    (403, "<c:supported-calendar-data/>", "rejected"), (403, "<c:max-resource-size/>", "rejected"),
    (403, "<d:need-privileges/>", "forbidden"), (409, "<c:calendar-collection-location-ok/>", "rejected"),
    (403, "", "forbidden"), (404, "", "notFound"), (401, "", "authExpired"), (503, "", "unavailable"),
    (507, "<d:quota-not-exceeded/>", "unavailable"), (415, "", "rejected"),
  ])
  func `a refusal is understood by its condition`(status: Int, condition: String, kind: String) async throws {
    let network = ScriptedTransport { _, _ in Self.refusal(status, condition) }
    let error = await #expect(throws: ProviderError.self) {
      try await provider(network).createEvent(Samples.draft(calendar: Self.calendar), session: session())
    }
    #expect(error?.kind == kind)
    #expect(error.map { !"\($0)".contains("s3cret") } == true)
  }

  private static func refusal(_ status: Int, _ condition: String) -> ProviderResponse {
    let body = """
      <?xml version="1.0"?><d:error xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">\(condition)</d:error>
      """
    return ProviderResponse(status, [:], condition.isEmpty ? "" : body)
  }

  /// Each with the status that one of the servers at hand uses.
  @Test(arguments: [
    (409, "no-uid-conflict"), (412, "no-uid-conflict"), (403, "unique-scheduling-object-resource"),
  ])
  func `our event under another name is found by the href in the refusal`(status: Int, name: String)
    async throws
  {
    let first = ScriptedTransport { _, _ in ProviderResponse(201, [.eTag: "\"1\""]) }
    let draft = try Samples.draft(calendar: Self.calendar)
    _ = try await provider(first).createEvent(draft, session: session())
    let stored = try #require(first.sent.first?.request.body)
    let network = ScriptedTransport { request, _ in
      request.method == "PUT"
        ? Self.refusal(status, "<c:\(name)><d:href>/cal/work/renamed.ics</d:href></c:\(name)>")
        : ProviderResponse(status: 200, headers: [.eTag: "\"7\""], body: stored)
    }
    let event = try await provider(network).createEvent(draft, session: session())
    #expect(event.externalID == "https://dav.example.com/cal/work/renamed.ics")
    #expect(event.etag == "\"7\"")
  }

  @Test func `a refusal cannot send our password to another server`() async throws {
    let network = ScriptedTransport { _, _ in
      Self.refusal(409, "<c:no-uid-conflict><d:href>https://evil.example/x.ics</d:href></c:no-uid-conflict>")
    }
    await #expect(throws: ProviderError.conflict(etag: nil)) {
      try await provider(network).createEvent(Samples.draft(calendar: Self.calendar), session: session())
    }
    #expect(network.sent.count == 1)
  }

  @Test func `an event and the password with it stay on the calendar's server, whatever redirects say`()
    async throws
  {
    let network = ScriptedTransport { _, _ in
      ProviderResponse(307, [.location: "https://evil.example/x.ics"])
    }
    let draft = try Samples.draft(calendar: Self.calendar)
    let refused = await #expect(throws: ProviderError.self) {
      try await provider(network).createEvent(draft, session: session())
    }
    #expect(refused?.kind == "rejected")
    let reference = ProviderEventReference(
      calendarExternalID: Self.calendar,
      eventID: .init(UUID()),
      externalID: Self.calendar + "1.ics"
    )
    await #expect(throws: ProviderError.self) {
      try await provider(network).event(reference, session: session())
    }
    #expect(network.sent.map(\.request.method) == ["PUT", "GET"])
  }

  @Test func `an event is followed within its server`() async throws {
    let network = ScriptedTransport { request, _ in
      request.url.hasSuffix("/moved.ics")
        ? ProviderResponse(201, [.eTag: "\"1\""])
        : ProviderResponse(308, [.location: "/cal/work/moved.ics"])
    }
    let draft = try Samples.draft(calendar: Self.calendar)
    #expect(try await provider(network).createEvent(draft, session: session()).etag == "\"1\"")
  }

  /// RFC 6638 §2.4.1: a server writes only for organizers whose address it knows as the user's.
  @Test(arguments: [
    ("", true),
    ("<c:calendar-user-address-set/>", false),
    (
      "<c:calendar-user-address-set><d:href>mailto:eve@example.com</d:href></c:calendar-user-address-set>",
      false
    ),
    (
      """
      <c:calendar-user-address-set><d:href>/me/</d:href><d:href>MAILTO:Ann%40Example.com</d:href>\
      </c:calendar-user-address-set>
      """, true
    ),
  ])
  func `a server invites only for the addresses it knows`(known: String, invites: Bool) async throws {
    let principal = "<d:current-user-principal><d:href>/me/</d:href></d:current-user-principal>"
    let network = ScriptedTransport { request, _ in
      switch (request.method, request.url) {
      case ("OPTIONS", _):
        ProviderResponse(200, HTTPFields().adding("1, calendar-access, calendar-auto-schedule", named: "DAV"))
      case (_, "https://a.example/cal/"):
        Self.multistatus(Self.response("/cal/", Self.isCalendar + principal))
      case (_, "https://a.example/me/"): Self.multistatus(Self.response("/me/", known))
      default: ProviderResponse(404)
      }
    }
    #expect(try await connect(network, "https://a.example/cal/").sendsInvitations == invites)
  }

  @Test(arguments: [
    (404, ""), (403, ""), (503, ""), (200, "<html>"), (200, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
  ])
  func `an event that was stored stays stored when reading it back fails`(status: Int, body: String)
    async throws
  {
    let network = ScriptedTransport { request, _ in
      request.method == "PUT" ? ProviderResponse(201) : ProviderResponse(status, [:], body)
    }
    let draft = try Samples.draft(calendar: Self.calendar)
    let event = try await provider(network).createEvent(draft, session: session())
    #expect(event.externalID == Self.calendar + "\(draft.eventID).ics")
    #expect(event.iCalUID == draft.iCalUID)
    #expect(event.etag == nil)
  }

  @Test(arguments: [(true, nil), (false, "conflict")] as [(Bool, String?)])
  func `after a lost answer the UID tells our event, however it was changed since`(ours: Bool, kind: String?)
    async throws
  {
    let draft = try Samples.draft(calendar: Self.calendar)
    let text =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:\(ours ? draft.iCalUID : "other")\r\n"
      + "DTSTAMP:20270101T000000Z\r\nDTSTART:20270203T150000Z\r\nSUMMARY:Renamed\r\nSEQUENCE:3\r\n"
      + "END:VEVENT\r\nEND:VCALENDAR\r\n"
    let network = ScriptedTransport { request, _ in
      request.method == "PUT" ? ProviderResponse(412) : ProviderResponse(200, [.eTag: "\"9\""], text)
    }
    let session = try session()
    var refused: String?
    do throws(ProviderError) {
      let event = try await provider(network).createEvent(draft, session: session)
      #expect(event.etag == "\"9\"")
      #expect(event.sequence == 3)
    } catch { refused = error.kind }
    #expect(refused == kind)
  }

  @Test func `an etag that was not told is asked for`() async throws {
    let draft = try Samples.draft(calendar: Self.calendar)
    let text =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:\(draft.iCalUID)\r\nDTSTAMP:20270101T000000Z\r\n"
      + "DTSTART:20270128T090000Z\r\nSEQUENCE:2\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    let network = ScriptedTransport { request, _ in
      request.method == "PUT" ? ProviderResponse(201) : ProviderResponse(200, [.eTag: "\"9\""], text)
    }
    let event = try await provider(network).createEvent(draft, session: session())
    #expect(event.etag == "\"9\"")
    #expect(event.sequence == 2)
  }

  @Test(arguments: [(true, true, false), (true, false, true), (false, true, true)])
  func `guests are invited by the server, or it is told to leave them alone`(
    serverSends: Bool,
    notify: Bool,
    isClient: Bool
  ) async throws {
    let network = ScriptedTransport { _, _ in ProviderResponse(201, [.eTag: "\"1\""]) }
    var draft = try Samples.draft(calendar: Self.calendar, attendees: ["bob@example.org"])
    draft.notifyAttendees = notify
    _ = try await provider(network).createEvent(draft, session: session(sendsInvitations: serverSends))
    let request = try #require(network.sent.first?.request)
    #expect(request.headers[.ifNoneMatch] == "*")
    #expect(request.headers[.contentType] == "text/calendar; charset=utf-8")
    #expect(request.url == Self.calendar + "\(draft.eventID).ics")
    let text = String(decoding: request.body, as: UTF8.self).replacing("\r\n ", with: "")
    #expect(text.contains("SCHEDULE-AGENT=CLIENT") == isClient)
  }

  @Test func `a conference that a server would have to make is refused`() async throws {
    let network = ScriptedTransport { _, _ in ProviderResponse(201) }
    let wish = ConferenceCreation.withEvent(EventConferenceRequest(solution: "any", requestID: "1"))
    let error = await #expect(throws: ProviderError.self) {
      try await provider(network).createEvent(
        Samples.draft(calendar: Self.calendar, conference: wish),
        session: session()
      )
    }
    #expect(error?.kind == "rejected")
    #expect(network.sent.isEmpty)
  }

  @Test func `an object that cannot be read is a bad answer, not a missing event`() async throws {
    let network = ScriptedTransport { _, _ in ProviderResponse(200, [:], "<html>") }
    let reference = ProviderEventReference(
      calendarExternalID: Self.calendar,
      eventID: .init(UUID()),
      externalID: Self.calendar + "1.ics"
    )
    let error = await #expect(throws: ProviderError.self) {
      try await provider(network).event(reference, session: session())
    }
    #expect(error?.kind == "malformedReply")
  }
}
