import CalDAVDriver
import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import ProviderKit
import Synchronization
import Testing

/// Lists of changes as servers tell them that are not at hand: without synchronisation, cut short, with tokens they forgot.
@Suite(.timeLimit(.minutes(5))) struct ScriptedListingTests: ScriptedServer {
  private static let calendar = "https://dav.example.com/cal/work/"

  /// A calendar of events, each with the version that it is in.
  private final class Shelf: Sendable {
    let events = Mutex<[String: Int]>([:])
    let synchronizes: Bool
    /// At most so many in a list; the rest comes with the next.
    let limit: Int

    init(_ events: [String: Int], synchronizes: Bool = false, limit: Int = .max) {
      self.synchronizes = synchronizes
      self.limit = limit
      self.events.withLock { $0 = events }
    }

    func answer(_ request: ProviderRequest) -> ProviderResponse {
      let (body, events) = (String(decoding: request.body, as: UTF8.self), events.withLock { $0 })
      if body.contains("sync-collection") {
        guard synchronizes else {
          return ProviderResponse(403, [:], "<D:error xmlns:D=\"DAV:\"><D:supported-report/></D:error>")
        }
        // The token is the highest version that was told.
        let since = body.firstMatch(of: /token>(\d+)</).flatMap { Int($0.1) } ?? 0
        let newer = events.filter { $0.value > since }.sorted { $0.value < $1.value }
        let told = newer.prefix(limit)
        let cut =
          told.count < newer.count
          ? Self.response("/cal/work/", "<D:status>HTTP/1.1 507 Full</D:status>") : ""
        let list = told.map { Self.member($0.key, $0.value) }.joined()
        return Self.multistatus(list + cut + "<D:sync-token>\(told.last?.value ?? since)</D:sync-token>")
      }
      if body.contains("calendar-multiget") {
        let hrefs = body.matches(of: /<D:href>\/cal\/work\/([^<]+)\.ics</).map { String($0.1) }
        return Self.multistatus(
          hrefs.map { name in
            guard let version = events[name] else {
              return Self.response("/cal/work/\(name).ics", "<D:status>HTTP/1.1 404 Not Found</D:status>")
            }
            return Self.member(name, version, data: true)
          }.joined()
        )
      }
      return Self.multistatus(
        Self.response("/cal/work/", "") + events.map { Self.member($0.key, $0.value) }.joined()
      )
    }

    private static func multistatus(_ content: String) -> ProviderResponse {
      ProviderResponse(
        207,
        [:],
        "<D:multistatus xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\">\(content)</D:multistatus>"
      )
    }

    private static func response(_ href: String, _ content: String) -> String {
      "<D:response><D:href>\(href)</D:href>\(content)</D:response>"
    }

    private static func member(_ name: String, _ version: Int, data: Bool = false) -> String {
      let text = """
        BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:\(name)\nDTSTAMP:20270101T000000Z\nDTSTART:20270128T090000Z
        DURATION:PT1H\nSUMMARY:\(name) \(version)\nEND:VEVENT\nEND:VCALENDAR\n
        """
      let content = data ? "<C:calendar-data>\(text)</C:calendar-data>" : ""
      return response(
        "/cal/work/\(name).ics",
        "<D:propstat><D:prop><D:getetag>\"\(version)\"</D:getetag>\(content)</D:prop>"
          + "<D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
      )
    }
  }

  /// The changes since a position, in order, with the number of pages and the position at the end.
  private func told(
    _ network: ScriptedTransport,
    since position: ChangePosition? = nil
  ) async throws -> (lines: [String], pages: Int, end: ChangePosition) {
    var (lines, position, pages) = ([String](), position, 0)
    while true {
      let page = try await provider(network).changes(in: Self.calendar, since: position, session: session())
      pages += 1
      lines += page.changes.map { change in
        switch change {
        case .event(let listed): listed.event.content.title
        case .deleted(let place): "-\(place.externalID.split(separator: "/").last ?? "")"
        case .unreadable(let id, _): "?\(id)"
        }
      }
      if page.isLast { return (lines, pages, page.next) }
      position = page.next
    }
  }

  @Test func `without synchronisation the versions of all events are compared`() async throws {
    let shelf = Shelf(["a": 1, "b": 1])
    let network = ScriptedTransport { request, _ in shelf.answer(request) }
    let first = try await told(network)
    #expect(first.lines == ["a 1", "b 1"])
    let nothing = try await told(network, since: first.end)
    #expect(nothing.lines.isEmpty)
    shelf.events.withLock { $0 = ["a": 2, "c": 1] }
    let later = try await told(network, since: nothing.end)
    #expect(later.lines == ["a 2", "-b.ics", "c 1"])
    #expect(try await told(network, since: later.end).lines.isEmpty)
  }

  @Test(arguments: [true, false])
  func `what changes while pages are turned is told in the next round`(synchronizes: Bool) async throws {
    let names = (100..<350).map { "e\($0)" }
    let shelf = Shelf(Dictionary(uniqueKeysWithValues: names.map { ($0, 1) }), synchronizes: synchronizes)
    let isFirstPage = Mutex(true)
    let network = ScriptedTransport { request, _ in
      let answer = shelf.answer(request)
      if request.method == "REPORT", String(decoding: request.body, as: UTF8.self).contains("multiget") {
        // Behind our back, one that was told already.
        if isFirstPage.withLock({ first in
          defer { first = false }; return first
        }) {
          shelf.events.withLock { $0["e100"] = 2 }
        }
      }
      return answer
    }
    let first = try await told(network)
    #expect(first.pages == 3 && first.lines == names.map { "\($0) 1" })
    #expect(try await told(network, since: first.end).lines == ["e100 2"])
  }

  @Test func `a list that the server cuts short is gone on with`() async throws {
    let shelf = Shelf(["a": 1, "b": 2, "c": 3, "d": 4, "e": 5], synchronizes: true, limit: 2)
    let network = ScriptedTransport { request, _ in shelf.answer(request) }
    let all = try await told(network)
    #expect(all.lines == ["a 1", "b 2", "c 3", "d 4", "e 5"] && all.pages == 3)
  }

  @Test(arguments: [
    (403, "<D:error xmlns:D=\"DAV:\"><D:valid-sync-token/></D:error>"),
    (409, "<D:error xmlns:D=\"DAV:\"><D:valid-sync-token/></D:error>"), (412, ""), (410, ""),
  ])
  func `a token that the server no longer knows starts a new listing`(status: Int, body: String)
    async throws
  {
    let shelf = Shelf(["a": 1], synchronizes: true)
    let end = try await told(ScriptedTransport { request, _ in shelf.answer(request) }).end
    let network = ScriptedTransport { _, _ in ProviderResponse(status, [:], body) }
    await #expect(throws: ProviderError.gone) { try await told(network, since: end) }
  }

  @Test func `an event that cannot be read, and a task, hide none of the others`() async throws {
    let shelf = Shelf(["a": 1, "bad": 1, "task": 1, "z": 1], synchronizes: true)
    let network = ScriptedTransport { request, _ in
      var answer = shelf.answer(request)
      let text = String(decoding: answer.body, as: UTF8.self)
        .replacing(
          "UID:bad\nDTSTAMP:20270101T000000Z\nDTSTART:20270128T090000Z",
          with: "UID:bad\nDTSTART:never"
        )
        .replacing(/BEGIN:VEVENT(\nUID:task[\s\S]*?)END:VEVENT/) { "BEGIN:VTODO\($0.1)END:VTODO" }
      answer.body = Array(text.utf8)
      return answer
    }
    #expect(try await told(network).lines == ["a 1", "?\(Self.calendar)bad.ics", "z 1"])
  }

  @Test func `an href to another server is not believed`() async throws {
    let network = ScriptedTransport { request, _ in
      let isReport = String(decoding: request.body, as: UTF8.self).contains("sync-collection")
      return ProviderResponse(
        207,
        [:],
        """
        <D:multistatus xmlns:D="DAV:"><D:response><D:href>https://evil.example.com/1.ics</D:href><D:propstat><D:prop>
        <D:getetag>"1"</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>
        \(isReport ? "<D:sync-token>t</D:sync-token>" : "")</D:multistatus>
        """
      )
    }
    #expect(try await told(network).lines.isEmpty)
    #expect(network.sent.allSatisfy { $0.request.url.hasPrefix("https://dav.example.com/") })
  }
}
