import Foundation
import TestSupport
import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct ComponentStreamTests {
  private let text = """
    \u{FEFF}BEGIN:VCALENDAR\r
    X-NAME:ä€😀\r
     fold\r
    BEGIN:VEVENT\r
    UID:1\r
    BEGIN:VALARM\r
    TRIGGER:-PT5M\r
    END:VALARM\r
    END:VEVENT\r
    X-LATE:1\r
    BEGIN:VTODO\r
    UID:2\r
    END:VCALENDAR\r
    BEGIN:VEVENT\r
    UID:3
    """

  private func elements(of bytes: [UInt8], chunk: Int) throws -> [ComponentStream.Element] {
    var stream = ComponentStream()
    var found: [ComponentStream.Element] = []
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      found += try stream.push(bytes[start..<min(start + chunk, bytes.count)])
    }
    return try found + stream.finish()
  }

  @Test(arguments: [1, 2, 3, 5, 7, 16, 1000])
  func `components come out one by one, wherever the data is cut`(chunk: Int) throws {
    let event = Component(
      "VEVENT",
      properties: [ContentLine("UID", value: "1")],
      components: [Component("VALARM", properties: [ContentLine("TRIGGER", value: "-PT5M")])]
    )
    #expect(
      try elements(of: Array(text.utf8), chunk: chunk) == [
        .beginCalendar,
        .property(ContentLine("X-NAME", value: "ä€😀fold")),
        .component(event),
        .property(ContentLine("X-LATE", value: "1")),
        .component(Component("VTODO", properties: [ContentLine("UID", value: "2")])),
        .endCalendar,
        .component(Component("VEVENT", properties: [ContentLine("UID", value: "3")])),
      ]
    )
  }

  @Test func `a component comes out as soon as its end is certain`() throws {
    var stream = ComponentStream()
    #expect(
      try stream.push(Array("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\n".utf8)) == [.beginCalendar]
    )
    // Only now is it known that the line does not go on after a fold.
    let found = try stream.push(Array("B".utf8))
    #expect(found.count == 1)
  }

  @Test func `damaged data is the same in one piece and in many`() throws {
    let alphabet = Array("\r\n :;,=\"\\^\0\t\u{FF}BEND".utf8)
    var random = SeededRandom(seed: 6868)
    for _ in 0..<300 {
      var bytes = Array(text.utf8)
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        bytes[index] = alphabet.randomElement(using: &random) ?? 0
      }
      let whole = try elements(of: bytes, chunk: bytes.count)
      #expect(try elements(of: bytes, chunk: Int.random(in: 1...9, using: &random)) == whole)
    }
  }

  @Test func `a line or a component that never ends is refused`() throws {
    var stream = ComponentStream(limits: ReadingLimits(bytes: .max, componentBytes: 5000, lineBytes: 1000))
    #expect(throws: ICalendarError.exceeds(.lineBytes)) {
      _ = try stream.push(Array("BEGIN:VCALENDAR\n".utf8))
      for _ in 0..<2000 { _ = try stream.push(Array("a\n ".utf8)) }
    }
    stream = ComponentStream(limits: ReadingLimits(bytes: .max, componentBytes: 5000, lines: .max))
    #expect(throws: ICalendarError.exceeds(.componentBytes)) {
      _ = try stream.push(Array("BEGIN:VCALENDAR\nBEGIN:VEVENT\n".utf8))
      for _ in 0..<2000 { _ = try stream.push(Array("X-A:1\n".utf8)) }
    }
  }

  @Test func `a calendar of many events in a stream needs the memory of one`() throws {
    var stream = ComponentStream(limits: ReadingLimits(bytes: .max, componentBytes: 500, lines: .max))
    _ = try stream.push(Array("BEGIN:VCALENDAR\n".utf8))
    var count = 0
    for _ in 0..<1000 {
      count += try stream.push(Array("BEGIN:VEVENT\nUID:1\nSUMMARY:a\nEND:VEVENT\n".utf8)).count
    }
    count += try stream.finish().count
    #expect(count == 1002)  // with the calendar's own beginning and end
  }
}
