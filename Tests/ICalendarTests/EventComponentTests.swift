import Foundation
import ICalendar
import Testing

@Suite(.timeLimit(.minutes(5))) struct EventComponentTests {
  @Test func `whole days are dates with an exclusive end`() throws {
    var event = try meeting()
    event.timing = .allDay(start: try date("2026-01-28"), end: try date("2026-01-29"))
    let text = CalendarObject(events: [event]).text
    #expect(text.contains("\r\nDTSTART;VALUE=DATE:20260128\r\nDTEND;VALUE=DATE:20260129\r\n"))
    #expect(!text.contains("VTIMEZONE"))
  }

  @Test func `an end that is not after the start is not written`() throws {
    let moment = "2026-01-28T10:00:00 Europe/Berlin"
    var event = try meeting(from: moment, to: moment)
    #expect(!CalendarObject(events: [event]).text.contains("DTEND"))
    #expect(try CalendarObject.parse(CalendarObject(events: [event]).serialized()).events == [event])
    event.timing = .allDay(start: try date("2026-01-28"), end: try date("2026-01-27"))
    #expect(!CalendarObject(events: [event]).text.contains("DTEND"))
  }

  @Test func `times are written on the wall clock with their zone`() throws {
    let text = CalendarObject(events: [try meeting()]).text
    #expect(text.contains("\r\nDTSTART;TZID=Europe/Berlin:20260128T100000\r\n"))
    #expect(text.contains("\r\nDTEND;TZID=Europe/Berlin:20260128T110000\r\n"))
  }

  @Test func `a second pass is written in UTC, start and end alike`() throws {
    var event = try meeting()
    let start = try time("2026-11-01T01:30:00 America/New_York")
    let end = ZonedDateTime(local: start.local, zone: start.zone, isSecondPass: true)
    event.timing = .timed(start: start, end: end)
    let text = CalendarObject(events: [event]).text
    #expect(text.contains("\r\nDTSTART:20261101T053000Z\r\nDTEND:20261101T063000Z\r\n"))
    #expect(!text.contains("VTIMEZONE"))
  }

  @Test func `everything that is written is read again`() throws {
    var event = try meeting()
    event.sequence = 3
    event.description = "Erste Zeile\nZweite; mit, allem: \\n"
    event.location = "Raum 1, Haus 2"
    event.url = "https://example.com/deal;a=1,2"
    event.conferenceLink = "https://meet.example.com/abc?x=1,2"
    event.status = .tentative
    event.transparency = .transparent
    event.organizer = CalendarUser(
      address: "ann@example.com",
      commonName: "Ann \"A\", Ltd.",
      sentBy: "pa@example.com"
    )
    event.attendees = [
      Attendee(user: CalendarUser(address: "bob@example.com"), userType: .individual, scheduleAgent: .client),
      Attendee(
        user: CalendarUser(address: "room@example.com", commonName: "Room: 1^2"),
        role: .nonParticipant,
        participationStatus: .accepted,
        expectsReply: false,
        userType: .room,
        otherParameters: [.init("DELEGATED-FROM", ["mailto:a@example.com", "mailto:b@example.com"])]
      ),
    ]
    try event.setRecurrence(["RRULE:FREQ=WEEKLY;BYDAY=MO,WE", "EXDATE;TZID=Europe/Berlin:20260204T100000"])
    event.created = try utc("2026-01-01T00:00:00")
    event.lastModified = try utc("2026-01-02T00:00:00")
    event.otherProperties = [ContentLine("X-COLOUR", parameters: [.init("X-A", "b;c")], value: "red\\,blue")]
    event.otherComponents = [Component("VALARM", properties: [ContentLine("TRIGGER", value: "-PT15M")])]
    let object = CalendarObject(method: .publish, prodid: "-//Test//EN", events: [event])
    #expect(try CalendarObject.parse(object.serialized()) == object)
  }

  @Test func `a conference is written as such and as URL when that is free`() throws {
    var event = try meeting()
    event.conferenceLink = "https://meet.example.com/abc"
    let text = CalendarObject(events: [event]).text
    #expect(text.contains("\r\nURL:https://meet.example.com/abc\r\n"))
    #expect(text.contains("\r\nCONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.example.com/abc\r\n"))
    #expect(try CalendarObject.parse(Array(text.utf8)).events == [event])
  }

  @Test func `schedule agent client is said`() throws {
    var event = try meeting()
    event.attendees = [Attendee(user: CalendarUser(address: "bob@example.com"), scheduleAgent: .client)]
    let unfolded = CalendarObject(events: [event]).text.replacing("\r\n ", with: "")
    #expect(
      unfolded.contains(
        "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;SCHEDULE-AGENT=CLIENT:mailto:bob@example.com\r\n"
      )
    )
  }

  @Test(arguments: [
    "RRULE:FREQ=DAILY\r\nATTENDEE:mailto:eve@example.com", "SUMMARY:x", "RRULE", "RRULE:", "rrule:FREQ=DAILY",
    "",
    "RRULE:FREQ=DAILY\u{2028}X:1", "X-RRULE:FREQ=DAILY",
  ])
  func `only single recurrence lines are taken`(line: String) throws {
    var event = try meeting()
    #expect(throws: ICalendarError.invalid(property: "RRULE")) { try event.setRecurrence([line]) }
    #expect(event.recurrence.isEmpty)
  }

  @Test func `no end is one day for dates and no time for times`() throws {
    let days = try event(calendar("DTSTART;VALUE=DATE:20260128")).timing
    #expect(days == .allDay(start: try date("2026-01-28"), end: try date("2026-01-29")))
    let times = try event(calendar("DTSTART;TZID=Europe/Berlin:20260128T100000")).timing
    let start = try time("2026-01-28T10:00:00 Europe/Berlin")
    #expect(times == .timed(start: start, end: start))
  }

  @Test func `an end before the start is as if it were missing`() throws {
    let days = try event(calendar("DTSTART;VALUE=DATE:20260128", "DTEND;VALUE=DATE:20260128")).timing
    #expect(days.isOrdered)
    let times = try event(calendar("DTSTART:20260128T100000Z", "DTEND:20260128T090000Z")).timing
    #expect(times.isOrdered)
  }

  @Test(arguments: [
    ("PT1H30M", "2026-03-28T13:30:00"), ("P1D", "2026-03-29T12:00:00"), ("PT24H", "2026-03-29T13:00:00"),
    ("P1W", "2026-04-04T12:00:00"), ("P1DT1H", "2026-03-29T13:00:00"), ("-PT1H", "2026-03-28T12:00:00"),
    ("P", "2026-03-28T12:00:00"), ("PT", "2026-03-28T12:00:00"), ("P1H", "2026-03-28T13:00:00"),
  ])
  func `days of a duration are nominal and hours exact`(duration: String, end: String) throws {
    // The clocks are put forward in the night to 29 March.
    let timing = try event(calendar("DTSTART;TZID=Europe/Berlin:20260328T120000", "DURATION:\(duration)"))
      .timing
    let start = try time("2026-03-28T12:00:00 Europe/Berlin")
    #expect(timing == .timed(start: start, end: try time("\(end) Europe/Berlin")))
  }

  @Test(arguments: ["Customized Time Zone", "/example.com/Nowhere", "Mars/Olympus", "(UTC+07:00) Berlin", ""])
  func `an unknown zone is an error and never UTC`(name: String) {
    for bytes in [
      calendar("DTSTART;TZID=\"\(name)\":20260128T100000"),
      calendar("DTSTART:20260128T100000Z", "DTEND;TZID=\"\(name)\":20260128T110000"),
    ] {
      #expect(throws: ICalendarError.unknownTimeZone(name)) { try CalendarObject.parse(bytes) }
    }
  }

  @Test(arguments: ["W. Europe Standard Time", "/example.com/Europe/Berlin", "europe/berlin"])
  func `a zone by another name is found, and that is told`(name: String) throws {
    let object = try CalendarObject.parse(calendar("DTSTART;TZID=\(name):20260128T100000"))
    let start = try time("2026-01-28T10:00:00 Europe/Berlin")
    #expect(object.events.first?.timing == .timed(start: start, end: start))
    #expect(object.zoneSubstitutions == [name: start.zone])
    #expect(object.text.contains("DTSTART;TZID=Europe/Berlin:"))
  }

  @Test func `a file's own zone counts for its times, before and after it is defined`() throws {
    let zone = """
      BEGIN:VTIMEZONE\r
      TZID:W. Europe Standard Time\r
      BEGIN:STANDARD\r
      DTSTART:16010101T000000\r
      TZOFFSETFROM:+0300\r
      TZOFFSETTO:+0300\r
      END:STANDARD\r
      END:VTIMEZONE\r\n
      """
    let text = String(
      decoding: calendar(
        "DTSTART;TZID=W. Europe Standard Time:20260128T100000",
        "EXDATE;TZID=W. Europe Standard Time:20260129T100000"
      ),
      as: UTF8.self
    )
    for text in [
      text.replacing("BEGIN:VEVENT", with: zone + "BEGIN:VEVENT"),
      text.replacing("END:VCALENDAR", with: zone + "END:VCALENDAR"),
    ] {
      let object = try CalendarObject.parse(Array(text.utf8))
      // The zone that it names has another offset; what the file says counts.
      #expect(object.events.first?.timing.startInstant(in: .utc) == (try utc("2026-01-28T07:00:00")))
      #expect(object.zoneSubstitutions.isEmpty)
      #expect(object.text.components(separatedBy: "BEGIN:VTIMEZONE").count == 2)
      #expect(try CalendarObject.parse(object.serialized()) == object)
      // The event takes its zone along.
      let alone = CalendarObject(events: object.events)
      #expect(alone.text.contains(zone))
      #expect(try CalendarObject.parse(alone.serialized()).events == object.events)
    }
  }

  @Test func `a kept property in a zone by another name gets a VTIMEZONE of that name`() throws {
    let bytes = calendar("DTSTART:20260128T100000Z", "X-UNTIL;TZID=W. Europe Standard Time:20260128T100000")
    let text = try CalendarObject.parse(bytes).text
    #expect(text.contains("BEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\n"))
  }

  @Test func `an unknown zone in an error is short and without line breaks`() throws {
    let bytes = calendar("DTSTART;TZID=\"a^nb\(String(repeating: "c", count: 1000))\":20260128T100000")
    let name = "ab" + String(repeating: "c", count: 62)
    #expect(throws: ICalendarError.unknownTimeZone(name)) { try CalendarObject.parse(bytes) }
  }

  @Test func `a time without a zone is an error unless the calendar names one`() throws {
    #expect(throws: ICalendarError.floatingTime(property: "DTSTART")) {
      try CalendarObject.parse(calendar("DTSTART:20260128T100000"))
    }
    let text = String(decoding: calendar("DTSTART:20260128T100000"), as: UTF8.self)
    let named = text.replacing("VERSION:2.0", with: "X-WR-TIMEZONE:Europe/Berlin")
    let start = try time("2026-01-28T10:00:00 Europe/Berlin")
    #expect(try event(Array(named.utf8)).timing == .timed(start: start, end: start))
  }

  @Test func `a bad property costs that property, a bad event that event`() throws {
    let text = """
      BEGIN:VCALENDAR
      BEGIN:VEVENT
      UID:1
      DTSTART:20260128T100000Z
      DTSTAMP:yesterday
      SEQUENCE:many
      STATUS:PERHAPS
      TRANSP
      ATTENDEE;PARTSTAT=X-DOZING;ROLE="open:mailto:a@example.com
      ATTENDEE;PARTSTAT=accepted;RSVP=true:MAILTO:b@example.com
      END:VEVENT
      BEGIN:VEVENT
      UID:2
      DTSTART:20260230T100000Z
      END:VEVENT
      BEGIN:VEVENT
      DTSTART:20260128T100000Z
      END:VEVENT
      END:VCALENDAR
      """
    let object = try CalendarObject.parse(Array(text.utf8))
    // Without a UID an event takes place all the same: libical, ical.js and recurring-ical-events list it.
    #expect(object.events.map(\.uid) == ["1", ""])
    #expect(object.unreadable == [.invalid(property: "DTSTART")])
    let event = object.events[0]
    #expect((event.sequence, event.status, event.transparency) == (0, .confirmed, nil))
    #expect(event.attendees.map(\.user.address) == ["a@example.com", "b@example.com"])
    #expect(event.attendees.map(\.participationStatus) == [.needsAction, .accepted])
  }

  @Test func `a user that is named by another URI keeps it, or gives the address beside it`() throws {
    let event = try event(
      calendar(
        "DTSTART:20260128T100000Z",
        "ATTENDEE:urn:uuid:42",
        "ATTENDEE;EMAIL=b@example.com:/principals/b:1",
        "ORGANIZER;CN=Ann:mailto:ann@example.com"
      )
    )
    #expect(event.attendees.map(\.user.address) == ["urn:uuid:42", "b@example.com"])
    #expect(event.attendees[0].user.hasMailAddress == false)
    let text = CalendarObject(events: [event]).text
    #expect(text.contains(":urn:uuid:42\r\n"))
  }

  @Test func `no VCALENDAR is an error`() {
    #expect(throws: ICalendarError.noCalendar) { try CalendarObject.parse(Array("<html>".utf8)) }
    #expect(throws: ICalendarError.noCalendar) { try CalendarObject.parse([]) }
  }

  @Test func `an unknown zone that only other properties use keeps its definition`() throws {
    let text = String(
      decoding: calendar("DTSTART:20260128T100000Z", "X-UNTIL;TZID=Custom:20260128T100000"),
      as: UTF8.self
    )
    let zone = "BEGIN:VTIMEZONE\r\nTZID:Custom\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"
    let object = try CalendarObject.parse(Array(text.replacing("BEGIN:VEVENT", with: zone).utf8))
    #expect(object.text.contains("TZID:Custom\r\n"))
  }

  /// Found by the fuzzer: the address of nobody was written without its scheme, and elsewhere.
  @Test(arguments: ["ORGANIZER:", "ORGANIZER:mailto:", "ORGANIZER;CN=Ann:MAILTO:"])
  func `an organizer without an address is nobody, and is written as it came`(line: String) throws {
    let text =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260907T080000Z\n\(line)\nEND:VEVENT\nEND:VCALENDAR"
    let object = try CalendarObject.parse(Array(text.utf8))
    #expect(object.events.first?.organizer == nil)
    let written = object.serialized()
    #expect(object.text.contains("\r\n\(line)\r\n"))
    #expect(try CalendarObject.parse(written).serialized() == written)
  }
}
