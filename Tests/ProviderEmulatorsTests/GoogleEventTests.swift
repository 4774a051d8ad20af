import Foundation
import JSONModel
import TestSupport
import Testing

@testable import ProviderEmulators

@Suite(.timeLimit(.minutes(5))) struct GoogleEventTests {
  @Test func `an event keeps the zone it was meant in and is shown in the calendar's`() throws {
    let probe = try Probe()
    let made = probe.send("POST", Probe.events, Probe.event("abcde"))
    #expect(made.status == 200)
    #expect(made.json["start"] == ["dateTime": "2027-03-01T16:00:00+01:00", "timeZone": "America/New_York"])
    #expect(probe.google.events(of: "ada@example.com") == [made.json])
    #expect(probe.google.events(of: "rex@example.com") == [])
  }

  @Test func `the same id is refused however often it is sent`() throws {
    let probe = try Probe()
    _ = probe.send("POST", Probe.events, Probe.event("abcde"))
    for _ in 0..<2 {
      let again = probe.send("POST", Probe.events, Probe.event("abcde"))
      #expect(again.status == 409)
      #expect(again.json.reason == "duplicate")
    }
    #expect(probe.google.events(of: "ada@example.com").count == 1)
  }

  @Test func `two people's calendars do not share ids or answers`() throws {
    let probe = try Probe()
    _ = probe.send("POST", Probe.events, Probe.event("abcde"))
    #expect(probe.send("GET", "\(Probe.events)/abcde", token: "rex").status == 404)
    #expect(probe.send("GET", "/calendar/v3/calendars/ada%40example.com/events", token: "rex").status == 404)
    #expect(probe.send("POST", Probe.events, Probe.event("abcde"), token: "rex").status == 200)
  }

  @Test func `a meeting link comes when the clock says so, and with it a new version`() throws {
    let probe = try Probe(conferenceDelay: .seconds(2))
    let path = Probe.events + "?conferenceDataVersion=1"
    let made = probe.send("POST", path, Probe.event("abcde", ["conferenceData": Probe.meet("r1")])).json
    #expect(made["conferenceData"]?["createRequest"]?["status"]?["statusCode"] == "pending")
    probe.clock.advance(by: 1.9)
    #expect(probe.send("GET", "\(Probe.events)/abcde").json == made)
    probe.clock.advance(by: 0.2)
    let ready = probe.send("GET", "\(Probe.events)/abcde").json
    let link = try #require(ready["hangoutLink"]?.string)
    #expect(link.wholeMatch(of: /https:\/\/meet\.google\.com\/[a-z]{3}-[a-z]{4}-[a-z]{3}/) != nil)
    #expect(ready["etag"] != made["etag"])
  }

  @Test func `two events never share a meeting`() throws {
    let probe = try Probe(conferenceDelay: .zero)
    let path = Probe.events + "?conferenceDataVersion=1"
    let links = ["aaaaa", "bbbbb"].map { id in
      probe.send("POST", path, Probe.event(id, ["conferenceData": Probe.meet("same")])).json["hangoutLink"]
    }
    #expect(links[0] != nil)
    #expect(links[0] != links[1])
  }

  @Test func `an account without Meet says so and refuses it`() throws {
    let probe = try Probe()
    let calendar = probe.send("GET", "/calendar/v3/calendars/primary", token: "rex").json
    #expect(calendar["conferenceProperties"]?["allowedConferenceSolutionTypes"] == [])
    let event = Probe.event("abcde", ["conferenceData": Probe.meet("r1")])
    let refused = probe.send("POST", Probe.events + "?conferenceDataVersion=1", event, token: "rex")
    #expect(refused.status == 400)
    #expect(probe.google.events(of: "rex@example.com") == [])
  }

  @Test func `externalOnly spares guests who have a calendar here`() throws {
    let probe = try Probe()
    let guests: JSON = [["email": "rex@example.com"], ["email": "guest@example.org"]]
    let event = Probe.event("abcde", ["attendees": guests])
    _ = probe.send("POST", Probe.events + "?sendUpdates=externalOnly", event)
    #expect(probe.sink.messages.map(\.to) == [["guest@example.org"]])
    #expect(probe.sink.messages.first?.raw.contains("From: \"Ada, Example\" <ada@example.com>\r\n") == true)
  }

  @Test func `a series is mailed with its zone, so that it keeps its hour in summer`() throws {
    let probe = try Probe()
    let event = Probe.event(
      "abcde",
      ["attendees": [["email": "guest@example.org"]], "recurrence": ["RRULE:FREQ=WEEKLY"]]
    )
    _ = probe.send("POST", Probe.events + "?sendUpdates=all", event)
    let raw = try #require(probe.sink.messages.first?.raw)
    let encoded = try #require(raw.components(separatedBy: "method=REQUEST\r\n").last)
      .components(separatedBy: "\r\n\r\n")[1].components(separatedBy: "\r\n--")[0]
    let data = try #require(Data(base64Encoded: encoded.replacing("\r\n", with: "")))
    let calendar = String(decoding: data, as: UTF8.self)
    #expect(calendar.contains("DTSTART;TZID=America/New_York:20270301T100000\r\n"))
    // Clocks go forward on 14 March 2027 at 02:00.
    #expect(
      calendar.contains(
        "BEGIN:DAYLIGHT\r\nDTSTART:20270314T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nEND:DAYLIGHT\r\n"
      )
    )
    #expect(calendar.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 75 })
  }

  @Test func `what changes while pages are turned is not lost`() throws {
    let probe = try Probe()
    for id in ["aaaaa", "bbbbb", "ccccc"] { _ = probe.send("POST", Probe.events, Probe.event(id)) }
    let first = probe.send("GET", Probe.events + "?maxResults=2").json
    let page = try #require(first["nextPageToken"]?.string)
    #expect(first["nextSyncToken"] == nil)
    _ = probe.send("DELETE", "\(Probe.events)/aaaaa")
    let last = probe.send("GET", Probe.events + "?maxResults=2&pageToken=\(page)").json
    let token = try #require(last["nextSyncToken"]?.string)
    let changes = probe.send("GET", Probe.events + "?syncToken=\(token)").json["items"]?.array ?? []
    #expect(changes.map { $0["id"] } == ["aaaaa"])
    #expect(changes.map { $0["status"] } == ["cancelled"])
    #expect(probe.send("GET", Probe.events + "?q=other&pageToken=\(page)").status == 400)
  }

  @Test func `a sync token of one calendar does not open another`() throws {
    let probe = try Probe()
    let token = try #require(probe.send("GET", Probe.events).json["nextSyncToken"]?.string)
    let answer = probe.send("GET", Probe.events + "?syncToken=\(token)", token: "rex")
    #expect(answer.status == 410)
    #expect(answer.json.reason == "fullSyncRequired")
  }
}

