import Foundation
import JSONModel
import Testing

@testable import ProviderEmulators

@Suite(.timeLimit(.minutes(5))) struct MicrosoftEventTests {
  private let probe: MicrosoftProbe

  init() throws { probe = try MicrosoftProbe() }

  @Test func `a repeated transaction makes no second event`() {
    let first = probe.create(["transactionId": "t-1"])
    let again = probe.send("POST", MicrosoftProbe.events, MicrosoftProbe.event(["transactionId": "t-1"]))
    #expect(again.status == 201)
    #expect(again.json == first.merged(with: ["@odata.context": again.json["@odata.context"] ?? .null]))
    #expect(probe.send("GET", MicrosoftProbe.events).items.count == 1)
    #expect(probe.create(["transactionId": "t-2"]).id != first.id)
  }

  @Test func `the clock on the wall counts, not the offset, and answers are in UTC unless asked otherwise`() {
    let event = probe.create([
      "start": MicrosoftProbe.time("2027-07-01T10:00:00+09:00", "Europe/Paris"),
      "end": MicrosoftProbe.time("2027-07-01T11:00:00Z", "Europe/Paris"),
    ])
    #expect(event["start"] == MicrosoftProbe.time("2027-07-01T08:00:00.0000000", "UTC"))
    #expect(event["end"] == MicrosoftProbe.time("2027-07-01T09:00:00.0000000", "UTC"))
    #expect(event["originalStartTimeZone"] == "Romance Standard Time")
    let preferred = probe.get(event.id, prefer: "outlook.timezone=\"Tokyo Standard Time\"")
    #expect(
      preferred.json["start"] == MicrosoftProbe.time("2027-07-01T17:00:00.0000000", "Tokyo Standard Time")
    )
    #expect(preferred.headers["Preference-Applied"] == "outlook.timezone=\"Tokyo Standard Time\"")
  }

  @Test(
    arguments: [
      (["start": MicrosoftProbe.time("2027-03-01T12:00:00")], "ErrorPropertyValidationFailure"),
      (["start": MicrosoftProbe.time("tomorrow")], "ErrorPropertyValidationFailure"),
      (["start": .null], "TimeZoneNotSupportedException"),
      (
        ["start": MicrosoftProbe.time("2027-03-01T10:00:00", "Greenwich Mean Time")],
        "TimeZoneNotSupportedException"
      ),
      (["isAllDay": true], "ErrorInvalidRequest"),
      (["attendees": [["emailAddress": ["address": "nobody"]]]], "ErrorInvalidRecipients"),
      (["showAs": "asleep"], "RequestBodyRead"),
      (["summary": "Offer"], "RequestBodyRead"),
      (["isAllDay": "yes"], "RequestBodyRead"),
    ] as [([String: JSON], String)]
  )
  func `what the service refuses is refused`(_ fields: [String: JSON], _ code: String) {
    let body =
      fields["start"] == .null
      ? MicrosoftProbe.event(["start": ["dateTime": "2027-03-01T10:00:00"]]) : MicrosoftProbe.event(fields)
    let answer = probe.send("POST", MicrosoftProbe.events, body)
    #expect(answer.status == 400)
    #expect(answer.code == code)
    #expect(probe.send("GET", MicrosoftProbe.events).items.isEmpty)
  }

  @Test func `500 attendees come, 501 do not`() {
    func list(_ count: Int) -> JSON {
      .array((1...count).map { ["emailAddress": ["address": .string("g\($0)@example.org")]] })
    }
    #expect(probe.create(["attendees": list(500)])["attendees"]?.array?.count == 500)
    let refused = probe.send("POST", MicrosoftProbe.events, MicrosoftProbe.event(["attendees": list(501)]))
    #expect(refused.status == 400)
  }

  @Test func `whole days begin and end at midnight in one zone, and stay days in every zone`() {
    func days(_ start: JSON, _ end: JSON) -> MicrosoftProbe.Answer {
      probe.send(
        "POST",
        MicrosoftProbe.events,
        MicrosoftProbe.event(["isAllDay": true, "start": start, "end": end])
      )
    }
    let monday = MicrosoftProbe.time("2027-03-01T00:00:00", "Tokyo Standard Time")
    let tuesday = MicrosoftProbe.time("2027-03-02T00:00:00", "Tokyo Standard Time")
    #expect(days(monday, monday).code == "ErrorInvalidRequest")
    #expect(days(monday, MicrosoftProbe.time("2027-03-02T00:00:00")).code == "ErrorInvalidRequest")
    let event = days(monday, tuesday)
    #expect(event.status == 201)
    #expect(event.json.startText == "2027-03-01T00:00:00.0000000")
    let seen = probe.get(event.id, prefer: "outlook.timezone=\"Pacific Standard Time\"")
    #expect(seen.json["end"] == MicrosoftProbe.time("2027-03-02T00:00:00.0000000", "Pacific Standard Time"))
  }

  @Test(arguments: ["America/Los_Angeles", "Europe/Berlin", "Pacific/Auckland"])
  func `whole days are in views from midnight to midnight in their zone`(zone: String) throws {
    let answer = probe.send(
      "POST",
      MicrosoftProbe.events,
      MicrosoftProbe.event([
        "isAllDay": true, "start": MicrosoftProbe.time("2027-03-09T00:00:00", zone),
        "end": MicrosoftProbe.time("2027-03-10T00:00:00", zone),
      ])
    )
    #expect(answer.status == 201)
    let hours = try #require(["America/Los_Angeles": 8, "Europe/Berlin": -1, "Pacific/Auckland": -13][zone])
    let seen = (-24..<48).filter { hour in
      let start = Date(timeIntervalSince1970: 1_804_550_400 + Double(hour) * 3600)
      let span =
        "startDateTime=\(Timestamp.text(start, in: .gmt))&endDateTime=\(Timestamp.text(start + 3600, in: .gmt))"
      return !probe.send("GET", "/v1.0/me/calendarView?\(span)").items.isEmpty
    }
    #expect(seen == Array(hours..<hours + 24))
  }

  @Test func `of the names of the IANA only those that are documented are taken`() {
    func status(_ zone: String) -> Int {
      probe.send(
        "POST",
        MicrosoftProbe.events,
        MicrosoftProbe.event([
          "start": MicrosoftProbe.time("2027-03-01T10:00:00", zone),
          "end": MicrosoftProbe.time("2027-03-01T11:00:00", zone),
        ])
      ).status
    }
    for zone in OutlookZone.documented { #expect(OutlookZone(asked: zone) != nil, "\(zone)") }
    #expect(
      ["UTC", "Europe/Berlin", "W. Europe Standard Time", "tokyo standard time"].map(status) == [
        201, 201, 201, 201,
      ]
    )
    #expect(
      ["Europe/Vienna", "America/Toronto", "Asia/Calcutta", "tzone://Microsoft/Custom"].map(status) == [
        400, 400, 400, 400,
      ]
    )
  }

  @Test func `a zone that only Exchange knows is a name, and rules for who asks for them`() throws {
    let series = probe.create(["recurrence": MicrosoftProbe.mondays])
    let name = "tzone://Microsoft/Custom"
    #expect(probe.microsoft.setZoneName(name, ofEvent: series.id, of: "ada@example.com"))
    let path = "\(MicrosoftProbe.events)/\(series.id)"
    let set = "Binary {00062002-0000-0000-C000-000000000046} Id"
    let expand =
      "$expand=singleValueExtendedProperties($filter=id eq '\(set) 0x8260' or id eq '\(set) 0x825E')"
    let query = expand.replacing(" ", with: "%20")
    let seen = probe.send("GET", "\(path)?\(query)").json
    #expect(seen["originalStartTimeZone"]?.string == name && seen["originalEndTimeZone"]?.string == name)
    #expect(seen["recurrence"]?["range"]?["recurrenceTimeZone"]?.string == name)
    #expect(seen["singleValueExtendedProperties"]?.array?.count == 2)
    #expect(probe.instances(of: series.id).allSatisfy { $0["originalStartTimeZone"]?.string == name })
    #expect(probe.instances(of: series.id)[4].startText == "2027-03-29T08:00:00.0000000")
    _ = probe.microsoft.setZoneName(name, ofEvent: series.id, of: "ada@example.com", hasDefinition: false)
    #expect(probe.send("GET", "\(path)?\(query)").json["singleValueExtendedProperties"] == nil)
    let times = ["start", "end"].map {
      ($0, MicrosoftProbe.time("2027-03-01T1\($0 == "start" ? 0 : 1):00:00"))
    }
    let moved = probe.send("PATCH", path, .object(Dictionary(uniqueKeysWithValues: times)))
    #expect(moved.json["originalStartTimeZone"] == "Romance Standard Time")
  }

  @Test func `a write for a version that is gone is refused`() {
    let event = probe.create()
    let tag = event["@odata.etag"]?.string ?? ""
    #expect(tag == "W/\"\(event["changeKey"]?.string ?? "")\"")
    let path = "\(MicrosoftProbe.events)/\(event.id)"
    let changed = probe.send("PATCH", path, ["subject": "Moved"], headers: ["if-match": tag])
    #expect(changed.status == 200)
    #expect(changed.json["changeKey"] != event["changeKey"])
    let stale = probe.send("PATCH", path, ["subject": "Lost"], headers: ["if-match": tag])
    #expect(stale.status == 412)
    #expect(stale.code == "ErrorIrresolvableConflict")
    #expect(probe.send("DELETE", path, headers: ["if-match": tag]).status == 412)
    #expect(probe.get(event.id).json["subject"] == "Moved")
  }

  @Test func `a deleted event is not found, and its transaction may be used again`() {
    let event = probe.create(["transactionId": "t-1"])
    let path = "\(MicrosoftProbe.events)/\(event.id)"
    #expect(probe.send("DELETE", path).status == 204)
    #expect(probe.send("DELETE", path).code == "ErrorItemNotFound")
    #expect(probe.get(event.id).status == 404)
    #expect(probe.create(["transactionId": "t-1"]).id != event.id)
  }

  @Test func `a moved event has another id, but for who prefers immutable ones`() throws {
    let event = probe.create()
    let immutable = probe.get(event.id, prefer: "IdType=\"ImmutableId\"").id
    #expect(immutable != event.id)
    let moved = try #require(probe.microsoft.move(event.id, of: "ada@example.com"))
    #expect(moved != event.id)
    #expect(probe.get(event.id).code == "ErrorItemNotFound")
    #expect(probe.get(moved).id == moved)
    #expect(probe.get(immutable, prefer: "IdType=\"ImmutableId\"").id == immutable)
  }

  @Test func `ids differ by letter case, and what is no id is called so`() {
    let event = probe.create()
    #expect(probe.get(event.id.lowercased()).status == 400)
    #expect(probe.get("17").code == "ErrorInvalidIdMalformed")
  }

  @Test func `text comes back as HTML in its frame, and what is sent back with it stays what it was`() {
    let event = probe.create(["body": ["contentType": "text", "content": "a < b\nsecond"]])
    let content = event["body"]?["content"]?.string ?? ""
    #expect(event["body"]?["contentType"] == "html")
    #expect(content.contains("<body>\r\na &lt; b<br>"))
    let again = probe.send(
      "PATCH",
      "\(MicrosoftProbe.events)/\(event.id)",
      ["body": ["contentType": "html", "content": .string(content)]]
    )
    #expect(again.json["body"] == event["body"])
    let text = probe.get(event.id, prefer: "outlook.body-content-type=\"text\"").json["body"]
    #expect(text == ["contentType": "text", "content": "a < b\r\nsecond"])
  }

  @Test func `lists come in pages, filtered and reduced to what was asked for`() throws {
    for number in 1...25 { _ = probe.create(["subject": .string("m\(number)")]) }
    let first = probe.send("GET", MicrosoftProbe.events + "?$select=subject&$orderby=createdDateTime")
    #expect(first.items.count == 10)
    #expect(Set(first.items[0].object?.keys.map { $0 } ?? []) == ["@odata.etag", "id", "subject"])
    var seen = first.items.map(\.id)
    var link = first.json["@odata.nextLink"]?.string
    while let next = link {
      let page = probe.send("GET", next)
      seen += page.items.map(\.id)
      link = page.json["@odata.nextLink"]?.string
    }
    #expect(Set(seen).count == 25)
    #expect(seen.count == 25)
    let found = probe.send("GET", MicrosoftProbe.events + "?$filter=subject%20eq%20'm7'")
    #expect(found.items.map { $0["subject"] } == ["m7"])
    #expect(probe.send("GET", MicrosoftProbe.events + "?$search=offer").status == 501)
  }

  @Test func `a view needs its window and shows what touches it`() {
    _ = probe.create()
    let view = "/v1.0/me/calendarView"
    #expect(probe.send("GET", view).code == "ErrorInvalidParameter")
    func count(_ start: String, _ end: String) -> Int {
      probe.send("GET", "\(view)?startDateTime=\(start)&endDateTime=\(end)").items.count
    }
    // 10:00 to 11:00 in Paris is 9:00 to 10:00 in UTC.
    #expect(count("2027-03-01T09:59:00Z", "2027-03-01T12:00:00Z") == 1)
    #expect(count("2027-03-01T10:00:00Z", "2027-03-01T12:00:00Z") == 0)
    #expect(count("2027-03-01T08:00:00", "2027-03-01T09:00:00") == 0)
    #expect(count("2027-03-01T10:00:00%2B01:00", "2027-03-01T10:01:00%2B01:00") == 1)
  }

  @Test func `nothing can be put into the calendar of birthdays`() throws {
    let calendars = probe.send("GET", "/v1.0/me/calendars").items
    #expect(calendars.map { $0["canEdit"] } == [true, false])
    let birthdays = "/v1.0/me/calendars/\(calendars[1].id)/events"
    #expect(probe.send("POST", birthdays, MicrosoftProbe.event()).code == "ErrorAccessDenied")
    #expect(
      probe.send("POST", "/v1.0/me/calendars/\(calendars[0].id)/events", MicrosoftProbe.event()).status == 201
    )
    #expect(probe.send("GET", birthdays).items.isEmpty)
  }

  @Test func `what is not emulated says so`() {
    #expect(probe.send("POST", "/v1.0/me/messages", [:]).status == 501)
    #expect(probe.send("POST", "/v1.0/$batch", [:]).code == "NotImplemented")
    #expect(probe.send("GET", "/v2.0/me").code == "BadRequest")
  }
}
