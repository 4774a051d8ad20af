import Foundation
import JSONModel
import Testing

@testable import ProviderEmulators

@Suite(.timeLimit(.minutes(5))) struct GoogleImportTests {
  static let path = Probe.events + "/import"

  static func foreign(_ more: [String: JSON] = [:]) -> JSON {
    var event = Probe.event("x", more)
    event["id"] = nil
    event["iCalUID"] = "visit@example.org"
    event["organizer"] = ["email": "Boss@example.org", "displayName": "Boss"]
    event["attendees"] = [["email": "ada@example.com"], ["email": "guest@example.org"]]
    return event
  }

  @Test func `an imported event belongs to another organizer`() throws {
    let probe = try Probe()
    let made = probe.send("POST", Self.path, Self.foreign())
    #expect(made.status == 200)
    #expect(made.json["organizer"] == ["email": "boss@example.org", "displayName": "Boss"])
    #expect(made.json["iCalUID"] == "visit@example.org")
    #expect(made.json["attendees"]?.array?.first?["self"] == true)
    #expect(made.json["attendees"]?.array?.first?["organizer"] == nil)
    let id = try #require(made.json["id"]?.string)
    // Python's base64.b32hexencode of the UID.
    #expect(id == "_epkn6qbk81ingobde1m6abjfe9jg")
    #expect(probe.send("GET", "\(Probe.events)/\(id)").json == made.json)
    #expect(probe.sink.messages.isEmpty)
  }

  @Test(
    arguments: [
      ["summary": "Mine"], ["location": "Elsewhere"], ["start": ["dateTime": "2027-03-01T09:00:00"]],
      ["attendees": [["email": "ada@example.com"]]], ["attendees": [["email": "guest@example.org"]]],
      [
        "attendees": [
          ["email": "ada@example.com"], ["email": "guest@example.org", "responseStatus": "accepted"],
        ]
      ],
      ["recurrence": Probe.weekly], ["extendedProperties": ["shared": ["a": "b"]]], ["guestsCanModify": true],
      ["description": "x"], ["summary": .null],
    ] as [JSON]
  )
  func `what all share only the organizer changes`(change: JSON) throws {
    let probe = try Probe()
    let made = probe.send("POST", Self.path, Self.foreign()).json
    let path = "\(Probe.events)/\(made["id"]?.string ?? "")"
    let answer = probe.send("PATCH", path, change)
    #expect(answer.status == 403)
    #expect(answer.json.reason == "forbiddenForNonOrganizer")
    #expect(probe.send("GET", path).json == made)
  }

  @Test func `an attendee answers, colours and deletes a copy, and nobody is mailed`() throws {
    let probe = try Probe()
    let made = probe.send("POST", Self.path, Self.foreign()).json
    let path = "\(Probe.events)/\(made["id"]?.string ?? "")"
    let answer: JSON = [
      "attendees": [
        ["email": "ada@example.com", "responseStatus": "accepted"], ["email": "guest@example.org"],
      ],
      "colorId": "3", "extendedProperties": ["private": ["a": "b"]],
    ]
    let patched = probe.send("PATCH", path + "?sendUpdates=all", answer)
    #expect(patched.status == 200)
    #expect(patched.json["attendees"]?.array?.first?["responseStatus"] == "accepted")
    let alone: JSON = [
      "attendeesOmitted": true, "attendees": [["email": "ada@example.com", "responseStatus": "declined"]],
    ]
    let declined = probe.send("PATCH", path + "?sendUpdates=all", alone).json
    #expect(declined["attendees"]?.array?.map { $0["responseStatus"] } == ["declined", "needsAction"])
    var whole = declined
    whole["colorId"] = "4"
    #expect(probe.send("PUT", path, whole).status == 200)
    #expect(probe.send("DELETE", path + "?sendUpdates=all").status == 204)
    #expect(probe.send("DELETE", path).status == 410)
    #expect(probe.sink.messages.isEmpty)
  }

  @Test func `instances of another organizer's series belong to that organizer`() throws {
    let probe = try Probe()
    let made = probe.send("POST", Self.path, Self.foreign(["recurrence": Probe.weekly])).json
    let path = "\(Probe.events)/\(made["id"]?.string ?? "")_\(Probe.mondays[1])"
    #expect(probe.send("GET", path).json["organizer"]?["email"] == "boss@example.org")
    #expect(probe.send("PATCH", path, ["summary": "Mine"]).json.reason == "forbiddenForNonOrganizer")
    #expect(probe.send("PATCH", path, ["colorId": "3"]).json["colorId"] == "3")
    #expect(probe.send("DELETE", path).status == 204)
  }

  @Test func `importing the same event again brings it up to date, and never back`() throws {
    let probe = try Probe()
    let first = probe.send("POST", Self.path, Self.foreign(["sequence": 2])).json
    let newer = probe.send("POST", Self.path, Self.foreign(["sequence": 3, "summary": "Later"]))
    #expect(newer.json["id"] == first["id"])
    #expect(newer.json["summary"] == "Later")
    let older = probe.send("POST", Self.path, Self.foreign(["sequence": 2]))
    #expect(older.status == 400)
    #expect(older.json.reason == "invalid")
    #expect(probe.google.events(of: "ada@example.com") == [newer.json])
  }

  @Test func `an import needs a UID, and its organizer an address`() throws {
    let probe = try Probe()
    var event = Self.foreign()
    event["iCalUID"] = nil
    #expect(probe.send("POST", Self.path, event).json.reason == "required")
    event = Self.foreign()
    event["organizer"] = ["email": "nobody"]
    #expect(probe.send("POST", Self.path, event).json.reason == "invalid")
    event["organizer"] = ["email": "Ada@example.com"]
    let own = probe.send("POST", Self.path, event).json
    #expect(own["organizer"]?["self"] == true)
    #expect(probe.send("PATCH", "\(Probe.events)/\(own["id"]?.string ?? "")", ["summary": "x"]).status == 200)
  }
}

@Suite(.timeLimit(.minutes(5))) struct GoogleRestoringTests {
  @Test func `a deleted event comes back when its status says so, and not otherwise`() throws {
    let probe = try Probe()
    _ = probe.send("POST", Probe.events, Probe.event("abcde", ["attendees": Probe.guests("one")]))
    _ = probe.send("DELETE", "\(Probe.events)/abcde")
    #expect(probe.send("PATCH", "\(Probe.events)/abcde", ["summary": "x"]).json.reason == "deleted")
    let path = "\(Probe.events)/abcde?sendUpdates=all"
    let restored = probe.send("PATCH", path, ["status": "confirmed"]).json
    #expect(restored["status"] == "confirmed")
    #expect(restored["summary"] == "Offer")
    #expect(probe.list(Probe.events) == [restored])
    #expect(probe.mails(after: 0).map(\.to) == ["one@example.org"])
  }

  @Test func `a cancelled instance comes back, but not into a deleted series`() throws {
    let probe = try Probe()
    probe.makeSeries()
    _ = probe.send("DELETE", Probe.instance(1))
    #expect(probe.send("PATCH", Probe.instance(1), ["status": "confirmed"]).json["status"] == "confirmed")
    #expect(probe.list("\(Probe.events)/series/instances").count == 4)
    _ = probe.send("DELETE", "\(Probe.events)/series")
    for index in 0...1 {
      #expect(probe.send("PATCH", Probe.instance(index), ["status": "confirmed"]).status == 410)
    }
    #expect(probe.send("PATCH", "\(Probe.events)/series", ["status": "confirmed"]).status == 501)
  }
}
