import CalDAVDriver
import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import ProviderKit
import Synchronization
import Testing

/// A conference's link at servers that keep neither CONFERENCE nor URL.
@Suite(.timeLimit(.minutes(5))) struct ConferenceLinkTests: ScriptedServer {
  private static let calendar = "https://dav.example.com/cal/work/"
  private static let link = "https://video.example.com/room/1"

  /// The server's one object, without what it does not keep.
  private final class Store: Sendable {
    private let state: Mutex<(text: String, version: Int)> = Mutex(("", 0))
    private let dropped: [String]

    init(dropping dropped: [String]) { self.dropped = dropped }

    var lines: [String] {
      state.withLock { $0.text }.replacing("\r\n ", with: "").components(separatedBy: "\r\n")
    }

    func put(_ body: [UInt8]) {
      let text = String(decoding: body, as: UTF8.self).replacing("\r\n ", with: "")
      let kept = text.components(separatedBy: "\r\n").filter { line in
        !dropped.contains { line.hasPrefix($0) }
      }
      state.withLock { $0 = (kept.joined(separator: "\r\n"), $0.version + 1) }
    }

    /// Does what another client does.
    func edit(_ line: String, _ new: String) {
      put(Array(state.withLock { $0.text }.replacing(line, with: new).utf8))
    }

    var network: ScriptedTransport {
      ScriptedTransport { request, _ in
        if request.method == "PUT" { self.put(request.body) }
        let (text, version) = self.state.withLock { $0 }
        return ProviderResponse(
          request.method == "PUT" ? 204 : 200,
          [.eTag: "\"\(version)\""],
          request.method == "PUT" ? "" : text
        )
      }
    }
  }

  private struct Made {
    let store: Store
    let provider: CalDAVProvider
    let session: AccountSession
    var reference: ProviderEventReference

    func read() async throws -> ProviderEvent { try await provider.event(reference, session: session) }

    @discardableResult
    func change(
      _ fields: Set<EventField> = [],
      conference: ConferenceChange? = nil,
      _ edit: (inout EventContent) throws -> Void = { _ in }
    ) async throws -> ProviderEvent {
      let current = try await read()
      return try await provider.updateEvent(
        reference,
        current: current,
        change: Samples.change(of: current, fields, conference: conference, edit),
        session: session
      )
    }
  }

  private func made(
    dropping dropped: [String] = ["CONFERENCE", "URL"],
    _ edit: (inout ProviderEventDraft) -> Void = { _ in }
  ) async throws -> Made {
    let store = Store(dropping: dropped)
    let session = try session()
    let provider = provider(store.network)
    var draft = try Samples.draft(
      calendar: Self.calendar,
      conference: .ready(Conference(link: Self.link))
    )
    edit(&draft)
    let event = try await provider.createEvent(draft, session: session)
    return Made(
      store: store,
      provider: provider,
      session: session,
      reference: ProviderEventReference(
        calendarExternalID: Self.calendar,
        eventID: draft.eventID,
        externalID: event.externalID,
        conferenceLinks: [Self.link]
      )
    )
  }

  private static let conference = ProviderConference.success(Conference(link: link))

  @Test(arguments: [["CONFERENCE", "URL"], ["CONFERENCE"], []])
  func `a link of ours is the conference wherever the server keeps it`(dropped: [String]) async throws {
    let made = try await made(dropping: dropped)
    for event in [
      try await made.read(), try await made.change([.title]) { $0.title = "New" }, try await made.read(),
    ] {
      #expect(event.conference == Self.conference && event.content.location == nil)
    }
    #expect(made.store.lines.contains("LOCATION:\(Self.link)"))
  }

  @Test(arguments: [["CONFERENCE", "URL"], ["CONFERENCE"], []])
  func `a place from the beginning has the link behind it`(dropped: [String]) async throws {
    let made = try await made(dropping: dropped) { $0.location = "Room 1, upstairs" }
    let sequence = try await made.read().sequence
    for event in [
      try await made.read(), try await made.change([.title]) { $0.title = "New" }, try await made.read(),
    ] {
      #expect(event.conference == Self.conference && event.content.location == "Room 1, upstairs")
      #expect(event.sequence == sequence)
    }
    #expect(made.store.lines.contains("LOCATION:Room 1\\, upstairs\\, \(Self.link)"))
    try await made.change([.location]) { $0.location = nil }
    #expect(made.store.lines.contains("LOCATION:\(Self.link)"))
  }

  @Test func `a conference that is made later comes behind the place`() async throws {
    let made = try await made { ($0.conference, $0.location) = (nil, "Room 1") }
    try await made.change(conference: .set(.ready(Conference(link: Self.link))))
    let event = try await made.read()
    #expect(event.conference == Self.conference && event.content.location == "Room 1")
    #expect(made.store.lines.contains("LOCATION:Room 1\\, \(Self.link)"))
  }

  @Test(arguments: ["Room 1 (LINK)", "Room 1, LINK", "LINK"])
  func `a place that names the link is not told it twice`(words: String) async throws {
    let place = words.replacing("LINK", with: Self.link)
    let made = try await made { $0.location = place }
    #expect(try await made.read().conference == Self.conference)
    try await made.change([.location]) { $0.location = "Room 2" }
    let event = try await made.change([.location]) { $0.location = place }
    #expect(event.conference == Self.conference)
    #expect(made.store.lines.contains("LOCATION:\(place.replacing(",", with: "\\,"))"))
    // Another link is none of ours.
    try await made.change([.location]) { $0.location = Self.link + "2" }
    #expect(made.store.lines.contains("LOCATION:\(Self.link)2\\, \(Self.link)"))
  }

  @Test(arguments: [["CONFERENCE", "URL"], ["CONFERENCE"], []])
  func `another place has the link behind it`(dropped: [String]) async throws {
    let made = try await made(dropping: dropped)
    for event in [try await made.change([.location]) { $0.location = "Room 1" }, try await made.read()] {
      #expect(event.conference == Self.conference && event.content.location == "Room 1")
    }
    #expect(made.store.lines.contains("LOCATION:Room 1\\, \(Self.link)"))
    let freed = try await made.change([.location]) { $0.location = nil }
    #expect(freed.conference == Self.conference && freed.content.location == nil)
    #expect(made.store.lines.contains("LOCATION:\(Self.link)"))
  }

  @Test(arguments: [
    ("LOCATION:Room 2 (LINK)", true), ("LOCATION:Room 2\r\nDESCRIPTION:Agenda\\n\\nJoin: LINK", true),
    ("LOCATION:Room 2", false), ("LOCATION:LINK2", false), ("DESCRIPTION:LINK?pwd=1", false),
    ("DESCRIPTION:See LINK.", true),
  ])
  func `what others write is kept, and the conference goes with its link`(lines: String, isShown: Bool)
    async throws
  {
    let made = try await made()
    made.store.edit("LOCATION:\(Self.link)", lines.replacing("LINK", with: Self.link))
    let event = try await made.read()
    #expect(event.conference == (isShown ? Self.conference : nil))
    let text = "\(event.content.location ?? "")\(event.content.details ?? "")"
    #expect(text.contains("Room 2") == lines.contains("Room 2"))
    #expect(text.contains(Self.link) == lines.contains("LINK"))
  }

  @Test func `a conference that is replaced or taken off leaves no link behind`() async throws {
    var made = try await made()
    let other = "https://other.example.com/x"
    let replaced = try await made.change(conference: .set(.ready(Conference(link: other))))
    #expect(replaced.conference == .success(Conference(link: other)) && replaced.content.location == nil)
    #expect(made.store.lines.contains("LOCATION:\(other)"))
    made.reference.conferenceLinks = [other]
    try await made.change([.location]) { $0.location = "Room 1" }
    let without = try await made.change(conference: .remove)
    #expect(without.conference == nil && without.content.location == "Room 1")
    #expect(!made.store.lines.joined().contains("https:"))
  }

  @Test func `a place that is an address of the web is no conference by itself`() async throws {
    var made = try await made { draft in
      draft.conference = nil
      draft.location = "https://maps.example/office"
    }
    made.reference.conferenceLinks = []
    let event = try await made.read()
    #expect(event.conference == nil && event.content.location == "https://maps.example/office")
  }
}
