import Foundation
import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct JCalTests {
  private func json(_ line: String) throws -> String {
    let component = try #require(
      try Component.parse(Array("BEGIN:VEVENT\r\n\(line)\r\nEND:VEVENT\r\n".utf8)).first
    )
    return String(decoding: component.jCal(), as: UTF8.self)
  }

  /// The examples of RFC 7265 §3.4–3.6, §5 and appendix B.
  @Test(arguments: [
    (
      "DTSTART;TZID=US/Eastern:20110517T120000",
      #"["dtstart",{"tzid":"US/Eastern"},"date-time","2011-05-17T12:00:00"]"#
    ),
    ("DTSTART:20110517T120000Z", #"["dtstart",{},"date-time","2011-05-17T12:00:00Z"]"#),
    ("DTSTART;VALUE=DATE:20110517", #"["dtstart",{},"date","2011-05-17"]"#),
    ("DURATION:P1D", #"["duration",{},"duration","P1D"]"#),
    (
      "RRULE:FREQ=YEARLY;COUNT=5;BYDAY=-1SU,2MO;BYMONTH=10",
      #"["rrule",{},"recur",{"freq":"YEARLY","count":5,"byday":["-1SU","2MO"],"bymonth":10}]"#
    ),
    (
      "RRULE:FREQ=MONTHLY;UNTIL=20110709T000000Z;INTERVAL=2",
      #"["rrule",{},"recur",{"freq":"MONTHLY","until":"2011-07-09T00:00:00Z","interval":2}]"#
    ),
    (
      "RDATE;VALUE=PERIOD:20110517T120000Z/P1D,20110518T120000Z/20110518T130000Z",
      #"["rdate",{},"period",["2011-05-17T12:00:00Z","P1D"],["2011-05-18T12:00:00Z","2011-05-18T13:00:00Z"]]"#
    ),
    ("GEO:37.386013;-122.082932", #"["geo",{},"float",[37.386013,-122.082932]]"#),
    ("REQUEST-STATUS:2.0;Success", #"["request-status",{},"text",["2.0","Success"]]"#),
    ("CATEGORIES:a,b\\,c", #"["categories",{},"text","a","b,c"]"#),
    (#"SUMMARY;LANGUAGE=en:a\, "b"\nc"#, #"["summary",{"language":"en"},"text","a, \"b\"\nc"]"#),
    (
      "ATTENDEE;MEMBER=\"mailto:a@b.example\",\"mailto:c@b.example\":mailto:d@b.example",
      #"["attendee",{"member":["mailto:a@b.example","mailto:c@b.example"]},"cal-address","mailto:d@b.example"]"#
    ),
    ("X-COMPLAINT-DEADLINE:20110512T120000Z", #"["x-complaint-deadline",{},"unknown","20110512T120000Z"]"#),
    (
      "X-COMPLAINT-DEADLINE;VALUE=DATE-TIME:20110512T120000Z",
      #"["x-complaint-deadline",{},"date-time","2011-05-12T12:00:00Z"]"#
    ),
    ("X-A;VALUE=X-B:c", #"["x-a",{},"x-b","c"]"#),
    ("PERCENT-COMPLETE:95", #"["percent-complete",{},"integer",95]"#),
    ("X-ON;VALUE=BOOLEAN:TRUE", #"["x-on",{},"boolean",true]"#),
    ("TZOFFSETFROM:-0500", #"["tzoffsetfrom",{},"utc-offset","-05:00"]"#),
    ("X-T;VALUE=TIME:123000Z", #"["x-t",{},"time","12:30:00Z"]"#),
    ("CONFERENCE;VALUE=URI:https://a.example/b", #"["conference",{},"uri","https://a.example/b"]"#),
    // Not of its type, and as it stands therefore.
    ("DTEND:tomorrow", #"["dtend",{},"unknown","tomorrow"]"#),
  ])
  func `a property is written and read as the standard has it`(line: String, text: String) throws {
    #expect(try json(line) == "[\"vevent\",[\(text)],[]]")
    let read = try Component(jCal: Array("[\"vevent\",[\(text)],[]]".utf8))
    #expect(String(decoding: read.jCal(), as: UTF8.self) == "[\"vevent\",[\(text)],[]]")
    let first = try #require(read.properties.first)
    #expect(first == (try ContentLine.read(Array(line.utf8), limits: .default)))
  }

  @Test func `random calendars are the same after jCal`() throws {
    var source = RandomComponent(seed: 7265)
    for number in 0..<200 {
      let component = source.calendar(number).component
      let read = try Component(jCal: component.jCal())
      #expect(try Component(jCal: read.jCal()) == read, "\(number)")
      expectSame(read, component, number)
    }
  }

  /// Parameters have no order in jCal.
  private func expectSame(_ read: Component, _ component: Component, _ number: Int) {
    #expect(read.name == component.name)
    #expect(read.properties.map(\.name) == component.properties.map { $0.name.uppercased() }, "\(number)")
    for (one, other) in zip(read.properties, component.properties) {
      #expect(one.typedValue == other.typedValue, "\(number) \(other)")
      func parameters(_ line: ContentLine) -> Set<ContentLine.Parameter> {
        Set(line.parameters.filter { $0.name != "VALUE" })
      }
      #expect(parameters(one) == parameters(other), "\(number) \(other)")
    }
    #expect(read.components.count == component.components.count)
    for (one, other) in zip(read.components, component.components) { expectSame(one, other, number) }
  }

  @Test(arguments: [
    ("", JCalError.notJSON), ("[", .notJSON), ("{}", .noComponent), (#"["vevent",[]]"#, .noComponent),
    (#"["v\n",[],[]]"#, .noComponent), (#"["vevent",[["uid",{},"text"]],[]]"#, .invalid(property: "")),
    (#"["vevent",[["uid",{},"text",7]],[]]"#, .invalid(property: "UID")),
    (#"["vevent",[["dtstart",{},"date-time","soon"]],[]]"#, .invalid(property: "DTSTART")),
    (#"["vevent",[["rrule",{},"recur",{"freq":"DAILY;X=1"}]],[]]"#, .invalid(property: "RRULE")),
  ])
  func `what is no jCal is refused`(text: String, error: JCalError) {
    #expect(throws: error) { try Component(jCal: Array(text.utf8)) }
  }

  @Test func `hostile jCal is refused by its limits, and can add no line`() throws {
    let deep = String(repeating: #"["vevent",[],["#, count: 50) + String(repeating: "]]", count: 50)
    #expect(throws: JCalError.exceeds(.depth)) { try Component(jCal: Array(deep.utf8)) }
    #expect(throws: JCalError.exceeds(.bytes)) {
      try Component(jCal: Array(deep.utf8), limits: ReadingLimits(bytes: 10))
    }
    let evil = #"["vevent",[["url",{"x-a":"b\r\nUID:1"},"uri","a\r\nUID:2"]],[]]"#
    let text = String(decoding: try Component(jCal: Array(evil.utf8)).serialized(), as: UTF8.self)
    #expect(!text.contains("\r\nUID"))
  }
}
