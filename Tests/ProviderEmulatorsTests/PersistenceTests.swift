import Foundation
import JSONModel
import TestSupport
import Testing

@testable import ProviderEmulators

@Suite(.timeLimit(.minutes(5))) struct PersistenceTests {
  @Test func `events, deletions and consents survive a restart`() async throws {
    try await withTemporaryFolder { (folder: URL) async throws -> Void in
      let file = folder.appending(path: "google.jsonl")
      let first = try Probe(storage: file)
      _ = first.send("POST", Probe.events, Probe.event("aaaaa"))
      _ = first.send("POST", Probe.events, Probe.event("bbbbb"))
      _ = first.send("PATCH", "\(Probe.events)/aaaaa", ["summary": "Moved"])
      _ = first.send("DELETE", "\(Probe.events)/bbbbb")
      let sync = try #require(first.send("GET", Probe.events).json["nextSyncToken"]?.string)
      first.google.revokeConsents(of: "rex@example.com")

      for _ in 0..<2 {
        let next = try Probe(storage: file)
        #expect(next.google.events(of: "ada@example.com") == first.google.events(of: "ada@example.com"))
        #expect(next.send("POST", Probe.events, Probe.event("bbbbb")).status == 409)
        #expect(next.send("GET", Probe.events + "?syncToken=\(sync)").json["items"] == [])
        #expect(next.token("grant_type=refresh_token&refresh_token=rex-refresh").status == 400)
        #expect(next.token("grant_type=refresh_token&refresh_token=ada-refresh").status == 200)
      }
    }
  }

  @Test func `a conference that was pending is made after the restart`() async throws {
    try await withTemporaryFolder { (folder: URL) async throws -> Void in
      let file = folder.appending(path: "google.jsonl")
      let first = try Probe(storage: file, conferenceDelay: .seconds(5))
      let event = Probe.event("aaaaa", ["conferenceData": Probe.meet("r1")])
      _ = first.send("POST", Probe.events + "?conferenceDataVersion=1", event)
      let next = try Probe(storage: file)
      next.clock.advance(by: 6)
      #expect(next.send("GET", "\(Probe.events)/aaaaa").json["hangoutLink"] != nil)
    }
  }

  @Test func `a line torn by a crash costs that line only`() async throws {
    try await withTemporaryFolder { (folder: URL) async throws -> Void in
      let file = folder.appending(path: "google.jsonl")
      let first = try Probe(storage: file)
      _ = first.send("POST", Probe.events, Probe.event("aaaaa"))
      let whole = try Data(contentsOf: file)
      _ = first.send("POST", Probe.events, Probe.event("bbbbb"))
      let torn = try Data(contentsOf: file).prefix(whole.count + 40)
      try torn.write(to: file)
      let next = try Probe(storage: file)
      #expect(next.google.events(of: "ada@example.com").map { $0["id"] } == ["aaaaa"])
      _ = next.send("POST", Probe.events, Probe.event("ccccc"))
      let last = try Probe(storage: file)
      #expect(last.google.events(of: "ada@example.com").map { $0["id"] } == ["aaaaa", "ccccc"])
    }
  }

  @Test func `only the owner may read what an emulator remembers`() async throws {
    try await withTemporaryFolder { (folder: URL) async throws -> Void in
      let file = folder.appending(path: "google.jsonl")
      _ = try Probe(storage: file)
      let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }

  @Test func `the sink keeps the newest mails, also over a restart`() async throws {
    try await withTemporaryFolder { (folder: URL) async throws -> Void in
      let file = folder.appending(path: "mail.jsonl")
      let sink = try MailSink(storage: file, limit: 3)
      for number in 1...5 { sink.deliver(from: "a@example.com", to: ["b@example.org"], raw: "\(number)") }
      #expect(sink.messages.map(\.raw) == ["3", "4", "5"])
      #expect(try MailSink(storage: file, limit: 3).messages == sink.messages)
    }
  }
}
