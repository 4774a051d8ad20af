import Foundation
import Testing

@testable import ICalendar

/// Files read and written again through the typed components, without loss.
@Suite(.timeLimit(.minutes(5))) struct RoundTripTests {
  /// The line of a name that a typed event writes after it was read.
  private func written(_ line: String, _ more: String...) throws -> String {
    let lines = (["DTSTART:20260904T020000Z"] + more + [line]).joined(separator: "\r\n")
    let name = String(line.prefix { $0 != ";" && $0 != ":" })
    return try #require(try event(calendar(lines)).component.properties(name).last).description
  }

  /// RFC 7986 §5.11, §6.3, §6.4.
  @Test(arguments: [
    "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Room:https://x.example/r",
    "CONFERENCE;VALUE=URI;FEATURE=VIDEO;LANGUAGE=de:https://x.example/r",
    "CONFERENCE;VALUE=URI:https://x.example/r",
    "CONFERENCE;VALUE=URI;FEATURE=PHONE;LABEL=\"Dial, in\":tel:+420-555-0100",
    "SEQUENCE;X-A=1:2", "STATUS;X-A=1:TENTATIVE", "TRANSP;X-A=1:OPAQUE", "URL;X-A=1:https://x.example",
    "SUMMARY;LANGUAGE=cs;X-B=2:Porada", "CREATED;X-A=1:20260101T000000Z", "DTEND;X-A=1:20260904T030000Z",
    "ORGANIZER;CN=Bea;X-A=1:mailto:bea@x.example", "DURATION;X-A=1:PT1H",
    "ATTENDEE;ROLE=CHAIR;PARTSTAT=ACCEPTED;RSVP=FALSE;X-A=1:mailto:a@x.example",
  ])
  func `parameters of every property survive`(line: String) throws {
    #expect(try written(line) == line)
  }

  @Test func `a parameter that has no property survives when the zone gets its own name`() throws {
    let line = try written("DTEND;X-A=1;TZID=W. Europe Standard Time:20260904T070000")
    #expect(line == "DTEND;X-A=1;TZID=Europe/Berlin:20260904T070000")
  }

  @Test func `a parameter goes when its value does`() throws {
    var event = try event(calendar("DTSTART:20260904T020000Z", "SUMMARY;LANGUAGE=cs:Porada", "DURATION:PT1H"))
    event.summary = "Meeting"
    #expect(event.component.property("SUMMARY")?.description == "SUMMARY:Meeting")
    #expect(event.component.property("DURATION") != nil)
    event.timing = .timed(
      start: try time("2026-09-05T02:00:00 UTC"),
      end: try time("2026-09-05T03:00:00 UTC")
    )
    #expect(event.component.property("DURATION") == nil)
    #expect(event.component.property("DTEND")?.value == "20260905T030000Z")
  }

  @Test(arguments: [
    "DTEND:tomorrow", "DTEND:20260904T010000Z", "DTEND:20260904T020000Z", "DURATION:-PT1H", "DURATION:PT90",
    "SEQUENCE:many", "STATUS:PERHAPS", "TRANSP:MAYBE", "CREATED:yesterday", "LAST-MODIFIED:", "RRULE:",
    "ORGANIZER:",
    "DTSTART:20260905T020000Z", "UID:other", "SUMMARY:second", "item1.X-A;B=c:d", "X-NO-COLON;CN=x",
    "a line that was not folded",
  ])
  func `what cannot be read is written as it came`(line: String) throws {
    let more = line.hasPrefix("SUMMARY") ? "SUMMARY:first" : "COMMENT:x"
    let lines = ["DTSTART:20260904T020000Z", more, line].joined(separator: "\r\n")
    let read = try event(calendar(lines))
    #expect(read.component.properties.map(\.description).contains(line))
    #expect(try EventComponent(component: read.component) == read)
  }

  private func stream(of parts: String...) -> [UInt8] {
    let lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"] + parts + ["END:VCALENDAR", ""]
    return Array(lines.joined(separator: "\r\n").utf8)
  }

  private static let single =
    "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260904T020000Z\r\nEND:VEVENT"

  private static func zone(_ tzid: String, _ lines: String..., offset: String = "+0200") -> String {
    let body =
      [
        "BEGIN:STANDARD", "DTSTART:19961027T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZOFFSETFROM:\(offset)",
      ]
      + ["TZOFFSETTO:+0100", "END:STANDARD", "BEGIN:DAYLIGHT", "DTSTART:19970330T020000"]
      + [
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "TZOFFSETFROM:+0100", "TZOFFSETTO:\(offset)", "COMMENT:x",
        "END:DAYLIGHT",
      ]
    return (["BEGIN:VTIMEZONE", "TZID:\(tzid)"] + lines + body + ["END:VTIMEZONE"]).joined(separator: "\r\n")
  }

  @Test func `zones that nothing uses stay, and what zones say of themselves`() throws {
    let used =
      "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin:20260904T020000\r\nEND:VEVENT"
    let berlin = Self.zone("Europe/Berlin", "X-LIC-LOCATION:Europe/Berlin", "LAST-MODIFIED:20260101T000000Z")
    let object = try CalendarObject.parse(
      stream(of: berlin, Self.zone("Europe/Prague", "TZURL:https://x.example"), Self.zone("Own"), used)
    )
    let zones = object.component.components.filter { $0.name == "VTIMEZONE" }
    #expect(zones.map { $0.property("TZID")?.text } == ["Europe/Berlin", "Europe/Prague", "Own"])
    #expect(zones.map { $0.components.count } == [2, 2, 2])
    #expect(zones[0].property("X-LIC-LOCATION") != nil && zones[0].components[1].property("COMMENT") != nil)
    let alone = try CalendarObject.parse(stream(of: berlin))
    #expect(alone.component.components.count == 1)
  }

  @Test func `a zone whose rules are not those of the times is written again, with what else it says`() throws
  {
    let used =
      "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin:20260904T020000\r\nEND:VEVENT"
    let wrong = Self.zone("Europe/Berlin", "X-LIC-LOCATION:Europe/Berlin", offset: "+0300")
    let zone = try #require(try CalendarObject.parse(stream(of: wrong, used)).component.components.first)
    #expect(zone.property("X-LIC-LOCATION") != nil)
    #expect(!zone.components.contains { $0.property("TZOFFSETTO")?.value == "+0300" })
  }

  @Test(arguments: ["", "\r\n\r\n", "  ", "\t \r\n \u{FEFF}".replacing("\u{FEFF}", with: "")])
  func `blanks before the first BEGIN are none`(blanks: String) throws {
    #expect(try CalendarObject.parse(Array(blanks.utf8) + stream(of: Self.single)).events.count == 1)
    #expect(try Component.parseCalendars(Array(blanks.utf8) + stream(of: Self.single)).count == 1)
  }

  @Test(arguments: ["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"])
  func `a component without a calendar is read`(name: String) throws {
    let text =
      name == "VTIMEZONE"
      ? Self.zone("Own") : Self.single.replacing("VEVENT", with: name)
    let object = try CalendarObject.parse(Array("\(text)\r\n".utf8))
    #expect(object.component.components.map(\.name) == [name])
    #expect(try Component.parseCalendars(Array(text.utf8))[0].components.map(\.name) == [name])
    #expect(throws: ICalendarError.noCalendar) {
      try CalendarObject.parse(Array("BEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\n".utf8))
    }
  }

  @Test func `components beside a calendar are in it, and all calendars of a stream are read`() throws {
    let todo = Array("BEGIN:VTODO\r\nUID:t\r\nEND:VTODO\r\n".utf8)
    let stream = todo + stream(of: Self.single) + todo + stream(of: Self.single, Self.single) + todo
    let objects = try CalendarObject.parseAll(stream)
    #expect(objects.map(\.events.count) == [1, 2])
    #expect(objects.map(\.todos.count) == [2, 1])
    #expect(try CalendarObject.parse(stream) == objects[0])
    let trees = try Component.parseCalendars(stream)
    #expect(trees.map { $0.components.filter { $0.name == "VTODO" }.count } == [2, 1])
  }

  @Test func `all messages of a stream are read`() throws {
    let texts = ["REPLY", "REQUEST", "NONSENSE"].map { stream(of: "METHOD:\($0)", Self.single) }
    let messages = try SchedulingMessage.parseAll(Array(texts.joined()))
    #expect(messages.map(\.method) == [.reply, .request])
    #expect(throws: ICalendarError.invalid(property: "METHOD")) { try SchedulingMessage.parseAll(texts[2]) }
  }

  /// 16 MiB is the limit of a component; RFC 5545 §3.1 has none for an unfolded line.
  @Test func `an inline attachment may be as large as the component`() throws {
    let octets = [UInt8](repeating: 7, count: 8 << 20)
    var event = try meeting()
    event.attachments = [Attachment(.binary(octets))]
    let read = try CalendarObject.parse(CalendarObject(events: [event]).serialized())
    #expect(read.events[0].attachments.map(\.content) == [.binary(octets)])
  }

  @Test(arguments: [
    "DESCRIPTION:", "X-OWN:", "IMAGE;VALUE=BINARY;ENCODING=BASE64:", "ATTACH;X-NAME=a;VALUE=URI:data:,",
  ])
  func `any line may be as long as the component`(beginning: String) throws {
    let line = beginning + String(repeating: "A", count: 2 << 20)
    let event = [
      "BEGIN:VEVENT", "UID:1", "DTSTAMP:20260801T080000Z", "DTSTART:20260907T080000Z", line, "END:VEVENT",
    ]
    let text = (["BEGIN:VCALENDAR"] + event + ["END:VCALENDAR"]).joined(separator: "\r\n")
    let written = try CalendarObject.parse(Array(text.utf8)).serialized()
    let again = try #require(try Component.parse(written).first?.components.first)
    #expect(again.properties.contains { $0.description.utf8.count == line.utf8.count })
    #expect(
      again == (try Component.parse(try CalendarObject.parse(written).serialized()).first?.components.first)
    )
  }

  /// Found by the fuzzer: each writing repeated the end behind the second start.
  @Test(arguments: [
    ["DTSTART:20260310T020000Z", "DTEND:20260302T230000Z", "SEQUENCE:0", "DTSTART:0"],
    ["DTSTART:20260310T020000Z", "DURATION:PT1H", "DURATION:PT2H", "SEQUENCE:0", "DTSTART:20260311T020000Z"],
    [
      "DTSTART:20260310T020000Z", "DTEND:later", "SEQUENCE:x", "SEQUENCE:0", "SEQUENCE:0",
      "DTSTART;VALUE=DATE:20260311",
    ],
  ])
  func `lines that are there twice are written as often as they came`(lines: [String]) throws {
    let event =
      ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20260801T080000Z", "STATUS:CONFIRMED"] + lines + ["END:VEVENT"]
    let text = (["BEGIN:VCALENDAR"] + event + ["END:VCALENDAR"]).joined(separator: "\r\n")
    let written = try CalendarObject.parse(Array(text.utf8)).serialized()
    let again = try #require(try Component.parse(written).first?.components.first)
    let found = again.properties.map(\.description)
    #expect(found.sorted() == event.dropFirst().dropLast().sorted())
    #expect(try CalendarObject.parse(written).serialized() == written)
  }
}
