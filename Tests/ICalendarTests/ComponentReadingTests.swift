import Foundation
import ICalendar
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct ComponentReadingTests {
  @Test func `what was read is written back as it was`() throws {
    let text = """
      BEGIN:VCALENDAR\r
      X-First;x-p="a,b":1\\,2;3\r
      BEGIN:VTODO\r
      geo:1;2\r
      BEGIN:X-INNER\r
      X-EMPTY:\r
      END:X-INNER\r
      END:VTODO\r
      END:VCALENDAR\r\n
      """
    let roots = try Component.parse(Array(text.utf8))
    #expect(roots.map { String(decoding: $0.serialized(), as: UTF8.self) } == [text])
  }

  @Test func `bare line feeds, blank lines, NULs, a byte order mark and a missing end are read`() throws {
    let text = "\u{FEFF}BEGIN:VCALENDAR\n\n\r\nSUM\0MARY:a\n b\n\tc\r\r\nBEGIN:VEVENT\nUID:1\nEND:VCALENDAR"
    let root = try #require(try Component.parse(Array(text.utf8)).first)
    #expect(root.property("SUMMARY")?.value == "abc")
    #expect(root.components.first?.property("UID")?.value == "1")
  }

  @Test func `a fold inside a character is undone before decoding`() throws {
    var bytes = Array("BEGIN:VCALENDAR\r\nSUMMARY:".utf8)
    for byte in Array("😀é".utf8) { bytes += [byte, 0x0D, 0x0A, 0x20] }
    bytes += Array("x\r\nEND:VCALENDAR\r\n".utf8)
    #expect(try Component.parse(bytes).first?.property("SUMMARY")?.text == "😀éx")
  }

  @Test func `components that end in the wrong order end with the one around them`() throws {
    let text = "BEGIN:A\nEND:X\nBEGIN:B\nBEGIN:C\nEND:B\nP:1\nEND:A\nEND:A\nBEGIN:D\n"
    let roots = try Component.parse(Array(text.utf8))
    #expect(roots.map(\.name) == ["A", "D"])
    #expect(roots[0].components.map(\.name) == ["B"])
    #expect(roots[0].property("P")?.value == "1")
  }

  @Test func `every limit is kept`() {
    let cases: [(String, ReadingLimits, ICalendarError.Limit)] = [
      ("BEGIN:A\nEND:A\n", ReadingLimits(bytes: 13), .bytes),
      ("BEGIN:A\nX:12\n 34\nEND:A\n", ReadingLimits(lineBytes: 5), .lineBytes),
      ("BEGIN:A\nX:1\nX:2\nEND:A\n", ReadingLimits(lines: 3), .lines),
      ("BEGIN:A\nBEGIN:B\nBEGIN:C\n", ReadingLimits(depth: 2), .depth),
      ("BEGIN:A\nX;A=1;B=2;C=3:\n", ReadingLimits(parameters: 2), .parameters),
      ("BEGIN:A\nX;A=1,2,3:\n", ReadingLimits(parameters: 2), .parameters),
    ]
    for (text, limits, limit) in cases {
      #expect(throws: ICalendarError.exceeds(limit)) { try Component.parse(Array(text.utf8), limits: limits) }
    }
  }

  @Test func `ten thousand nested components are refused by default`() {
    let text = String(repeating: "BEGIN:VEVENT\n", count: 10_000)
    #expect(throws: ICalendarError.exceeds(.depth)) { try Component.parse(Array(text.utf8)) }
  }

  @Test func `random damage never breaks the reader, and what it reads is stable`() throws {
    var event = try meeting()
    event.description = "Zeile 1\nZeile 2; ü, 😀"
    event.attendees = [Attendee(user: CalendarUser(address: "bob@example.com", commonName: "Bob \"B\", Jr."))]
    let original = CalendarObject(method: .request, events: [event]).serialized()
    let alphabet = Array("\r\n :;,=\"\\^\0\t\u{FF}BEND".utf8)
    var random = SeededRandom(seed: 5545)
    for _ in 0..<500 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        let byte = alphabet.randomElement(using: &random) ?? 0
        if Bool.random(using: &random) { bytes[index] = byte } else { bytes.insert(byte, at: index) }
      }
      for root in try Component.parse(bytes) {
        let once = root.serialized()
        #expect(try Component.parse(once).map { $0.serialized() } == [once])
        _ = try? CalendarObject(component: root)
      }
    }
  }
}
