import Foundation
import JSONModel
import Testing

@testable import ProviderEmulators

@Suite(.timeLimit(.minutes(5))) struct MicrosoftDeltaTests {
  private let probe: MicrosoftProbe
  private static let first = "/v1.0/me/calendarView/delta?\(MicrosoftProbe.march)"

  init() throws { probe = try MicrosoftProbe() }

  /// A whole round: its items, its number of pages, and where the next begins.
  private func round(_ link: String, size: Int? = nil) throws -> (items: [JSON], pages: Int, next: String) {
    var items: [JSON] = []
    var (pages, path) = (0, link)
    while true {
      let answer = probe.send("GET", path, prefer: size.map { "odata.maxpagesize=\($0)" })
      try #require(answer.status == 200)
      items += answer.items
      pages += 1
      if let next = answer.json["@odata.deltaLink"]?.string { return (items, pages, next) }
      path = try #require(answer.json["@odata.nextLink"]?.string)
    }
  }

  private func path(_ event: JSON) -> String { "\(MicrosoftProbe.events)/\(event.id)" }

  @Test func `a round says what is new since the last, and nothing twice`() throws {
    let event = probe.create()
    let start = try round(Self.first)
    #expect(start.items.map(\.id) == [event.id])
    #expect(start.items[0]["subject"] == "Offer")
    let quiet = try round(start.next)
    #expect(quiet.items.isEmpty)
    probe.send("PATCH", path(event), ["subject": "Moved"])
    let other = probe.create()
    let next = try round(quiet.next)
    #expect(Set(next.items.map(\.id)) == [event.id, other.id])
    // An old link still tells everything since then.
    #expect(try round(start.next).items.count == 2)
  }

  @Test func `what is deleted and what has left the window look alike`() throws {
    let (gone, moved) = (probe.create(), probe.create())
    let start = try round(Self.first)
    probe.send("DELETE", path(gone))
    probe.send(
      "PATCH",
      path(moved),
      [
        "start": MicrosoftProbe.time("2027-09-01T10:00:00"),
        "end": MicrosoftProbe.time("2027-09-01T11:00:00"),
      ]
    )
    let next = try round(start.next)
    #expect(Set(next.items.map(\.id)) == [gone.id, moved.id])
    #expect(next.items.allSatisfy { $0["@removed"] == ["reason": "deleted"] && $0["subject"] == nil })
    #expect(probe.get(moved.id).status == 200)
  }

  @Test func `a series comes whole, its occurrences with their times only`() throws {
    let series = probe.create(["recurrence": MicrosoftProbe.mondays])
    let start = try round(Self.first)
    #expect(start.items.map { $0["type"] } == ["seriesMaster"] + Array(repeating: "occurrence", count: 5))
    let keys = Set(start.items[1].object?.keys.map { $0 } ?? [])
    #expect(keys == ["@odata.etag", "@odata.type", "end", "id", "seriesMasterId", "start", "type"])
    probe.send("PATCH", path(start.items[2]), ["subject": "Special"])
    probe.send("DELETE", path(start.items[3]))
    let next = try round(start.next)
    // Nothing is said of the deleted one; it is missing.
    #expect(next.items.count == 5)
    #expect(next.items[2]["subject"] == "Special")
    #expect(!next.items.contains { $0["@removed"] != nil })
    probe.send("DELETE", path(series))
    #expect(try round(next.next).items == [["id": .string(series.id), "@removed": ["reason": "deleted"]]])
  }

  @Test func `pages do not tear a series apart`() throws {
    for _ in 1...4 { _ = probe.create() }
    _ = probe.create(["recurrence": MicrosoftProbe.mondays])
    let whole = try round(Self.first, size: 3)
    #expect(whole.items.count == 10)
    #expect(whole.pages == 3)
    #expect(Set(whole.items.map(\.id)).count == 10)
  }

  @Test func `a moved event is gone under its old id, but not for who prefers immutable ones`() throws {
    let event = probe.create()
    let start = try round(Self.first)
    let immutable = probe.send("GET", Self.first, prefer: "IdType=\"ImmutableId\"")
    let link = try #require(immutable.json["@odata.deltaLink"]?.string)
    let new = try #require(probe.microsoft.move(event.id, of: "ada@example.com"))
    let next = try round(start.next)
    #expect(next.items.first { $0["@removed"] != nil }?.id == event.id)
    #expect(next.items.contains { $0.id == new })
    let same = probe.send("GET", link, prefer: "IdType=\"ImmutableId\"")
    #expect(same.items.map(\.id) == immutable.items.map(\.id))
  }

  @Test func `a state that is forgotten is 410, and some options are not for delta`() throws {
    let start = try round(Self.first)
    probe.microsoft.expireSyncStates(of: "ada@example.com")
    let answer = probe.send("GET", start.next)
    #expect(answer.status == 410)
    #expect(answer.code == "SyncStateNotFound")
    #expect(probe.send("GET", Self.first + "&$select=subject").code == "ErrorInvalidUrlQuery")
    #expect(probe.send("GET", "/v1.0/me/calendarView/delta").code == "ErrorInvalidParameter")
  }

  @Test func `a delta link goes on after a restart`() async throws {
    try await withTemporaryFolder { (folder: URL) async throws -> Void in
      let file = folder.appending(path: "microsoft.jsonl")
      let first = try MicrosoftProbe(storage: file)
      let event = first.create()
      let deleted = first.create(["transactionId": "t-1"])
      let link = first.send("GET", Self.first).json["@odata.deltaLink"]?.string ?? ""
      first.send("DELETE", path(deleted))
      for _ in 0..<2 {
        let next = try MicrosoftProbe(storage: file)
        #expect(next.get(event.id).json == first.get(event.id).json)
        let round = next.send("GET", link)
        #expect(round.items == [["id": .string(deleted.id), "@removed": ["reason": "deleted"]]])
      }
    }
  }
}
