import Foundation
import JSONModel
import Testing

@testable import ProviderEmulators

/// Series in lists: as themselves with their exceptions, or expanded.
@Suite(.timeLimit(.minutes(5))) struct GoogleExpansionTests {
  static let instances = "\(Probe.events)/series/instances"
  static let single = Probe.events + "?singleEvents=true"

  @Test func `instances come in the order of their start, a moved one in its new place`() throws {
    let probe = try Probe()
    probe.makeSeries()
    let times: JSON = [
      "start": ["dateTime": "2027-03-30T08:00:00"], "end": ["dateTime": "2027-03-30T09:00:00"],
    ]
    _ = probe.send("PATCH", Probe.instance(1), times)
    let expected = [0, 2, 3, 1].map { JSON.string("series_\(Probe.mondays[$0])") }
    for path in [Self.instances, Self.single, Self.single + "&orderBy=startTime"] {
      #expect(probe.list(path).compactMap { $0["id"] } == expected)
    }
    #expect(probe.list(Self.instances) == probe.list(Self.single))
    #expect(probe.list(Self.instances).allSatisfy { $0["recurrence"] == nil })
  }

  @Test func `pages of instances leave nothing out, also while instances move between them`() throws {
    let probe = try Probe()
    probe.makeSeries(["recurrence": ["RRULE:FREQ=DAILY;COUNT=30"]])
    _ = probe.send("POST", Probe.events, Probe.event("abcde"))
    for base in [Self.instances + "?maxResults=7", Self.single + "&maxResults=7"] {
      var ids: [JSON] = []
      var page = ""
      for _ in 0..<9 {
        let answer = probe.send("GET", base + page).json
        ids += answer["items"]?.array?.compactMap { $0["id"] } ?? []
        #expect(answer["items"]?.array?.count ?? 99 <= 7)
        guard let next = answer["nextPageToken"]?.string else { break }
        page = "&pageToken=\(next)"
        // Already seen: must push nothing out.
        _ = probe.send("DELETE", Probe.instance(0))
      }
      #expect(Set(ids.compactMap(\.string)).count == ids.count)
      // The single event, for the instance that was deleted on the way through the first.
      #expect(ids.count == 30)
      #expect(probe.send("GET", base + "&timeMax=2030-01-01T00:00:00Z" + page).status == 400)
    }
  }

  @Test func `a window shows what touches it`() throws {
    let probe = try Probe()
    probe.makeSeries(["recurrence": ["RRULE:FREQ=WEEKLY"]])
    let window = "timeMin=2027-03-08T16:00:00Z&timeMax=2027-03-22T14:00:00Z"
    #expect(probe.starts(Self.single + "&" + window) == ["2027-03-15T15:00:00+01:00"])
    // instances counts an end at timeMin in, list does not.
    #expect(probe.starts(Self.instances + "?" + window).count == 2)
    #expect(probe.list(Probe.events + "?" + window).map { $0["id"] } == ["series"])
    let between = "timeMin=2027-03-15T15:00:00Z&timeMax=2027-03-22T14:00:00Z"
    #expect(probe.list(Self.single + "&" + between) == [])
    #expect(probe.list(Probe.events + "?" + between) == [])
    // Long after the beginning.
    let far = "timeMin=2099-01-01T00:00:00Z&timeMax=2099-02-01T00:00:00Z"
    #expect(probe.list(Self.single + "&" + far).count == 4)
  }

  @Test func `a cancelled instance is a hole in its series`() throws {
    let probe = try Probe()
    probe.makeSeries()
    let token = try #require(probe.send("GET", Probe.events).json["nextSyncToken"]?.string)
    _ = probe.send("DELETE", Probe.instance(1))
    #expect(probe.list(Self.single).count == 3)
    #expect(probe.list(Self.instances).count == 3)
    #expect(probe.list(Self.single + "&showDeleted=true").count == 4)
    let hole: JSON = [
      "id": .string("series_\(Probe.mondays[1])"), "recurringEventId": "series", "status": "cancelled",
      "originalStartTime": ["dateTime": "2027-03-08T16:00:00+01:00", "timeZone": "America/New_York"],
    ]
    // Without expansion a client would see the instance still, so that holes are shown whatever was asked for.
    for path in [
      Probe.events, Probe.events + "?syncToken=\(token)", Probe.events + "?showDeleted=true",
      Self.instances + "?showDeleted=true",
    ] {
      var found = try #require(probe.list(path).first { $0["status"] == "cancelled" })
      for key in ["etag", "kind"] { found[key] = nil }
      #expect(found == hole)
    }
    let only = "timeMin=2027-03-08T00:00:00Z&timeMax=2027-03-09T00:00:00Z"
    #expect(probe.list(Probe.events + "?" + only).map { $0["status"] } == ["cancelled"])
  }

  @Test func `a changed instance is brought by a sync, whole and alone`() throws {
    let probe = try Probe()
    probe.makeSeries(["location": "Room 1"])
    let token = try #require(probe.send("GET", Probe.events).json["nextSyncToken"]?.string)
    let patched = probe.send("PATCH", Probe.instance(2), ["summary": "Special"]).json
    #expect(probe.list(Probe.events + "?syncToken=\(token)") == [patched])
    #expect(patched["location"] == "Room 1")
    #expect(probe.list(Probe.events).count == 2)
    #expect(probe.list(Probe.events + "?q=special") == [patched])
  }

  @Test func `one instance is found by its original start`() throws {
    let probe = try Probe()
    probe.makeSeries()
    _ = probe.send(
      "PATCH",
      Probe.instance(1),
      ["start": ["dateTime": "2027-03-09T08:00:00"], "end": ["dateTime": "2027-03-09T09:00:00"]]
    )
    let path = Self.instances + "?originalStart=2027-03-08T10:00:00-05:00"
    #expect(probe.list(path).map { $0["id"] } == [.string("series_\(Probe.mondays[1])")])
    #expect(probe.list(Self.instances + "?originalStart=2027-03-08T10:00:00Z") == [])
    #expect(probe.send("GET", Self.instances + "?originalStart=yesterday").status == 400)
  }

  @Test func `days are in a window by the zone that is asked for`() throws {
    let probe = try Probe()
    let days: [String: JSON] = [
      "start": ["date": "2027-03-01"], "end": ["date": "2027-03-02"],
      "recurrence": ["RRULE:FREQ=DAILY;COUNT=9"],
    ]
    probe.makeSeries(days)
    let window = "&timeMin=2027-03-03T11:00:00Z&timeMax=2027-03-03T12:00:00Z"
    for (zone, day) in [
      ("Pacific/Auckland", "2027-03-04"), ("UTC", "2027-03-03"), ("Pacific/Honolulu", "2027-03-03"),
    ] {
      let shown = probe.list(Self.single + window + "&timeZone=\(zone)")
      #expect(shown.map { $0["start"]?["date"] } == [.string(day)])
    }
  }

  @Test func `what expansion cannot do truly is refused as such`() throws {
    let probe = try Probe()
    let token = try #require(probe.send("GET", Self.single).json["nextSyncToken"]?.string)
    _ = probe.send("POST", Probe.events, Probe.event("abcde"))
    #expect(probe.list(Self.single + "&syncToken=\(token)").count == 1)
    probe.makeSeries()
    #expect(probe.send("GET", Self.single + "&syncToken=\(token)").status == 501)
    #expect(probe.send("GET", Self.single + "&orderBy=updated").status == 501)
    #expect(probe.send("GET", "\(Probe.events)/abcde/instances").status == 501)
    #expect(probe.send("GET", "\(Probe.events)/edcba/instances").status == 404)
    #expect(probe.send("GET", "\(Probe.events)?orderBy=startTime").status == 400)
  }
}
