import Foundation
import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct ContentLineTests {
  private func written(_ line: ContentLine) -> String {
    var writer = ContentLineWriter()
    writer.write(line)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func read(_ text: String) throws -> ContentLine? {
    try ContentLine.read(Array(text.utf8), limits: .default)
  }

  @Test func `lines are folded at 75 octets and never inside a character`() throws {
    for piece in ["a", "ä", "€", "😀", "👨‍👩‍👧‍👦"] {
      for padding in 0..<5 {
        let text = String(repeating: "x", count: padding) + String(repeating: piece, count: 120)
        let bytes = Array(written(ContentLine("SUMMARY", text: text)).utf8)
        let parts = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        #expect(parts.last?.isEmpty == true)
        for part in parts.dropLast() {
          #expect(part.last == 0x0D)
          #expect(part.count <= 76)
          #expect(String(validating: part, as: UTF8.self) != nil)
        }
        for part in parts.dropFirst().dropLast() { #expect(part.first == 0x20) }
        let unfolded = parts.dropLast().enumerated().flatMap { $1.dropFirst($0 == 0 ? 0 : 1).dropLast() }
        #expect(unfolded == Array("SUMMARY:\(text)".utf8))
      }
    }
  }

  @Test func `a line of exactly 75 octets is not folded`() {
    #expect(written(ContentLine("X", value: String(repeating: "y", count: 73))).utf8.count == 77)
    #expect(written(ContentLine("X", value: String(repeating: "y", count: 74))).contains("\r\n y\r\n"))
  }

  @Test func `text is escaped, and colons are not`() {
    let line = ContentLine("SUMMARY", text: "a\\b; c, d: \"e\"\r\nf\ng\rh\u{2028}i\u{85}j")
    #expect(line.value == #"a\\b\; c\, d: "e"\nf\ng\nh\ni\nj"#)
    #expect(line.text == "a\\b; c, d: \"e\"\nf\ng\nh\ni\nj")
  }

  @Test func `other control characters are dropped, tabs are not`() {
    let line = ContentLine("SUMMARY", text: "a\0b\u{0B}c\u{0C}d\u{1B}[0me\u{7F}f\tg\u{9B}h")
    #expect(line.value == "abcd[0mef\tgh")
  }

  @Test func `values that are no text are not escaped`() {
    #expect(
      ContentLine("URL", value: "https://example.com/a;b,c?d=\\e").value == "https://example.com/a;b,c?d=\\e"
    )
  }

  @Test func `nothing can become a line of its own`() throws {
    let evil = "x\r\nATTENDEE:mailto:eve@example.com\nEND:VEVENT\u{2028}BEGIN:VEVENT\rX:"
    let user = CalendarUser(address: evil, commonName: evil, sentBy: evil)
    var event = try meeting()
    event.uid = evil
    event.summary = evil
    event.url = evil
    event.conferenceLink = evil
    event.organizer = user
    event.attendees = [Attendee(user: user, otherParameters: [.init("X-A\r\nB:C", evil)])]
    event.otherProperties = [ContentLine("X-EVIL\r\nSUMMARY:", parameters: [.init(evil, evil)], value: evil)]
    event.otherComponents = [Component("VALARM\r\nEND:VEVENT", properties: [ContentLine(evil, text: evil)])]
    var object = CalendarObject(prodid: evil, events: [event])
    object.otherProperties = [ContentLine("X-WR-CALNAME", text: evil)]
    let unfolded = object.text.replacing("\r\n ", with: "")
    let names = Set(
      unfolded.split(separator: "\r\n").map { String($0.prefix { $0 != ":" && $0 != ";" }) }
    )
    #expect(
      names.subtracting([
        "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE",
        "SUMMARY",
        "URL", "CONFERENCE", "STATUS", "ORGANIZER", "ATTENDEE", "TZID", "TZOFFSETFROM", "TZOFFSETTO",
        "TZNAME", "RRULE",
        "X-EVILSUMMARY", "X-WR-CALNAME", "xATTENDEEmailtoeveexample.comENDVEVENTBEGINVEVENTX",
      ]) == []
    )
    #expect(unfolded.split(separator: "\r\n").filter { $0.hasPrefix("ATTENDEE") }.count == 1)
    #expect(unfolded.split(separator: "\r\n").filter { $0 == "END:VEVENT" }.count == 1)
    #expect(!unfolded.unicodeScalars.contains { [0x2028, 0x85].contains($0.value) })
    #expect(unfolded.replacing("\r\n", with: "").unicodeScalars.allSatisfy { $0 != "\r" && $0 != "\n" })
  }

  @Test func `parameters are quoted where they must be, and encoded by RFC 6868`() throws {
    let line = ContentLine(
      "ATTENDEE",
      parameters: [.init("CN", "Doe, \"Joe\" ^\nx"), .init("X-Y", "plain")],
      value: "a:b"
    )
    #expect(written(line) == "ATTENDEE;CN=\"Doe, ^'Joe^' ^^^nx\";X-Y=plain:a:b\r\n")
    #expect(try read("ATTENDEE;CN=\"Doe, ^'Joe^' ^^^nx\";X-Y=plain:a:b") == line)
    #expect(try read("A;B=^x^:v")?.parameters == [.init("B", "^x^")])
  }

  @Test(arguments: [(" x", "\" x\""), ("a\\", "\"a\\\""), ("\t", "\"\t\""), ("a b", "a b"), ("", "")])
  func `parameters that some readers would trim or unescape are quoted`(value: String, text: String) throws {
    #expect(written(ContentLine("X", parameters: [.init("P", value)], value: "v")) == "X;P=\(text):v\r\n")
    #expect(try read("X;P=\(text):v")?.parameters == [.init("P", value)])
  }

  @Test func `parameters of several values are read and written`() throws {
    let text = #"CONFERENCE;FEATURE=AUDIO,VIDEO;LABEL="a;b","c":https://example.com"#
    let line = try #require(try read(text))
    #expect(line.parameters == [.init("FEATURE", ["AUDIO", "VIDEO"]), .init("LABEL", ["a;b", "c"])])
    #expect(written(line) == #"CONFERENCE;FEATURE=AUDIO,VIDEO;LABEL="a;b",c:https://example.com"# + "\r\n")
  }

  @Test(arguments: ["", "NO-COLON", ":value", "A;B:v;", "A B:v", "A;=x"])
  func `a line that is none is dropped or read without its bad part`(text: String) throws {
    let line = try read(text)
    #expect(line == nil || (line?.name == "A" && line?.parameters == []))
  }

  @Test func `text of other writers is read`() throws {
    #expect(ContentLine("X", value: #"a\Nb\:c\"d\"#).text == "a\nb:c\"d\\")
  }
}