@Suite(.timeLimit(.minutes(5))) struct TimestampTests {
  @Test(arguments: [
    ("2027-03-14T01:30:00", "America/New_York", "2027-03-14T06:30:00Z"),
    ("2027-03-14T03:30:00", "America/New_York", "2027-03-14T07:30:00Z"),
    ("2027-07-01T10:00:00", "Asia/Kolkata", "2027-07-01T04:30:00Z"),
    ("2027-07-01T10:00:00+02:00", "Asia/Kolkata", "2027-07-01T08:00:00Z"),
    ("2027-07-01T10:00:00.5Z", "UTC", "2027-07-01T10:00:00Z"),
  ])
  func `a local time is read in its zone, an offset wins`(text: String, zone: String, expected: String) throws
  {
    let zone = try #require(EventTime.zone(named: zone))
    let instant = try #require(Timestamp(text)?.instant(in: zone))
    #expect(Timestamp.text(instant, in: .gmt) == expected)
  }

  @Test(arguments: [
    "2027-02-29T10:00:00Z", "2027-13-01T10:00:00Z", "2027-01-01T24:00:00Z", "2027-01-01 10:00:00Z",
    "2027-01-01T10:00Z", "2027-01-01T10:00:00+25:00", "20270101T100000Z", "", "2027-01-01T10:00:00Z ",
    "2027\r01-01T10:00:00Z",
  ])
  func `what is not a time is not read`(text: String) {
    #expect(Timestamp(text)?.instant(in: .gmt) == nil)
  }

  @Test func `arithmetic and Foundation agree over eight centuries`() {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    for days in stride(from: -140_000, through: 160_000, by: 37) {
      let midnight = Double(days) * 86_400
      let date = Date(timeIntervalSince1970: midnight + 3723.4567)
      let parts = calendar.dateComponents([.year, .month, .day], from: date)
      let civil = CivilDay.date(days)
      #expect([civil.year, civil.month, civil.day] == [parts.year, parts.month, parts.day])
      #expect(CivilDay.number(year: civil.year, month: civil.month, day: civil.day) == days)
      #expect(Timestamp.precise(date).hasSuffix("T01:02:03.456Z"))
      let back = Timestamp(Timestamp.text(date, in: .gmt))?.instant(in: .gmt)
      #expect(back == Date(timeIntervalSince1970: midnight + 3723))
    }
  }

  @Test(arguments: [
    "", "EST", "GMT+1", "../etc/passwd", "Europe/../Paris", "/Europe/Paris", "Europe/Atlantis",
  ])
  func `only names of the zone database are zones`(name: String) {
    #expect(EventTime.zone(named: name) == nil)
  }
}
