import CalDAVDriver
import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import ICalendar
import ProviderKit
import Synchronization
import Testing

/// How the driver handles changes on servers that behave unlike the ones available to the tests.
@Suite(.timeLimit(.minutes(5))) struct ScriptedChangeTests: ScriptedServer {
  private static let calendar = "https://dav.example.com/cal/work/"

  private func reference(_ start: String? = nil) throws -> ProviderEventReference {
    ProviderEventReference(
      calendarExternalID: Self.calendar,
      eventID: .init(UUID()),
      externalID: Self.calendar + "1.ics",
      originalStart: try start.map(Samples.start)
    )
  }

  private static func text(_ lines: String..., parts: [String] = []) -> String {
    let event =
      ["BEGIN:VEVENT", "UID:1@example.com", "DTSTAMP:20270101T000000Z", "SEQUENCE:4"] + lines
      + ["END:VEVENT"]
    return (["BEGIN:VCALENDAR", "VERSION:2.0"] + parts + event + ["END:VCALENDAR", ""]).joined(
      separator: "\r\n"
    )
  }

  private static let times = ["DTSTART:20270128T090000Z", "DURATION:PT1H"].joined(separator: "\r\n")

  /// The event of a text, and what is sent when it is changed.
  private func put(
    _ text: String,
    _ fields: Set<EventField>,
    start: String? = nil,
    sendsInvitations: Bool = false,
    notifies: Bool = true,
    _ edit: (inout EventContent) throws -> Void = { _ in }
  ) async throws -> String {
    let network = ScriptedTransport { request, _ in
      request.method == "GET"
        ? ProviderResponse(200, [.eTag: "\"1\""], text) : ProviderResponse(204, [.eTag: "\"2\""])
    }
    let session = try session(sendsInvitations: sendsInvitations)
    let reference = try reference(start)
    let current = try await provider(network).event(reference, session: session)
    let change = try Samples.change(of: current, fields, notifies: notifies, edit)
    let changed = try await provider(network).updateEvent(
      reference,
      current: current,
      change: change,
      session: session
    )
    #expect(changed.etag == "\"2\"")
    let request = try #require(network.sent.last?.request)
    #expect(request.method == "PUT" && request.headers[.ifMatch] == "\"1\"")
    #expect(request.headers[.contentType] == "text/calendar; charset=utf-8")
    return String(decoding: request.body, as: UTF8.self).replacing("\r\n ", with: "")
      .replacing("\r\n", with: "\n")
  }

  private static func sabre(_ status: Int, _ exception: String) -> ProviderResponse {
    let body = """
      <?xml version="1.0" encoding="utf-8"?><d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">\
      <s:exception>Sabre\\DAV\\Exception\\\(exception)</s:exception><s:message>No</s:message></d:error>
      """
    return ProviderResponse(status, [:], body)
  }

  @Test(arguments: [
    (404, "NotFound", "notFound"), (403, "Forbidden", "forbidden"), (401, "NotAuthenticated", "authExpired"),
    (423, "Locked", "unavailable"), (410, "Gone", "gone"), (412, "PreconditionFailed", "conflict"),
  ])
  func `an exception of the server's own is no condition of the event's`(
    status: Int,
    exception: String,
    kind: String
  ) async throws {
    let network = ScriptedTransport { request, _ in
      request.method == "PROPFIND" ? ProviderResponse(207) : Self.sabre(status, exception)
    }
    let (reference, session) = (try reference(), try session())
    let read = await #expect(throws: ProviderError.self) {
      try await provider(network).event(reference, session: session)
    }
    #expect(read?.kind == kind)
    let deleted = await #expect(throws: ProviderError.self) {
      try await provider(network).deleteEvent(reference, notifyAttendees: true, session: session)
    }
    #expect(deleted?.kind == kind)
  }

  @Test(arguments: [(200, "conflict"), (404, "notFound"), (410, "gone"), (503, "unavailable")])
  func `a version that no longer exists is looked for`(status: Int, kind: String) async throws {
    let text = Self.text(Self.times)
    let network = ScriptedTransport { request, _ in
      switch request.method {
      case "PUT": Self.sabre(412, "PreconditionFailed")
      case "PROPFIND": ProviderResponse(207)
      default: ProviderResponse(status, [.eTag: "\"3\""], text)
      }
    }
    let good = ScriptedTransport { _, _ in ProviderResponse(200, [.eTag: "\"1\""], text) }
    let (reference, session) = (try reference(), try session())
    let current = try await provider(good).event(reference, session: session)
    let error = await #expect(throws: ProviderError.self) {
      try await provider(network).updateEvent(
        reference,
        current: current,
        change: Samples.change(of: current, [.title]) { $0.title = "New" },
        session: session
      )
    }
    #expect(error?.kind == kind)
    if status == 200 { #expect(error == .conflict(etag: "\"3\"")) }
  }

  /// iCloud may tell no etag with an event, and Cyrus none when it schedules.
  @Test(arguments: [true, false])
  func `without an etag the text says whether it is the same version`(isSame: Bool) async throws {
    let text = Self.text(Self.times)
    let network = ScriptedTransport { request, _ in
      request.method == "GET"
        ? ProviderResponse(
          200,
          [.eTag: "\"5\""],
          isSame ? text : text.replacing("SEQUENCE:4", with: "SEQUENCE:5")
        )
        : ProviderResponse(204)
    }
    let blind = ScriptedTransport { _, _ in ProviderResponse(200, [:], text) }
    let (reference, session) = (try reference(), try session())
    let current = try await provider(blind).event(reference, session: session)
    #expect(current.etag == nil)
    func update() async throws -> ProviderEvent {
      try await provider(network).updateEvent(
        reference,
        current: current,
        change: Samples.change(of: current, [.title]) { $0.title = "New" },
        session: session
      )
    }
    if isSame {
      // The answer told none either: it was asked for.
      #expect(try await update().etag == "\"5\"")
      #expect(network.sent.map(\.request.method) == ["GET", "PUT", "GET"])
      #expect(network.sent[1].request.headers[.ifMatch] == "\"5\"")
    } else {
      await #expect(throws: ProviderError.conflict(etag: "\"5\"")) { try await update() }
      #expect(network.sent.map(\.request.method) == ["GET"])
    }
  }

  @Test(arguments: [(true, true, false), (true, false, true), (false, true, true)])
  func `a new guest is invited by the server or left alone, and the others' agents stay`(
    serverSends: Bool,
    notifies: Bool,
    isClient: Bool
  ) async throws {
    let text = Self.text(
      Self.times,
      "ORGANIZER:mailto:ann@example.com",
      "ATTENDEE;SCHEDULE-AGENT=NONE:mailto:bob@example.org"
    )
    let sent = try await put(text, [.attendees], sendsInvitations: serverSends, notifies: notifies) {
      $0.attendees.append(try Samples.guest("eve@example.org"))
    }
    let lines = sent.split(separator: "\n")
    #expect(lines.contains("ATTENDEE;SCHEDULE-AGENT=NONE:mailto:bob@example.org"))
    let eve = try #require(lines.first { $0.contains("eve@example.org") })
    #expect(eve.contains("SCHEDULE-AGENT=CLIENT") == isClient)
    #expect(lines.filter { $0.hasPrefix("ORGANIZER") } == ["ORGANIZER:mailto:ann@example.com"])
    #expect(!sent.contains("CHAIR"))
  }

  @Test func `a length becomes an end when the time changes, and stays when it does not`() async throws {
    let renamed = try await put(Self.text(Self.times), [.title]) { $0.title = "New" }
    #expect(renamed.contains("\nDURATION:PT1H\n") && !renamed.contains("DTEND"))
    let moved = try await put(Self.text(Self.times), [.timing]) { $0.timing = try Samples.timed() }
    #expect(moved.contains("\nDTEND;TZID=Europe/Berlin:20270128T110000\n") && !moved.contains("DURATION"))
    #expect(moved.contains("\nSEQUENCE:5\n"))
  }

  private static let zone = """
    BEGIN:VTIMEZONE\r\nTZID:Our time\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0130\r\n\
    TZOFFSETTO:+0130\r\nEND:STANDARD\r\nEND:VTIMEZONE
    """

  @Test func `a zone that only the file knows stays in the file, and is told as an instant`() async throws {
    let lines = "DTSTART;TZID=Our time:20270128T100000\r\nDTEND;TZID=Our time:20270128T110000"
    let network = ScriptedTransport { _, _ in
      ProviderResponse(200, [.eTag: "\"1\""], Self.text(lines, parts: [Self.zone]))
    }
    let event = try await provider(network).event(try reference(), session: session())
    #expect(
      try event.content.timing == Samples.timed("2027-01-28T08:30:00", "2027-01-28T09:30:00", zone: "UTC")
    )
    let renamed = try await put(Self.text(lines, parts: [Self.zone]), [.title]) { $0.title = "New" }
    #expect(renamed.contains("DTSTART;TZID=Our time:20270128T100000\n"))
    #expect(renamed.contains("TZID:Our time\n") && renamed.contains("TZOFFSETTO:+0130\n"))
    let moved = try await put(Self.text(lines, parts: [Self.zone]), [.timing]) {
      $0.timing = try Samples.timed()
    }
    #expect(moved.contains("TZID:Europe/Berlin\n"))
  }

  /// GAS-ICS-Sync#225: a private name for rules that the IANA has under another one.
  @Test(arguments: ["Customized Time Zone", "tzone://Microsoft/Custom", "My Zone"])
  func `a zone that only the file names is the one with the same rules`(name: String) async throws {
    let zone = """
      BEGIN:VTIMEZONE\r\nTZID:\(name)\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\n\
      TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n\
      DTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n\
      RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE
      """
    let lines = "DTSTART;TZID=\"\(name)\":20270128T100000\r\nDTEND;TZID=\"\(name)\":20270128T110000"
    let network = ScriptedTransport { _, _ in
      ProviderResponse(200, [.eTag: "\"1\""], Self.text(lines, parts: [zone]))
    }
    let event = try await provider(network).event(try reference(), session: session())
    #expect(try event.content.timing == Samples.timed())
  }

  @Test func `a series in a zone that nothing stands for is not shown at other times`() async throws {
    // Clocks that change in May and November.
    let zone = """
      BEGIN:VTIMEZONE\r\nTZID:Moon\r\nBEGIN:STANDARD\r\nDTSTART:16011101T030000\r\nTZOFFSETFROM:+0200\r\n\
      TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYMONTHDAY=3;BYMONTH=11\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n\
      DTSTART:16010501T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n\
      RRULE:FREQ=YEARLY;BYMONTHDAY=7;BYMONTH=5\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE
      """
    let times = "DTSTART;TZID=Moon:20270128T100000\r\nDTEND;TZID=Moon:20270128T110000"
    func read(_ line: String) async throws -> ProviderEvent {
      let network = ScriptedTransport { _, _ in
        ProviderResponse(200, [:], Self.text(times, line, parts: [zone]))
      }
      return try await provider(network).event(try reference(), session: session())
    }
    guard case .timed(let start, _) = try await read("SUMMARY:Once").content.timing else {
      Issue.record("it has no time")
      return
    }
    #expect(ZonedDateTime(instant: start.instant, zone: .utc).rfc3339 == "2027-01-28T09:00:00+00:00")
    let error = await #expect(throws: ProviderError.self) { try await read("RRULE:FREQ=WEEKLY") }
    guard case .rejected(let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("“Moon”"))
  }

  @Test func `a zone by Windows' name is the one that is meant`() async throws {
    let lines = """
      DTSTART;TZID=W. Europe Standard Time:20270128T100000\r\n\
      DTEND;TZID=W. Europe Standard Time:20270128T110000
      """
    let network = ScriptedTransport { _, _ in ProviderResponse(200, [:], Self.text(lines)) }
    let event = try await provider(network).event(try reference(), session: session())
    #expect(try event.content.timing == Samples.timed())
  }

  @Test func `what cannot be read is written back as it came`() async throws {
    let stray = [
      "BEGIN:VEVENT", "UID:1@example.com", "RECURRENCE-ID:20270204T090000Z",
      "DTSTART;TZID=Asia/Tokyo:noon", "SUMMARY:Lost", "END:VEVENT",
    ]
    let zone = Self.zone.replacing("Our time", with: "Asia/Tokyo")
    let task = ["BEGIN:VTODO", "UID:2@example.com", "DTSTAMP:20270101T000000Z", "END:VTODO"]
    let text = Self.text(Self.times, "RRULE:FREQ=WEEKLY", parts: [zone] + stray + task)
    let sent = try await put(text, [.title]) { $0.title = "New" }
    #expect(sent.contains(zone.replacing("\r\n", with: "\n")))
    #expect(sent.contains(stray.joined(separator: "\n")) && sent.contains(task.joined(separator: "\n")))
  }

  @Test func `a change for all that follow goes on after an occurrence in it was changed`() async throws {
    let following = [
      "BEGIN:VEVENT", "UID:1@example.com", "DTSTAMP:20270101T000000Z",
      "RECURRENCE-ID;RANGE=THISANDFUTURE:20270204T090000Z", "DTSTART:20270204T140000Z",
      "DTEND:20270204T150000Z", "SUMMARY:Afternoon", "END:VEVENT",
    ]
    let text = Self.text(Self.times, "RRULE:FREQ=WEEKLY;COUNT=5", "SUMMARY:Morning", parts: following)
    let sent = try await put(text, [.title], start: "20270204T090000Z") { content in
      #expect(content.title == "Afternoon")
      content.title = "Only this"
    }
    let network = ScriptedTransport { _, _ in ProviderResponse(200, [:], sent.replacing("\n", with: "\r\n")) }
    var titles: [String] = []
    for start in ["20270128T090000Z", "20270204T090000Z", "20270211T090000Z", "20270225T090000Z"] {
      titles.append(
        try await provider(network).event(try reference(start), session: session()).content.title
      )
    }
    #expect(titles == ["Morning", "Only this", "Afternoon", "Afternoon"])
  }

  @Test func `deleting an occurrence does not give up for a newer version, but not for ever either`()
    async throws
  {
    let text = Self.text(Self.times, "RRULE:FREQ=WEEKLY")
    for refusals in [2, 3] {
      let (left, failed) = (Counter(refusals), ProviderResponse(412))
      let network = ScriptedTransport { request, _ in
        guard request.method == "PUT" else { return ProviderResponse(200, [.eTag: "\"1\""], text) }
        return left.take() ? failed : ProviderResponse(204, [.eTag: "\"2\""])
      }
      let (reference, session) = (try reference("20270204T090000Z"), try session())
      var error: ProviderError?
      do throws(ProviderError) {
        try await provider(network).deleteEvent(reference, notifyAttendees: true, session: session)
      } catch let refused { error = refused }
      #expect(error?.kind == (refusals == 3 ? "conflict" : nil))
      #expect(network.sent.filter { $0.request.method == "PUT" }.count == 3)
      let body = String(
        decoding: try #require(network.sent.last { $0.request.method == "PUT" }).request.body,
        as: UTF8.self
      )
      #expect(body.contains("EXDATE:20270204T090000Z"))
    }
  }

  @Test func `a change and a deletion stay on the calendar's server, whatever redirects say`() async throws {
    let text = Self.text(Self.times)
    let good = ScriptedTransport { _, _ in ProviderResponse(200, [.eTag: "\"1\""], text) }
    let network = ScriptedTransport { _, _ in
      ProviderResponse(307, [.location: "https://evil.example/x.ics"])
    }
    let (reference, session) = (try reference(), try session())
    let current = try await provider(good).event(reference, session: session)
    let changed = await #expect(throws: ProviderError.self) {
      try await provider(network).updateEvent(
        reference,
        current: current,
        change: Samples.change(of: current, [.title]),
        session: session
      )
    }
    let deleted = await #expect(throws: ProviderError.self) {
      try await provider(network).deleteEvent(reference, notifyAttendees: true, session: session)
    }
    #expect([changed?.kind, deleted?.kind] == ["rejected", "rejected"])
    #expect(network.sent.allSatisfy { $0.request.url.hasPrefix(Self.calendar) })
  }

  @Test func `a wish that no server can make true, or a rule that is none, changes nothing`() async throws {
    let text = Self.text(Self.times)
    let network = ScriptedTransport { _, _ in ProviderResponse(200, [.eTag: "\"1\""], text) }
    let (reference, session) = (try reference(), try session())
    let current = try await provider(network).event(reference, session: session)
    let wish = EventConferenceRequest(solution: "any", requestID: "1")
    for change in [
      try Samples.change(of: current, conference: .set(.withEvent(wish))),
      try Samples.change(of: current, [.recurrence]) { $0.recurrence = ["SUMMARY:x"] },
    ] {
      let error = await #expect(throws: ProviderError.self) {
        try await provider(network).updateEvent(reference, current: current, change: change, session: session)
      }
      #expect(error?.kind == "rejected")
    }
    let same = try await provider(network).updateEvent(
      reference,
      current: current,
      change: Samples.change(of: current),
      session: session
    )
    #expect(same == current)
    #expect(network.sent.count == 1)
  }

  @Test func `responses to the old time are reset, those of the organizer and of rooms are not`() async throws
  {
    // RFC 5546 §2.1.4 and RFC 6638 §3.2.8.
    let guests = [
      "ORGANIZER:mailto:ann@example.com", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@example.com",
      "ATTENDEE;CN=Zoe;PARTSTAT=ACCEPTED:mailto:zoe@example.net",
      "ATTENDEE;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:room@example.org",
    ].joined(separator: "\r\n")
    let moved = try await put(Self.text(Self.times, guests), [.timing]) {
      $0.timing = try Samples.timed("2027-01-29T09:00:00", "2027-01-29T10:00:00", zone: "UTC")
    }
    #expect(moved.contains("ATTENDEE;CN=Zoe;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:zoe@example.net"))
    #expect(moved.contains("ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@example.com"))
    #expect(moved.contains("ATTENDEE;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:room@example.org"))
    let renamed = try await put(Self.text(Self.times, guests), [.title]) { $0.title = "Other" }
    #expect(renamed.contains("ATTENDEE;CN=Zoe;PARTSTAT=ACCEPTED:mailto:zoe@example.net"))
  }

  @Test func `a weak entity tag is not sent in If-Match`() async throws {
    // RFC 9110 §13.1.1: If-Match compares strongly, so that a weak tag never matches.
    let network = ScriptedTransport { request, _ in
      request.method == "GET"
        ? ProviderResponse(200, [.eTag: "W/\"1\""], Self.text(Self.times))
        : ProviderResponse(request.headers[.ifMatch] == nil ? 204 : 412, [.eTag: "W/\"2\""])
    }
    let (session, reference) = (try self.session(), try self.reference())
    let current = try await provider(network).event(reference, session: session)
    let change = try Samples.change(of: current, [.title], notifies: false) { $0.title = "Other" }
    _ = try await provider(network).updateEvent(reference, current: current, change: change, session: session)
    #expect(network.sent.filter { $0.request.method == "PUT" }.count == 1)
  }

  @Test(arguments: [404, 409, 410])
  func `a calendar that is gone is not taken for a deleted meeting`(_ status: Int) async throws {
    for isThere in [true, false] {
      let network = ScriptedTransport { request, _ in
        request.method == "PROPFIND" ? ProviderResponse(isThere ? 207 : 404) : ProviderResponse(status)
      }
      let error = await #expect(throws: ProviderError.self) {
        try await provider(network).event(try reference(), session: try session())
      }
      #expect((error == .calendarMissing) != isThere, "\(String(describing: error))")
      #expect(network.sent.last?.request.url == Self.calendar)
    }
  }
}

/// So many refusals, from whichever task they are asked for.
private final class Counter: Sendable {
  private let left: Mutex<Int>

  init(_ count: Int) { left = Mutex(count) }

  func take() -> Bool {
    left.withLock { left in
      left -= 1
      return left >= 0
    }
  }
}
