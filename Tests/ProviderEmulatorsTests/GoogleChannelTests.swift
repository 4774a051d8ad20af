import Foundation
import JSONModel
import TestSupport
import Testing

@testable import ProviderEmulators

@Suite(.timeLimit(.minutes(5))) struct GoogleChannelTests {
  private static let away = "https://127.0.0.1:9/hook"

  @Test func `a channel tells that it is open, then of each change, without a body`() async throws {
    let (probe, listener) = (try Probe(), ChannelListener())
    try await listener.run { (url: String) async throws -> Void in
      let opened = probe.send("POST", Probe.watch, Probe.channel("one", at: url + "/hook"))
      try #require(opened.status == 200)
      #expect(opened.json["kind"] == "api#channel" && opened.json["token"] == "a-token")
      probe.send("POST", Probe.events, Probe.event("aaaaa"))
      probe.send("PATCH", "\(Probe.events)/aaaaa", ["summary": "Moved"])
      probe.send("GET", "\(Probe.events)/aaaaa")
      probe.send("DELETE", "\(Probe.events)/aaaaa")
      try await listener.wait(for: 4)
      #expect(listener.states == ["sync", "exists", "exists", "exists"])
      #expect(listener.numbers.first == 1)
      #expect(zip(listener.numbers, listener.numbers.dropFirst()).allSatisfy { $1 > $0 + 1 })
      for told in listener.notifications {
        #expect(told.channel == "one" && told.length == 0)
        #expect(told.headers["x-goog-channel-token"] == "a-token")
        #expect(told.headers["x-goog-resource-id"] == opened.json["resourceId"]?.string)
        #expect(told.headers["x-goog-resource-uri"] == opened.json["resourceUri"]?.string)
        // A week after 15 January 2027, 8:00.
        #expect(told.headers["x-goog-channel-expiration"] == "Fri, 22 Jan 2027 08:00:00 GMT")
      }
    }
  }

  @Test func `a call that changes nothing, or another calendar, is not told`() throws {
    let probe = try Probe()
    probe.send("POST", Probe.watch, Probe.channel("one", at: Self.away))
    probe.send("POST", Probe.events, Probe.event("aaaaa"), token: "rex")
    #expect(probe.send("POST", Probe.events, ["summary": "No time"]).status == 400)
    probe.send("GET", Probe.events)
    #expect(probe.lastNumber(of: "one") == 1)
    probe.send("POST", Probe.events, Probe.event("aaaaa"))
    #expect(probe.lastNumber(of: "one") != 1)
  }

  @Test func `a Meet that is made later is a change`() throws {
    let probe = try Probe(conferenceDelay: .seconds(5))
    let event = Probe.event("aaaaa", ["conferenceData": Probe.meet("r1")])
    probe.send("POST", Probe.events + "?conferenceDataVersion=1", event)
    probe.send("POST", Probe.watch, Probe.channel("one", at: Self.away))
    probe.clock.advance(by: 6)
    probe.send("GET", "\(Probe.events)/aaaaa")
    #expect(try #require(probe.lastNumber(of: "one")) > 1)
  }

  @Test(
    arguments: [
      (["id": .null], "required"), (["id": ""], "required"),
      (["id": .string(String(repeating: "x", count: 65))], "push.channelIdInvalid"),
      (["id": "a b"], "push.channelIdInvalid"), (["id": "é"], "push.channelIdInvalid"),
      (["token": .string(String(repeating: "t", count: 257))], "invalid"),
      (["type": "email"], "push.channelTypeNotSupported"), (["type": .null], "push.channelTypeNotSupported"),
      (["address": .null], "required"), (["address": "nowhere"], "push.webhookUrlNoHostOrAddress"),
      (["address": "http://crm.example/hook"], "push.webhookUrlNotHttps"),
      (["address": "https://crm.example/hook"], "notImplemented"),
      (["expiration": "soon"], "invalid"), (["expiration": "1799999999999"], "invalid"),
      (["params": ["ttl": "0"]], "invalid"),
    ] as [([String: JSON], String)]
  )
  func `a channel that Google would not open is refused`(change: [String: JSON], reason: String) throws {
    let probe = try Probe()
    let answer = probe.send("POST", Probe.watch, Probe.channel("one", at: Self.away, change))
    #expect(answer.json.reason == reason)
    #expect(answer.status == (reason == "notImplemented" ? 501 : 400))
    #expect(probe.lastNumber(of: "one") == nil)
  }

  @Test func `http is for this machine, and only where it is allowed`() throws {
    let (lenient, strict) = (try Probe(), try Probe(allowsLoopbackHTTP: false))
    let channel = Probe.channel("one", at: "http://127.0.0.1:9/hook")
    #expect(strict.send("POST", Probe.watch, channel).json.reason == "push.webhookUrlNotHttps")
    #expect(lenient.send("POST", Probe.watch, channel).status == 200)
    #expect(strict.send("POST", Probe.watch, Probe.channel("one", at: Self.away)).status == 200)
  }

  @Test func `watching needs a permission to read, and watches a whole calendar`() throws {
    let probe = try Probe()
    let channel = Probe.channel("one", at: Self.away)
    #expect(probe.send("POST", Probe.watch + "?q=x", channel).status == 501)
    #expect(probe.send("POST", Probe.watch + "?colour=red", channel).json.reason == "invalidParameter")
    #expect(probe.send("POST", "/calendar/v3/calendars/other/events/watch", channel).status == 404)
    #expect(probe.send("POST", Probe.watch, channel, token: nil).status == 401)
    #expect(GoogleScope.permits(.watchEvents, [GoogleScope.base + "calendar.events.readonly"]))
    #expect(!GoogleScope.permits(.watchEvents, [GoogleScope.base + "gmail.send"]))
  }

  @Test func `an id is taken for good, by one caller`() throws {
    let probe = try Probe()
    let channel = Probe.channel("one", at: Self.away)
    let opened = probe.send("POST", Probe.watch, channel)
    #expect(opened.status == 200)
    #expect(probe.send("POST", Probe.watch, channel).json.reason == "channelIdNotUnique")
    probe.send("POST", Probe.stop, ["id": "one", "resourceId": opened.json["resourceId"] ?? .null])
    #expect(probe.send("POST", Probe.watch, channel).json.reason == "channelIdNotUnique")
    #expect(probe.send("POST", Probe.watch, channel, token: "rex").status == 200)
  }

  @Test func `only the user and the client who opened a channel stop it, and they have to know its resource`()
    throws
  {
    let probe = try Probe()
    let opened = probe.send("POST", Probe.watch, Probe.channel("one", at: Self.away))
    let body: JSON = ["id": "one", "resourceId": opened.json["resourceId"] ?? .null]
    let access = probe.token("grant_type=refresh_token&refresh_token=ada-refresh").json["access_token"]?
      .string
    #expect(probe.send("POST", Probe.stop, ["id": "one", "resourceId": "other"]).json.reason == "notFound")
    #expect(probe.send("POST", Probe.stop, body, token: "rex").status == 404)
    #expect(probe.send("POST", Probe.stop, body, token: access).status == 404)
    #expect(probe.send("POST", Probe.stop, ["id": "one"]).json.reason == "required")
    #expect(probe.send("POST", Probe.stop, body).status == 204)
    #expect(probe.send("POST", Probe.stop, body).status == 404)
    probe.send("POST", Probe.events, Probe.event("aaaaa"))
    #expect(probe.lastNumber(of: "one") == 1)
  }

  @Test func `a channel lives as long as asked for, a week at most, and expires without a word`() throws {
    let probe = try Probe()
    let now = probe.clock.now.timeIntervalSince1970
    func lifetime(_ id: String, _ more: [String: JSON]) -> Double? {
      probe.send("POST", Probe.watch, Probe.channel(id, at: Self.away, more)).json["expiration"]?.string
        .flatMap(Double.init).map { $0 / 1000 - now }
    }
    #expect(lifetime("usual", [:]) == 604_800)
    #expect(lifetime("long", ["expiration": .string(String(Int((now + 5_000_000) * 1000)))]) == 604_800)
    #expect(lifetime("short", ["expiration": .string(String(Int((now + 60) * 1000)))]) == 60)
    #expect(lifetime("ttl", ["params": ["ttl": "90"]]) == 90)
    probe.clock.advance(by: 61)
    probe.send("POST", Probe.events, Probe.event("aaaaa"))
    #expect(probe.lastNumber(of: "short") == 1)
    #expect(try #require(probe.lastNumber(of: "ttl")) > 1)
    let resource = probe.send("POST", Probe.watch, Probe.channel("new", at: Self.away)).json["resourceId"]
    #expect(probe.send("POST", Probe.stop, ["id": "short", "resourceId": resource ?? .null]).status == 404)
  }

  @Test func `a revoked consent ends the channels that were opened with it`() throws {
    let probe = try Probe()
    let access = probe.token("grant_type=refresh_token&refresh_token=ada-refresh").json["access_token"]?
      .string
    #expect(
      probe.send("POST", Probe.watch, Probe.channel("consent", at: Self.away), token: access).status == 200
    )
    #expect(probe.send("POST", Probe.watch, Probe.channel("script", at: Self.away)).status == 200)
    probe.google.revokeConsents(of: "ada@example.com")
    probe.send("POST", Probe.events, Probe.event("aaaaa"))
    #expect(probe.lastNumber(of: "consent") == 1)
    #expect(try #require(probe.lastNumber(of: "script")) > 1)
  }

  @Test func `a channel survives a restart, and goes on counting`() async throws {
    try await withTemporaryFolder { (folder: URL) async throws -> Void in
      let file = folder.appending(path: "google.jsonl")
      let first = try Probe(storage: file)
      let opened = first.send("POST", Probe.watch, Probe.channel("one", at: Self.away))
      first.send("POST", Probe.events, Probe.event("aaaaa"))
      let before = try #require(first.lastNumber(of: "one"))
      for id in ["bbbbb", "ccccc"] {
        let next = try Probe(storage: file)
        #expect(next.send("POST", Probe.watch, Probe.channel("one", at: Self.away)).status == 400)
        next.send("POST", Probe.events, Probe.event(id))
        #expect(try #require(next.lastNumber(of: "one")) > before)
      }
      let last = try Probe(storage: file)
      let body: JSON = ["id": "one", "resourceId": opened.json["resourceId"] ?? .null]
      #expect(last.send("POST", Probe.stop, body).status == 204)
      #expect(try Probe(storage: file).send("POST", Probe.stop, body).status == 404)
    }
  }
}
