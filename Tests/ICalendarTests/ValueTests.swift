import Foundation
import TestSupport
import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct ValueTests {
  @Test(arguments: [
    ("P1W", 7, 0), ("P15DT5H0M20S", 15, 18_020), ("-PT15M", 0, -900), ("+P2D", 2, 0), ("PT0S", 0, 0),
    ("-P1DT1H", -1, -3600),
    ("p1w", 7, 0),
  ])
  func `durations are read and written`(text: String, days: Int, seconds: Int) {
    let duration = CalendarDuration(text)
    #expect(duration == CalendarDuration(days: days, seconds: seconds))
    #expect(duration.flatMap { CalendarDuration($0.description) } == duration)
  }

  @Test(arguments: [
    "", "P", "PT", "1W", "P1.5D", "--P1D", "-P-1D", "PT1H1", "PT1DT1H", "P1Y", "P99999999999D",
  ])
  func `what is no duration is none`(text: String) {
    #expect(CalendarDuration(text) == nil)
  }

  @Test func `random durations are the same when read again`() {
    var random = SeededRandom(seed: 336)
    for _ in 0..<2000 {
      let sign = Bool.random(using: &random) ? 1 : -1
      let duration = CalendarDuration(
        days: sign * Int.random(in: 0...40, using: &random),
        seconds: sign * Int.random(in: 0...90_000, using: &random)
      )
      #expect(CalendarDuration(duration.description) == duration)
    }
    #expect(CalendarDuration(days: 1, seconds: -3600).description == "PT23H")
  }

  @Test(arguments: [
    ("+0100", 3600), ("-0500", -18_000), ("-004430", -2670), ("+01:00", 3600), ("0200", 7200),
  ])
  func `offsets are read`(text: String, seconds: Int) {
    #expect(UTCOffset(text)?.seconds == seconds)
    #expect(UTCOffset(UTCOffset(seconds: seconds).description)?.seconds == seconds)
  }

  @Test(arguments: ["", "+", "+1", "+2500", "+0160", "+010", "+01000", "Z", "+0100:"])
  func `what is no offset is none`(text: String) {
    #expect(UTCOffset(text) == nil)
  }

  @Test func `positions are read in all their forms and refused out of range`() {
    #expect(GeoPosition("37.386013;-122.082932")?.description == "37.386013;-122.082932")
    #expect(GeoPosition("37.4\\;-122.1") == GeoPosition("37.4,-122.1"))
    #expect(
      GeoPosition(latitude: 0.00001, longitude: -0.00001).flatMap { GeoPosition($0.description) }?.latitude
        == 0.00001
    )
    for text in ["", "1", "91;0", "0;181", "nan;0", "0x1;0", "1e1;0", "1;2;3", "inf;0"] {
      #expect(GeoPosition(text) == nil)
    }
  }

  @Test(arguments: [
    ("DTSTART:20260128T100000Z", "times"), ("DTSTART;VALUE=DATE:20260128", "times"),
    ("EXDATE:20260128,20260129", "times"),
    ("FREEBUSY:20260128T100000Z/PT1H", "periods"),
    ("RDATE;VALUE=PERIOD:20260128T100000/20260128T110000", "periods"),
    ("TRIGGER:-PT1H", "durations"), ("GEO:1;2", "geo"), ("TZOFFSETTO:+0100", "utcOffset"),
    ("PRIORITY:1", "integers"),
    ("ATTACH;VALUE=BINARY;ENCODING=BASE64:YQ==", "binary"), ("ATTENDEE:mailto:a@b", "calAddress"),
    ("URL:http://a", "uri"),
    ("RRULE:FREQ=DAILY", "recur"), ("REQUEST-STATUS:2.0;Success", "requestStatus"), ("SUMMARY:a,b", "texts"),
    ("X-ANY:a\\nb", "texts"), ("X-ANY;VALUE=BOOLEAN:true", "boolean"), ("X-ANY;VALUE=FLOAT:1.5,2", "floats"),
    ("X-ANY;VALUE=TIME:235960Z", "timesOfDay"), ("X-ANY;VALUE=X-MINE:a", "other"),
  ])
  func `every value has its type`(text: String, kind: String) throws {
    let line = try #require(try ContentLine.read(Array(text.utf8), limits: .default))
    let value = try #require(line.typedValue)
    #expect(Mirror(reflecting: value).children.first?.label == kind)
  }

  @Test(arguments: [
    "DTSTART:x", "DTSTART:20260230", "EXDATE:20260128,", "TRIGGER:1", "PRIORITY:a", "ATTACH;VALUE=BINARY:?",
    "ATTENDEE:nobody",
    "URL: http://a", "FREEBUSY:20260128T100000Z", "REQUEST-STATUS:bad", "X-ANY;VALUE=BOOLEAN:1",
    "X-ANY;VALUE=TIME:240000",
    "RRULE:",
  ])
  func `a value that is not of its type is told`(text: String) throws {
    let line = try #require(try ContentLine.read(Array(text.utf8), limits: .default))
    #expect(line.typedValue == nil)
  }

  @Test func `every property that is named has a definition, and is found in any case`() throws {
    for name in PropertyName.allCases where ![.begin, .end, .xWRTimezone, .xWRCalname].contains(name) {
      #expect(PropertyDefinition.of(name) != nil, "\(name)")
      let line = try #require(
        try ContentLine.read(Array("\(name.rawValue.lowercased()):x".utf8), limits: .default)
      )
      #expect(line.layout.known == name)
    }
    #expect(ContentLine("X-SUMMARY", value: "").layout.known == nil)
    #expect(ContentLine("SUMMARY-", value: "").layout.known == nil)
  }
}
