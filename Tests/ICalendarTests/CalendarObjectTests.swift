import Foundation
import ICalendar
import Testing

@Suite(.timeLimit(.minutes(5))) struct CalendarObjectTests {
  @Test func `the object is written as its tree is`() throws {
    var object = CalendarObject(method: .publish, events: try (0..<200).map { _ in try meeting() })
    object.name = "Vertrieb"
    object.append(TodoComponent(uid: "t", dtstamp: try utc("2026-01-20T08:30:00")))
    object.append(Component("X-OTHER", properties: [ContentLine("X-A", value: "1")]))
    #expect(object.serialized() == object.component.serialized())
    #expect(try CalendarObject.parse(object.serialized()) == object)
    #expect(try CalendarObject(component: object.component) == object)
  }

  @Test func `only the first calendar of the data counts`() throws {
    let one = CalendarObject(prodid: "1", events: [try meeting()]).text
    let two = CalendarObject(prodid: "2", events: [try meeting(), try meeting()]).text
    let read = try CalendarObject.parse(Array((one + two).utf8))
    #expect(read.prodid == "1")
    #expect(read.events.count == 1)
  }

  @Test func `events keep their order, whichever need what is further on`() throws {
    let event = { (uid: String, start: String) in "BEGIN:VEVENT\nUID:\(uid)\n\(start)\nEND:VEVENT\n" }
    let text =
      "BEGIN:VCALENDAR\n" + event("1", "DTSTART:20260128T100000") + event("2", "DTSTART:20260128T100000Z")
      + event("3", "DTSTART;TZID=Nowhere:20260128T100000") + event("4", "DTSTART;TZID=Own:20260128T100000")
      + event("5", "DTSTART:20260128") + event("6", "DTSTART:20260128T100000")
      + "BEGIN:VTIMEZONE\nTZID:Own\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\n"
      + "END:STANDARD\nEND:VTIMEZONE\nX-WR-TIMEZONE:Asia/Tokyo\nEND:VCALENDAR\n"
    let read = try CalendarObject.parse(Array(text.utf8))
    #expect(read.events.map(\.uid) == ["1", "2", "4", "5", "6"])
    #expect(read.unreadable == [.unknownTimeZone("Nowhere")])
    #expect(read.events.last?.timing.startInstant(in: .utc) == (try utc("2026-01-28T01:00:00")))
  }

  @Test func `a calendar without events is read`() throws {
    #expect(try CalendarObject.parse(Array("BEGIN:VCALENDAR\nEND:VCALENDAR".utf8)).events.isEmpty)
  }
}
