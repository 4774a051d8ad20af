import Foundation
import Testing

@testable import ICalendar

/// Lines of other writers that RFC 5545 does not have, and that other readers understand.
@Suite(.timeLimit(.minutes(5))) struct OtherWritersTests {
  private func line(_ text: String) throws -> ContentLine {
    try #require(try ContentLine.read(Array(text.utf8), limits: .default))
  }

  /// libical, python icalendar and calcard keep these properties; iOS 26 writes the first two forms.
  @Test(arguments: [
    (#"ATTENDEE;CN=Doe\; John;RSVP=TRUE:mailto:a@x.example"#, "Doe; John", "mailto:a@x.example"),
    (#"ATTENDEE;CN=Society\, 2014:mailto:a@x.example"#, "Society, 2014", "mailto:a@x.example"),
    (#"ATTENDEE;CN=Sales\: EMEA:mailto:b@x.example"#, "Sales: EMEA", "mailto:b@x.example"),
    (#"ATTENDEE;RSVP=TRUE;CN=a\;b\,c\:d:mailto:b@x.example"#, "a;b,c:d", "mailto:b@x.example"),
    (#"ATTENDEE;CN=CORP\anna:mailto:b@x.example"#, #"CORP\anna"#, "mailto:b@x.example"),
    // A backslash that is no escape, since a parameter or the value begins behind it.
    (#"ATTENDEE;CN=Back\;ROLE=CHAIR:mailto:b@x.example"#, #"Back\"#, "mailto:b@x.example"),
    (#"ATTENDEE;CN=Back\:mailto:b@x.example"#, #"Back\"#, "mailto:b@x.example"),
    ("ATTENDEE;CN=Ivo: sales;PARTSTAT=ACCEPTED:mailto:i@x.example", "Ivo: sales", "mailto:i@x.example"),
    ("ATTENDEE;CN=Team:A:MAILTO:i@x.example", "Team:A", "MAILTO:i@x.example"),
    ("ATTENDEE;CN=Ivo: a:urn:uuid:1", "Ivo: a", "urn:uuid:1"),
    ("ATTENDEE;CN=Doe, John:mailto:a@x.example", "Doe, John", "mailto:a@x.example"),
    ("ATTENDEE;CN=Doe,John:mailto:a@x.example", "Doe,John", "mailto:a@x.example"),
    ("ATTENDEE;CN=Doe; John Q:mailto:a@x.example", "Doe; John Q", "mailto:a@x.example"),
    (#"ATTENDEE;CN="Doe:mailto:a@x.example"#, "Doe", "mailto:a@x.example"),
    ("ATTENDEE; CN=Doe:mailto:a@x.example", "Doe", "mailto:a@x.example"),
  ])
  func `no guest is lost for a parameter without its quotes`(text: String, name: String, value: String) throws
  {
    let read = try line(text)
    #expect((read.parameter("CN"), read.value) == (name, value))
    #expect(try line(read.description) == read)
  }

  @Test(arguments: [
    (
      #"X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=Hauptstr. 1\; 4041 Linz;X-R=70:geo:48.3,14.2"#,
      ["URI", "Hauptstr. 1; 4041 Linz", "70"], "geo:48.3,14.2"
    ),
    ("X-L;VALUE=URI;X-TITLE=Cafe: left:geo:48.3,14.2", ["URI", "Cafe: left"], "geo:48.3,14.2"),
    (#"X-L;X-TITLE=a\:b:c:d"#, ["a:b"], "c:d"),
    ("SUMMARY;LANGUAGE=de:Eins: zwei", ["de"], "Eins: zwei"),
    ("SUMMARY;ALTREP=http://x.example:8080/a:Text: more", ["http://x.example:8080/a"], "Text: more"),
    ("DESCRIPTION;ALTREP=CID:part1@x.example:Text", ["CID:part1@x.example"], "Text"),
    ("ORGANIZER;SENT-BY=mailto:a@x.example:mailto:b@x.example", ["mailto:a@x.example"], "mailto:b@x.example"),
    ("URL;VALUE=URI:https://x.example/?a=;TZID=b:c", ["URI"], "https://x.example/?a=;TZID=b:c"),
  ])
  func `the value begins where one of its type can`(text: String, values: [String], value: String) throws {
    let read = try line(text)
    #expect(read.parameters.flatMap(\.values) == values)
    #expect(read.value == value)
    #expect(try line(read.description) == read)
  }

  /// libical reads all of these (libical#152, mustang#1439).
  @Test(arguments: [
    ("DTSTART;TZID=GMT+05:30:20260904T020000", "GMT+05:30", "20260904T020000"),
    (
      "DTSTART;TZID=tzone://Microsoft/Utc;VALUE=DATE-TIME:20260904T020000", "tzone://Microsoft/Utc",
      "20260904T020000"
    ),
    (
      "DTEND;TZID=(UTC+01:00) Amsterdam, Berlin:20260904T020000", "(UTC+01:00) Amsterdam, Berlin",
      "20260904T020000"
    ),
    ("EXDATE;TZID=GMT+05:30:20260904T020000,20260905T020000", "GMT+05:30", "20260904T020000,20260905T020000"),
    ("DTSTART;TZID=GMT+05:30:2026-09-04T02:00:00", "GMT+05:30", "2026-09-04T02:00:00"),
    (
      #"DTSTART;TZID="(UTC+01:00) Amsterdam\, Berlin":20260904T020000"#, "(UTC+01:00) Amsterdam, Berlin",
      "20260904T020000"
    ),
    (#"DTSTART;TZID=A\, B\\, C:20260904T020000"#, "A, B, C", "20260904T020000"),
  ])
  func `a zone's name is read with its colons, commas and escapes`(text: String, tzid: String, value: String)
    throws
  {
    let read = try line(text)
    #expect((read.parameter("TZID"), read.value) == (tzid, value))
    #expect(try line(read.description) == read)
  }

  @Test func `strict reading reports what lacks its quotes`() throws {
    let lines = [
      #"ATTENDEE;CN=Doe\; John:mailto:a@x.example"#, "ATTENDEE;CN=Doe, John:mailto:b@x.example",
      "ATTENDEE;CN=Ivo: sales:mailto:c@x.example", #"ATTENDEE;CN="Doe:mailto:d@x.example"#,
    ]
    for line in lines {
      let defects = try Component.inspect(calendar("DTSTART:20260904T020000Z", line)).defects
      #expect(defects.map(\.message) == ["A parameter's value lacks its quotes."], "\(line)")
    }
  }

  /// ical.js reads all of these; the last four are ISO 8601:2004 §4.3.2.
  @Test(arguments: [
    ("VALUE=DATE:20260907T000000", "20260907"), ("VALUE=DATE:20260907T000000Z", "20260907"),
    ("VALUE=DATE:2026-09-07", "20260907"), ("X-A=1:2026-09-07T08:00:00Z", "20260907T080000Z"),
    ("X-A=1:20260907T0800Z", "20260907T080000Z"), ("X-A=1:20260907T080000+0200", "20260907T060000Z"),
    ("X-A=1:2026-09-07T08:00:00.123-05:30", "20260907T133000Z"),
    ("X-A=1:20260907T240000Z", "20260908T000000Z"),
    ("X-A=1:20260907 080000Z", "20260907T080000Z"), ("X-A=1:2026-09-07 08:00Z", "20260907T080000Z"),
    ("VALUE=DATE:20260907T093000Z", "20260907T093000Z"),
  ])
  func `dates and times of other writers are read, and reported`(text: String, value: String) throws {
    let read = try line("DTSTART;\(text)")
    #expect(CalendarTime(read)?.basic == value)
    let defects = try Component.inspect(calendar(read.description)).defects
    #expect(!defects.isEmpty)
  }

  @Test(arguments: [
    "20260230", "20260907T08000Z", "2026-0907", "2026-09-07T25:00", "2026-09-07T08:00+99", "08:00",
    "20260907T0800ZZ",
  ])
  func `what is no time is none`(value: String) throws {
    #expect(CalendarTime(try line("DTSTART:\(value)")) == nil)
  }

  /// icsx5#462, ical4j#503, ical4android#77; ical.js reads them so.
  @Test(arguments: [
    ("PT1D", 1, 0), ("P90M", 0, 5400), ("P2DT", 2, 0), ("P1H", 0, 3600), ("PT1H 30M", 0, 5400),
    ("PT-15M", 0, -900),
    ("P-1D", -1, 0), (" -PT5M", 0, -300),
  ])
  func `durations of other writers are read, and reported`(text: String, days: Int, seconds: Int) throws {
    #expect(CalendarDuration(text) == CalendarDuration(days: days, seconds: seconds))
    let defects = try Component.inspect(calendar("DTSTART:20260904T020000Z", "DURATION:\(text)")).defects
    #expect(defects.contains { $0.section == "RFC 5545 §3.3.6" })
  }

  @Test(arguments: ["P1W", "-PT15M", "P1DT2H30M", "PT1H5M1S", "+P2D"])
  func `durations of the standard are not reported`(text: String) throws {
    #expect(CalendarDuration.isWellFormed(text))
  }

  @Test func `lines may end with a carriage return alone, wherever the data is cut`() throws {
    let octets = String(decoding: calendar("DTSTART:20260904T020000Z", "SUMMARY:a\r\n b"), as: UTF8.self)
      .replacing("\r\n", with: "\r")
    let expected = try Component.parse(Array(octets.replacing("\r", with: "\r\n").utf8))
    #expect(try Component.parse(Array(octets.utf8)) == expected)
    for size in [1, 2, 7, 16] {
      var stream = ComponentStream()
      var events: [Component] = []
      for start in stride(from: 0, to: octets.utf8.count, by: size) {
        for case .component(let event) in try stream.push(Array(octets.utf8.dropFirst(start).prefix(size))) {
          events.append(event)
        }
      }
      #expect(events == expected[0].components)
    }
    let defects = try Component.inspect(Array(octets.utf8)).defects
    #expect(defects.map(\.message) == ["The lines end without a line feed."])
  }

  /// Windows-1252 holds ISO 8859-1 (WHATWG Encoding §4.2 takes the label "latin1" for it).
  @Test(arguments: [
    ([UInt8]("M".utf8) + [0xFC, 0x6E], "Mün"), ([0x80, 0x20, 0x96], "€ –"), ([0xC3, 0xBC, 0xFC], "üü"),
    ([0xE9], "é"),
  ])
  func `text that is no UTF-8 is decoded and reported`(octets: [UInt8], text: String) throws {
    let whole = Array("BEGIN:VEVENT\nSUMMARY:".utf8) + octets + Array("\nEND:VEVENT\n".utf8)
    let component = try #require(try Component.parse(whole).first)
    #expect(component.property("SUMMARY")?.text == text)
    #expect(try Component.inspect(whole).defects.contains { $0.section == "RFC 5545 §3.1.4" })
  }
}
