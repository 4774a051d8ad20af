import Foundation
import JSONModel
import TestSupport
import Testing

@testable import ProviderEmulators

@Suite(.timeLimit(.minutes(5))) struct GoogleInstanceTests {
  @Test func `an instance has an id of its own and says what its series says`() throws {
    let probe = try Probe()
    let series = probe.makeSeries(["location": "Room 1"])
    let shown = probe.send("GET", Probe.instance(2)).json
    #expect(shown["id"] == .string("series_20270315T140000Z"))
    #expect(shown["recurringEventId"] == "series")
    #expect(shown["iCalUID"] == series["iCalUID"])
    #expect(shown["recurrence"] == nil)
    #expect(shown["location"] == "Room 1")
    #expect(shown["start"] == ["dateTime": "2027-03-15T15:00:00+01:00", "timeZone": "America/New_York"])
    #expect(shown["end"]?["dateTime"] == "2027-03-15T16:00:00+01:00")
    #expect(shown["originalStartTime"] == shown["start"])
  }

  @Test(arguments: [
    "series_20270302T150000Z", "series_20270301T150001Z", "series_20270329T140000Z", "series_20270301",
    "series_20270301T100000", "series_", "series_20270301T1500000", "series_2027030100000000",
    "series_20270231T150000Z", "other_20270301T150000Z", "single_20270301T150000Z", "series_20270308T150000z",
  ])
  func `an id that names no instance is not found`(id: String) throws {
    let probe = try Probe()
    probe.makeSeries()
    _ = probe.send("POST", Probe.events, Probe.event("single"))
    for method in ["GET", "PATCH", "DELETE"] {
      let answer = probe.send(method, "\(Probe.events)/\(id)", [:])
      #expect(answer.status == 404)
      #expect(answer.json.reason == "notFound")
    }
  }

  @Test func `days have instances named by the day`() throws {
    let probe = try Probe()
    let days: [String: JSON] = [
      "start": ["date": "2027-03-01"], "end": ["date": "2027-03-03"], "recurrence": Probe.weekly,
    ]
    _ = probe.send("POST", Probe.events, Probe.event("series", days))
    let shown = probe.send("GET", "\(Probe.events)/series_20270308").json
    #expect(shown["start"] == ["date": "2027-03-08"])
    #expect(shown["end"] == ["date": "2027-03-10"])
    #expect(shown["originalStartTime"] == ["date": "2027-03-08"])
    #expect(probe.send("GET", "\(Probe.events)/series_20270308T000000Z").status == 404)
  }

  @Test func `an exception keeps what was written and follows its series in the rest`() throws {
    let probe = try Probe()
    probe.makeSeries(["location": "Room 1"])
    let patched = probe.send("PATCH", Probe.instance(1), ["summary": "Special"]).json
    #expect(patched["summary"] == "Special")
    #expect(patched["recurringEventId"] == "series")
    _ = probe.send("PATCH", "\(Probe.events)/series", ["summary": "Renamed", "location": "Room 2"])
    let shown = probe.send("GET", Probe.instance(1)).json
    #expect(shown["summary"] == "Special")
    #expect(shown["location"] == "Room 2")
    #expect(probe.send("GET", Probe.instance(0)).json["summary"] == "Renamed")
  }

  @Test func `what an exception takes away stays away`() throws {
    let probe = try Probe()
    probe.makeSeries(["location": "Room 1", "attendees": Probe.guests("one")])
    _ = probe.send("PATCH", Probe.instance(1), ["location": .null, "attendees": []])
    _ = probe.send("PATCH", "\(Probe.events)/series", ["location": "Room 2"])
    let shown = probe.send("GET", Probe.instance(1)).json
    #expect(shown["location"] == nil)
    #expect(shown["attendees"] == nil)
  }

  @Test func `an instance sent back whole keeps only what differs`() throws {
    let probe = try Probe()
    probe.makeSeries()
    var whole = probe.send("GET", Probe.instance(1)).json
    whole["location"] = "Elsewhere"
    #expect(probe.send("PUT", Probe.instance(1), whole).status == 200)
    _ = probe.send("PATCH", "\(Probe.events)/series", ["summary": "Renamed", "status": "tentative"])
    let shown = probe.send("GET", Probe.instance(1)).json
    #expect(shown["summary"] == "Renamed")
    #expect(shown["location"] == "Elsewhere")
    #expect(shown["status"] == "tentative")
  }

  @Test func `a moved instance keeps its id and its original start`() throws {
    let probe = try Probe()
    probe.makeSeries()
    let times: JSON = [
      "start": ["dateTime": "2027-03-09T08:00:00"], "end": ["dateTime": "2027-03-09T09:00:00"],
    ]
    let moved = probe.send("PATCH", Probe.instance(1), times).json
    #expect(moved["start"]?["dateTime"] == "2027-03-09T14:00:00+01:00")
    #expect(moved["originalStartTime"]?["dateTime"] == "2027-03-08T16:00:00+01:00")
    #expect(moved["id"] == .string("series_\(Probe.mondays[1])"))
    #expect(moved["sequence"] == 1)
    _ = probe.send("PATCH", Probe.instance(3), ["start": ["dateTime": "2027-03-22T08:00:00"]])
    // A later end of the series' instances is not one of this instance.
    _ = probe.send("PATCH", "\(Probe.events)/series", ["end": ["dateTime": "2027-03-01T10:30:00"]])
    #expect(probe.send("GET", Probe.instance(1)).json["end"]?["dateTime"] == "2027-03-09T15:00:00+01:00")
    #expect(probe.send("GET", Probe.instance(2)).json["end"]?["dateTime"] == "2027-03-15T15:30:00+01:00")
    #expect(probe.send("GET", Probe.instance(3)).json["end"]?["dateTime"] == "2027-03-22T16:00:00+01:00")
  }

  @Test func `a deleted instance is gone once, and can still be read`() throws {
    let probe = try Probe()
    probe.makeSeries()
    #expect(probe.send("DELETE", Probe.instance(1)).status == 204)
    for method in ["DELETE", "PATCH"] {
      let again = probe.send(method, Probe.instance(1), ["summary": "x"])
      #expect(again.status == 410)
      #expect(again.json.reason == "deleted")
    }
    let shown = probe.send("GET", Probe.instance(1))
    #expect(shown.status == 200)
    #expect(shown.json["status"] == "cancelled")
    #expect(probe.send("GET", Probe.instance(2)).json["status"] == "confirmed")
  }

  @Test func `an instance is cancelled by its status too`() throws {
    let probe = try Probe()
    probe.makeSeries()
    let answer = probe.send("PATCH", Probe.instance(1), ["status": "cancelled"])
    #expect(answer.json["status"] == "cancelled")
    #expect(probe.send("DELETE", Probe.instance(1)).status == 410)
  }

  @Test func `a stale version of an instance is not overwritten, also when its series has changed`() throws {
    let probe = try Probe()
    probe.makeSeries()
    let seen = try #require(probe.send("GET", Probe.instance(1)).json["etag"]?.string)
    let other = try #require(probe.send("GET", Probe.instance(2)).json["etag"]?.string)
    _ = probe.send("PATCH", Probe.instance(1), ["summary": "First"], headers: ["if-match": seen])
    #expect(probe.send("GET", Probe.instance(2)).json["etag"] == .string(other))
    let changed = probe.send("GET", Probe.instance(1)).json["etag"]
    _ = probe.send("PATCH", "\(Probe.events)/series", ["location": "Room 1"])
    #expect(probe.send("GET", Probe.instance(1)).json["etag"] != changed)
    #expect(probe.send("GET", Probe.instance(2)).json["etag"] != .string(other))
    for (index, tag) in [(1, seen), (2, other)] {
      for method in ["PATCH", "PUT", "DELETE"] {
        let answer = probe.send(method, Probe.instance(index), Probe.event("x"), headers: ["if-match": tag])
        #expect(answer.status == 412)
        #expect(answer.json.reason == "conditionNotMet")
      }
    }
    let now = try #require(probe.send("GET", Probe.instance(2)).json["etag"]?.string)
    #expect(probe.send("DELETE", Probe.instance(2), headers: ["if-match": now]).status == 204)
  }

  @Test func `an instance cannot recur by itself`() throws {
    let probe = try Probe()
    probe.makeSeries()
    #expect(probe.send("PATCH", Probe.instance(1), ["recurrence": Probe.weekly]).status == 400)
  }

  @Test func `a deleted series takes its instances with it`() throws {
    let probe = try Probe()
    probe.makeSeries()
    _ = probe.send("PATCH", Probe.instance(1), ["summary": "Special"])
    let token = try #require(probe.send("GET", Probe.events).json["nextSyncToken"]?.string)
    #expect(probe.send("DELETE", "\(Probe.events)/series").status == 204)
    #expect(probe.send("DELETE", "\(Probe.events)/series").status == 410)
    for index in [0, 1] {
      #expect(probe.send("GET", Probe.instance(index)).json["status"] == "cancelled")
      #expect(probe.send("DELETE", Probe.instance(index)).status == 410)
    }
    #expect(probe.list(Probe.events) == [])
    let changes = probe.list(Probe.events + "?syncToken=\(token)")
    #expect(changes.map { $0["id"] } == ["series", .string("series_\(Probe.mondays[1])")])
    #expect(changes.allSatisfy { $0["status"] == "cancelled" })
  }

  @Test func `instances have their series' meeting link, and one may do without`() throws {
    let probe = try Probe(conferenceDelay: .seconds(2))
    probe.makeSeries(["conferenceData": Probe.meet("r1")], query: "?conferenceDataVersion=1")
    _ = probe.send("PATCH", Probe.instance(1), ["summary": "Special"])
    let pending = probe.send("GET", Probe.instance(1)).json
    #expect(pending["conferenceData"]?["createRequest"]?["status"]?["statusCode"] == "pending")
    probe.clock.advance(by: 3)
    let link = try #require(probe.send("GET", "\(Probe.events)/series").json["hangoutLink"])
    for index in 0...1 { #expect(probe.send("GET", Probe.instance(index)).json["hangoutLink"] == link) }

    let none: JSON = ["conferenceData": .null]
    #expect(probe.send("PATCH", Probe.instance(2), none).json["hangoutLink"] == link)
    let path = Probe.instance(2) + "?conferenceDataVersion=1"
    #expect(probe.send("PATCH", path, none).json["conferenceData"] == nil)
    #expect(probe.send("GET", Probe.instance(3)).json["hangoutLink"] == link)

    let own = Probe.instance(3) + "?conferenceDataVersion=1"
    _ = probe.send("PATCH", own, ["conferenceData": Probe.meet("r2")])
    probe.clock.advance(by: 3)
    let other = try #require(probe.send("GET", Probe.instance(3)).json["hangoutLink"])
    #expect(other != link)
    #expect(probe.send("GET", "\(Probe.events)/series").json["hangoutLink"] == link)
  }
}
