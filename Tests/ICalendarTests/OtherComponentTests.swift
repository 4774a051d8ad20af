import Foundation
import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct OtherComponentTests {
  private let stamp = Date(timeIntervalSince1970: 1_768_896_000)

  private func again(_ object: CalendarObject) throws -> CalendarObject {
    try CalendarObject.parse(object.serialized())
  }

  @Test func `a task is written and read with all it has`() throws {
    var todo = TodoComponent(uid: "1", dtstamp: stamp)
    todo.summary = "Angebot; Anna, Bob"
    todo.start = .zoned(try #require(LocalDateTime("2026-01-28T10:00:00")), tzid: "Europe/Berlin")
    todo.due = .zoned(try #require(LocalDateTime("2026-02-01T00:00:00")), tzid: "Europe/Berlin")
    todo.status = .inProcess
    todo.percentComplete = 40
    todo.priority = 1
    todo.completed = stamp
    todo.categories = ["Arbeit", "a,b"]
    todo.geo = GeoPosition(latitude: 48.85, longitude: -2.35)
    todo.classification = .confidential
    todo.relations = [Relation(uid: "2", kind: "SIBLING")]
    todo.alarms = [AlarmComponent(display: "Jetzt", trigger: .fromEnd(CalendarDuration(seconds: -900)))]
    var object = CalendarObject()
    object.append(todo)
    let read = try again(object)
    #expect(read.todos == [todo])
    #expect(read == object)
    #expect(object.text.contains("TZID:Europe/Berlin\r\n"))
    #expect(try Component.inspect(object.serialized()).defects == [])
    let task = try #require(read.todos.first)
    #expect(task.categories == ["Arbeit", "a,b"])
    #expect(task.due == todo.due)
    #expect((task.status, task.percentComplete, task.priority) == (.inProcess, 40, 1))
    #expect(task.alarms.first?.trigger == .fromEnd(CalendarDuration(seconds: -900)))
    #expect(task.relations.first?.kind == "SIBLING")
  }

  @Test func `properties are written in one order, in whatever order they are set`() throws {
    var one = TodoComponent(uid: "1", dtstamp: stamp)
    one.summary = "a"
    one.status = .completed
    one.start = .date(try date("2026-02-01"))
    var two = TodoComponent(uid: "1", dtstamp: stamp)
    two.start = .date(try date("2026-02-01"))
    two.status = .completed
    two.summary = "a"
    #expect(one == two)
    #expect(one.component.properties.map(\.name) == ["UID", "DTSTAMP", "DTSTART", "SUMMARY", "STATUS"])
  }

  @Test func `a journal entry has several descriptions`() throws {
    var entry = JournalComponent(uid: "1", dtstamp: stamp)
    entry.descriptions = ["Erstens, viel", "Zweitens\nmehr"]
    entry.status = .final
    entry.comments = ["gut"]
    var object = CalendarObject()
    object.append(entry)
    let read = try again(object)
    #expect(read == object)
    #expect(read.journals.first?.descriptions == ["Erstens, viel", "Zweitens\nmehr"])
    #expect(try Component.inspect(object.serialized()).defects == [])
  }

  @Test func `free and busy times are read in lists and written one a line`() throws {
    let text = """
      BEGIN:VCALENDAR
      BEGIN:VFREEBUSY
      UID:1
      FREEBUSY;FBTYPE=busy-tentative:20260128T100000Z/PT1H,20260128T120000Z/20260128T130000Z
      FREEBUSY:nonsense,20260129T100000Z/P1D
      END:VFREEBUSY
      END:VCALENDAR
      """
    var times = try #require(try CalendarObject.parse(Array(text.utf8)).freeBusy.first)
    #expect(times.intervals.map(\.kind) == ["BUSY-TENTATIVE", "BUSY-TENTATIVE", "BUSY"])
    #expect(times.intervals.map(\.period.basic).first == "20260128T100000Z/PT1H")
    times.intervals = Array(times.intervals.prefix(2))
    #expect(times.component.properties("FREEBUSY").count == 2)
  }

  @Test(arguments: [
    ("TRIGGER:-PT15M", "2026-01-28T08:45:00"), ("TRIGGER;RELATED=END:PT5M", "2026-01-28T10:05:00"),
    ("TRIGGER:-P1D", "2026-01-27T09:00:00"),
    ("TRIGGER;VALUE=DATE-TIME:20260101T000000Z", "2026-01-01T00:00:00"),
  ])
  func `a reminder comes when its trigger says`(line: String, instant: String) throws {
    let bytes = calendar(
      "DTSTART;TZID=Europe/Berlin:20260128T100000",
      "DURATION:PT1H",
      "BEGIN:VALARM",
      "ACTION:display",
      line,
      "END:VALARM"
    )
    let event = try event(bytes)
    let alarm = try #require(event.alarms.first)
    #expect(alarm.action == .display)
    #expect(alarm.firstInstant(for: event.timing, in: try zone("Europe/Berlin")) == (try utc(instant)))
    var copy = event
    copy.alarms = event.alarms
    #expect(copy == event)
  }

  @Test func `a calendar says of itself what RFC 7986 lets it`() throws {
    var object = CalendarObject(events: [try meeting()])
    object.name = "Vertrieb, Nord"
    object.color = "turquoise"
    object.refreshInterval = CalendarDuration(days: 7)
    object.source = "https://example.com/calendar.ics?a=1,2"
    object.images = [
      Attachment(.uri("https://example.com/a.png"), mediaType: "image/png"),
      Attachment(.binary([1, 2, 3]), mediaType: "image/png"),
    ]
    #expect(object.text.contains("REFRESH-INTERVAL;VALUE=DURATION:P1W\r\n"))
    #expect(object.text.contains("IMAGE;FMTTYPE=image/png;ENCODING=BASE64;VALUE=BINARY:AQID\r\n"))
    let read = try again(object)
    #expect(read == object)
    #expect(
      (read.name, read.color, read.refreshInterval) == (
        "Vertrieb, Nord", "turquoise", CalendarDuration(days: 7)
      )
    )
    #expect(read.images == object.images)
    #expect(try Component.inspect(object.serialized()).defects == [])
  }

  @Test func `what an event has beside its own properties is typed and kept`() throws {
    let read = try event(
      calendar(
        "DTSTART:20260128T100000Z",
        "CATEGORIES:a,b\\,c",
        "CATEGORIES:d",
        "CLASS:x-own",
        "PRIORITY:3",
        "GEO:48.85\\;2.35",
        "REQUEST-STATUS:3.1;Invalid\\, value;DTSTART:x",
        "COLOR:red",
        "CONFERENCE;VALUE=URI;FEATURE=PHONE,AUDIO;LABEL=Dial in:tel:+49-30-1",
        "ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY:aGFsbG8=",
        "RESOURCES:Beamer",
        "CONTACT:Ann\\; Room 1"
      )
    )
    #expect(read.categories == ["a", "b,c", "d"])
    #expect(read.classification?.rawValue == "X-OWN")
    #expect(read.priority == 3)
    #expect(read.geo?.longitude == 2.35)
    #expect(read.requestStatuses == [RequestStatus(code: "3.1", text: "Invalid, value", data: "DTSTART:x")])
    #expect(read.conferences.first?.features == ["PHONE", "AUDIO"])
    #expect(read.attachments.first?.content == .binary(Array("hallo".utf8)))
    #expect(read.contacts == ["Ann; Room 1"])
    #expect(try CalendarObject.parse(CalendarObject(events: [read]).serialized()).events == [read])
  }

  @Test func `parameters beside a plain value survive until the value changes`() throws {
    var event = try event(
      calendar(
        "DTSTART;X-A=1;TZID=Europe/Berlin:20260128T100000",
        "SUMMARY;LANGUAGE=de;ALTREP=\"cid:1\":Planung",
        "ORGANIZER;CN=Ann;DIR=\"ldap://a\":mailto:ann@example.com",
        "ATTENDEE;PARTSTAT=X-DOZING;MEMBER=\"mailto:l@example.com\":mailto:b@example.com"
      )
    )
    let text = CalendarObject(events: [event]).text.replacing("\r\n ", with: "")
    #expect(text.contains("DTSTART;X-A=1;TZID=Europe/Berlin:20260128T100000\r\n"))
    #expect(text.contains("SUMMARY;LANGUAGE=de;ALTREP=\"cid:1\":Planung\r\n"))
    #expect(text.contains("ORGANIZER;CN=Ann;DIR=\"ldap://a\":mailto:ann@example.com\r\n"))
    #expect(text.contains("PARTSTAT=X-DOZING"))
    #expect(!text.contains("PARTSTAT=NEEDS-ACTION"))
    #expect(try CalendarObject.parse(Array(text.utf8)).events == [event])
    event.summary = "Review"
    #expect(CalendarObject(events: [event]).text.contains("SUMMARY:Review\r\n"))
  }

  @Test func `a caller's own type is written as it likes`() {
    struct Survey: ComponentConvertible {
      var component: Component {
        Component("X-SURVEY", properties: [ContentLine("X-QUESTION", text: "a, b?")])
      }
    }
    var object = CalendarObject()
    object.append(Survey())
    #expect(object.text.contains("BEGIN:X-SURVEY\r\nX-QUESTION:a\\, b?\r\nEND:X-SURVEY\r\n"))
  }
}
