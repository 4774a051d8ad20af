@testable import ICalendar
import TestSupport
import Testing

/// The ways in which many octets are looked at together, held to looking at one after the other.
@Suite(.timeLimit(.minutes(5))) struct OctetTests {
  @Test func `text is looked at eight octets at a time as it is one by one`() {
    var random = SeededRandom(seed: 5545)
    // Mostly plain, so that whole words are, with the ends of what is not.
    let odd: [[UInt8]] = [
      [0x1F], [0x09], [0x7F], [0x7E], [0x20], [0xC3, 0xA4], [0xC2, 0x85], [0xE2, 0x80, 0xA8],
      [0xE2, 0x80, 0xAA],
      [0xF0, 0x9F, 0x8E, 0x89], [0x80], [0xC3], [0xED, 0xA0, 0x80],
    ]
    for _ in 0..<20_000 {
      var octets: [UInt8] = []
      for _ in 0..<Int.random(in: 0...24, using: &random) {
        octets += Int.random(in: 0..<6, using: &random) > 0 ? [0x61] : odd.randomElement(using: &random) ?? []
      }
      let text = String(validating: octets, as: UTF8.self)
      let hasControls = text?.unicodeScalars.contains {
        $0.properties.generalCategory == .control && $0 != "\t"
          || "\u{2028}\u{2029}".unicodeScalars.contains($0)
      }
      let expected: TextForm = hasControls.map { $0 ? .withControls : .clean } ?? .invalid
      #expect(octets.span.textForm(0..<octets.count) == expected, "\(octets)")
    }
  }

  @Test func `a name is found wherever it stands and however it is spelled`() {
    for name in PropertyName.allCases {
      for spelled in [
        name.rawValue, name.rawValue.lowercased(),
        name.rawValue.prefix(1) + name.rawValue.dropFirst().lowercased(),
      ] {
        for (before, after) in [("", ""), ("", ":value of it"), ("END:VEVENT", ";"), ("ÿ", "X")] {
          let octets = Array((before + spelled + after).utf8)
          let range = before.utf8.count..<before.utf8.count + spelled.utf8.count
          #expect(PropertyName(octets.span, range) == name)
          // A letter more or less is another name.
          let shorter = PropertyName(octets.span, range.lowerBound..<range.upperBound - 1)
          #expect(shorter == PropertyName(rawValue: String(name.rawValue.dropLast())))
        }
      }
    }
    for other in ["X-WR-TIMEZONES", "SUMMARI", "X", "1UID", "UI-D", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"] {
      let octets = Array(other.utf8)
      #expect(PropertyName(octets.span, 0..<octets.count) == nil)
    }
  }

  @Test func `an octet without a role in parameters is known at once`() {
    for octet in UInt8.min...UInt8.max {
      #expect(octet.isPlainInParameter == (OctetClass.of(octet) == []))
    }
  }

  @Test(arguments: [
    "20260128", "20260128T100000", "20260128T100000Z", "20260128t235960z", "2026012", "20260128T10000",
    "2026O128",
    "2026:128", "20260128X100000", "20260128T10000:", "20260128T/00000", "20260128T100000X", "00000101",
    "20260229",
    "20240229T000000", "20260128T240000", "20260128T106000", "20260128T100061", "99991231T235959Z",
  ])
  func `the digits of a time are read together as they are one by one`(text: String) {
    var digits = DigitReader(text)
    var expected: ContentLine.TimeValue?
    if let date = digits.basicDate() {
      if digits.isAtEnd {
        expected = .date(date)
      } else if digits.skip("T") || digits.skip("t"), let hour = digits.number(2),
        let minute = digits.number(2),
        let second = digits.number(2),
        let local = LocalDateTime(date: date, hour: hour, minute: minute, second: second == 60 ? 59 : second)
      {
        let isUTC = digits.skip("Z") || digits.skip("z")
        if digits.isAtEnd { expected = isUTC ? .utc(local) : .local(local) }
      }
    }
    let octets = Array(text.utf8)
    #expect("\(octets.span.timeValue(0..<octets.count) as Any)" == "\(expected as Any)")
  }

  @Test func `a text is written with the escapes it needs, whatever it came with`() {
    var random = SeededRandom(seed: 7986)
    for _ in 0..<20_000 {
      let value = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        ["a", "ä", ",", ";", "\\", "n", "N", ":", "\t"].randomElement(using: &random) ?? ""
      }.joined()
      let line = ContentLine("SUMMARY", value: value)
      var lines = LineAssembler(capacity: 64)
      lines.append(.summary, text: DeferredText(valueOf: line))
      #expect(lines.lines.all == [ContentLine("SUMMARY", text: line.text)], "\(value)")
    }
  }

  @Test func `a text that was read equals the same text that was set`() throws {
    let lines = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", "DTSTART:20260101T000000Z"]
    let texts = ["SUMMARY:a\\, b\\Nc", "DESCRIPTION:d\\e", "LOCATION:"]
    let file = (lines + texts + ["END:VEVENT", ""]).joined(separator: "\r\n")
    let read = try #require(CalendarObject.parse(Array(file.utf8)).events.first)
    #expect([read.summary, read.description, read.location] == ["a, b\nc", "de", ""])
    var set = read
    set.summary = "a, b\nc"
    set.description = "de"
    set.location = ""
    #expect(set == read && set.hashValue == read.hashValue && set.component == read.component)
    set.summary = "a, b\nd"
    #expect(set != read)
    set = read
    set.location = nil
    #expect(set != read && set.component.property("LOCATION") == nil)
    #expect(set.summary == read.summary)
  }
}
