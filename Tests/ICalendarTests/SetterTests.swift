import Foundation
import Testing

@testable import ICalendar

/// Properties that are set where lines were read.
@Suite(.timeLimit(.minutes(5))) struct SetterTests {
  private let instant = Date(timeIntervalSince1970: 1_788_768_000)  // 2026-09-07T08:00:00Z

  private func todo(_ lines: String...) throws -> TodoComponent {
    let text = (["BEGIN:VTODO"] + lines + ["END:VTODO"]).joined(separator: "\n")
    return try TodoComponent(component: try #require(try Component.parse(Array(text.utf8)).first))
  }

  private func alarm(_ trigger: String) throws -> AlarmComponent {
    let text = "BEGIN:VALARM\n\(trigger)\nEND:VALARM"
    return try AlarmComponent(component: try #require(try Component.parse(Array(text.utf8)).first))
  }

  private func lines(_ part: some PropertyHolder) -> [String] { part.propertyLines.map(\.description) }

  /// A line, how it is set, and the line that is written.
  struct Case: CustomTestStringConvertible, Sendable {
    var before: String
    var after: String
    var set: @Sendable (inout TodoComponent) -> Void

    init(_ before: String, _ after: String, _ set: @escaping @Sendable (inout TodoComponent) -> Void) {
      (self.before, self.after, self.set) = (before, after, set)
    }

    var testDescription: String { "\(before) to \(after)" }
  }

  private static let cases: [Case] = [
    Case("URL;X-A=1:https://a.example", "URL;X-A=1:https://b.example") { $0.url = "https://b.example" },
    Case("URL;VALUE=URI;X-A=1:https://a.example", "URL;VALUE=URI;X-A=1:https://b.example") {
      $0.url = "https://b.example"
    },
    Case("URL;VALUE=TEXT;X-A=1:a", "URL;X-A=1:https://b.example") { $0.url = "https://b.example" },
    Case("PRIORITY;X-A=1:3", "PRIORITY;X-A=1:5") { $0.priority = 5 },
    Case("PRIORITY;VALUE=TEXT;X-A=1:high", "PRIORITY;X-A=1:5") { $0.priority = 5 },
    Case("SEQUENCE;X-A=b:1", "SEQUENCE;X-A=b:2") { $0.sequence = 2 },
    Case("PERCENT-COMPLETE;X-A=1:10", "PERCENT-COMPLETE;X-A=1:20") { $0.percentComplete = 20 },
    Case("SUMMARY;LANGUAGE=de:Eins", "SUMMARY;LANGUAGE=de:Zwei\\, drei") { $0.summary = "Zwei, drei" },
    Case("DESCRIPTION;VALUE=TEXT;LANGUAGE=de:A", "DESCRIPTION;VALUE=TEXT;LANGUAGE=de:B") {
      $0.description = "B"
    },
    Case("STATUS;X-A=1:COMPLETED", "STATUS;X-A=1:IN-PROCESS") { $0.status = .inProcess },
    Case("GEO;X-A=1:1;2", "GEO;X-A=1:48.85;2.35") { $0.geo = GeoPosition(latitude: 48.85, longitude: 2.35) },
    Case("DURATION;X-A=1:PT1H", "DURATION;X-A=1:PT2H") { $0.duration = CalendarDuration(seconds: 7200) },
    Case("RELATED-TO;RELTYPE=CHILD;GAP=PT1H:1", "RELATED-TO;GAP=PT1H:2") {
      $0.relations = [Relation(uid: "2")]
    },
    Case("REQUEST-STATUS;LANGUAGE=de:2.0;Gut", "REQUEST-STATUS;LANGUAGE=de:3.1;Falsch") {
      $0.requestStatuses = [RequestStatus(code: "3.1", text: "Falsch")]
    },
    Case("CONTACT;ALTREP=\"https://a.example\":A", "CONTACT;ALTREP=\"https://a.example\":B") {
      $0.contacts = ["B"]
    },
    Case("CATEGORIES;LANGUAGE=de:Arbeit,Privat", "CATEGORIES;LANGUAGE=de:Arbeit,Reise") {
      $0.categories = ["Arbeit", "Reise"]
    },
    Case("DUE;VALUE=DATE;X-A=1:20260907", "DUE;X-A=1:20260907T080000Z") {
      $0.due = CalendarTime(utc: Date(timeIntervalSince1970: 1_788_768_000))
    },
    Case("DUE;TZID=Europe/Berlin;X-A=1:20260907T100000", "DUE;VALUE=DATE;X-A=1:20260908") {
      $0.due = CalendarDate("2026-09-08").map { .date($0) }
    },
    Case("DUE;X-A=1;TZID=Europe/Berlin:20260907T100000", "DUE;TZID=Asia/Tokyo;X-A=1:20260907T100000") {
      $0.due = LocalDateTime("2026-09-07T10:00:00").map { .zoned($0, tzid: "Asia/Tokyo") }
    },
    Case(
      "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20260907",
      "RECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20260908"
    ) {
      $0.originalStart = CalendarDate("2026-09-08").map { .date($0) }
    },
    Case(
      "ORGANIZER;CN=Ann;DIR=\"ldap://x\":mailto:ann@tried.example",
      "ORGANIZER;CN=Anna;DIR=\"ldap://x\":mailto:ann@tried.example"
    ) {
      $0.organizer = CalendarUser(address: "ann@tried.example", commonName: "Anna")
    },
    // What is said of one person is not said of another.
    Case("ORGANIZER;CN=Ann;DIR=\"ldap://x\":mailto:ann@tried.example", "ORGANIZER:mailto:bo@tried.example") {
      $0.organizer = CalendarUser(address: "bo@tried.example")
    },
  ]

  @Test(arguments: cases) func `a value that is set keeps what the line says beside it`(example: Case) throws
  {
    var todo = try todo(example.before)
    example.set(&todo)
    #expect(lines(todo) == [example.after])
    // What is set where nothing was has the value's own parameters only.
    var empty = TodoComponent(uid: "1", dtstamp: instant)
    example.set(&empty)
    #expect(empty.propertyLines.count == 3)
    #expect(empty.propertyLines.allSatisfy { $0.parameter("X-A") == nil && $0.parameter("LANGUAGE") == nil })
  }

  @Test func `a property that is removed takes its parameters along`() throws {
    var todo = try todo("URL;X-A=1:https://a.example")
    todo.url = nil
    #expect(lines(todo) == [])
    todo.url = "https://b.example"
    #expect(lines(todo) == ["URL:https://b.example"])
  }

  @Test func `texts of lists stay in the lines of their parameters`() throws {
    let de = "CATEGORIES;LANGUAGE=de:Arbeit"
    let en = "CATEGORIES;LANGUAGE=en:Work"
    var todo = try todo(de, en)
    todo.categories = ["Arbeit", "Work", "Travel"]
    #expect(lines(todo) == [de, "CATEGORIES;LANGUAGE=en:Work,Travel"])
    todo.categories = ["Work"]
    #expect(lines(todo) == [en])
    todo.categories = ["Work", "Arbeit"]
    #expect(todo.categories == ["Work", "Arbeit"])
  }

  @Test func `lines that stay keep their parameters wherever they are`() throws {
    var todo = try todo("COMMENT;LANGUAGE=de:Eins", "COMMENT;LANGUAGE=en:Two")
    todo.comments = ["Two", "New", "Eins"]
    #expect(lines(todo) == ["COMMENT;LANGUAGE=en:Two", "COMMENT:New", "COMMENT;LANGUAGE=de:Eins"])
    todo.comments = ["Zwei", "New"]
    #expect(lines(todo) == ["COMMENT;LANGUAGE=en:Zwei", "COMMENT:New"])
  }

  @Test func `a relation that stays is of the type it was`() throws {
    let related = "RELATED-TO;VALUE=UID;GAP=PT1H;RELTYPE=FINISHTOSTART:1"
    var todo = try todo(related)
    todo.relations.append(Relation(uid: "2"))
    #expect(todo.relations.map(\.kind) == ["FINISHTOSTART", "PARENT"])
    let first = try #require(todo.propertyLines.first)
    #expect(first.parameter("VALUE") == "UID" && first.parameter("GAP") == "PT1H")
  }

  @Test func `a trigger has the parameters of its kind`() throws {
    var alarm = try alarm("TRIGGER;RELATED=END;X-A=1:-PT5M")
    alarm.trigger = .at(instant)
    #expect(lines(alarm) == ["TRIGGER;VALUE=DATE-TIME;X-A=1:20260907T080000Z"])
    alarm.trigger = .fromEnd(CalendarDuration(seconds: -600))
    #expect(lines(alarm) == ["TRIGGER;RELATED=END;X-A=1:-PT10M"])
    alarm.trigger = .fromStart(CalendarDuration(seconds: -600))
    #expect(lines(alarm) == ["TRIGGER;X-A=1:-PT10M"])
  }

  @Test func `a calendar's properties that have to say their type say it once`() throws {
    var object = CalendarObject()
    object.otherProperties = [
      ContentLine(
        "SOURCE",
        parameters: [.init("VALUE", "URI"), .init("X-A", "1")],
        value: "https://a.example"
      ),
      ContentLine(
        "REFRESH-INTERVAL",
        parameters: [.init("X-A", "1"), .init("VALUE", "DURATION")],
        value: "P1D"
      ),
    ]
    object.source = "https://b.example"
    object.refreshInterval = CalendarDuration(seconds: 3600)
    #expect(
      object.otherProperties.map(\.description) == [
        "SOURCE;VALUE=URI;X-A=1:https://b.example", "REFRESH-INTERVAL;VALUE=DURATION;X-A=1:PT1H",
      ]
    )
  }

  /// A value of the vendor's own is kept until another is set.
  @Test func `an attendee's parameter that is set is written`() throws {
    let text =
      "ATTENDEE;PARTSTAT=X-MAYBE;ROLE=X-CHEF;CUTYPE=X-ROBOT;SCHEDULE-AGENT=X-MOON:mailto:a@tried.example"
    var attendee = Attendee(try #require(try ContentLine.read(Array(text.utf8), limits: .default)))
    #expect(Set(attendee.line.parameters.flatMap(\.values)) == ["X-MAYBE", "X-CHEF", "X-ROBOT", "X-MOON"])
    attendee.participationStatus = .accepted
    #expect(attendee.line.parameter("PARTSTAT") == "ACCEPTED")
    attendee.role = .chair
    attendee.userType = .room
    attendee.scheduleAgent = nil
    #expect(
      attendee.line.description == "ATTENDEE;CUTYPE=ROOM;ROLE=CHAIR;PARTSTAT=ACCEPTED:mailto:a@tried.example"
    )
  }
}
