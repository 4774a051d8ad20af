import Foundation
import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct ViolationTests {
  private static let valid: [(String, [String])] = [
    ("REQUEST", GroupExample.request), ("REQUEST", GroupExample.update), ("COUNTER", GroupExample.counter),
    ("REPLY", GroupExample.reply("PARTSTAT=ACCEPTED:mailto:b@example.com")),
    ("DECLINECOUNTER", GroupExample.declineCounter), ("CANCEL", GroupExample.cancel),
    ("CANCEL", GroupExample.removal), ("REQUEST", SeriesExample.request), ("REQUEST", SeriesExample.moved),
    ("CANCEL", SeriesExample.cancelled), ("CANCEL", SeriesExample.allCancelled),
    ("REQUEST", SeriesExample.changed),
    ("ADD", SeriesExample.addition), ("COUNTER", SeriesExample.counter),
  ]

  private func problems(_ message: SchedulingMessage) -> [String] {
    message.violations.map { "\($0.name) \($0.problem.rawValue)" }
  }

  @Test(arguments: valid.indices)
  func `the examples of RFC 5546 are as their methods want them`(index: Int) throws {
    let (method, lines) = Self.valid[index]
    #expect(try message(method, lines).violations == [])
  }

  @Test(arguments: valid.indices)
  func `an example without a required property breaks its table`(index: Int) throws {
    let (method, lines) = Self.valid[index]
    let constraints = MethodConstraints(try #require(Method(rawValue: method)))
    for name in constraints.required {
      let rest = lines.filter { !$0.hasPrefix("\(name):") && !$0.hasPrefix("\(name);") }
      let found = try message(method, rest).violations
      #expect(
        found == [
          SchedulingViolation(name: name, problem: .missing, event: 0, section: constraints.section)
        ]
      )
    }
  }

  @Test(arguments: valid.indices)
  func `an example with a forbidden property breaks its table`(index: Int) throws {
    let (method, lines) = Self.valid[index]
    for name in MethodConstraints(try #require(Method(rawValue: method))).forbidden {
      #expect(problems(try message(method, lines + ["\(name):1"])).contains("\(name) forbidden"))
    }
  }

  @Test(arguments: valid.indices)
  func `what may be there once may not be there twice`(index: Int) throws {
    let (method, lines) = Self.valid[index]
    for name in ["UID", "DTSTAMP", "SEQUENCE", "ORGANIZER", "STATUS", "RRULE", "SUMMARY"] {
      guard let line = lines.first(where: { $0.hasPrefix("\(name):") }) else { continue }
      #expect(problems(try message(method, lines + [line])) == ["\(name) repeated"])
    }
  }

  @Test func `a reply names nobody but the one who answers`() throws {
    let reply = GroupExample.reply("PARTSTAT=ACCEPTED:mailto:b@example.com")
    #expect(
      problems(try message("REPLY", reply + ["ATTENDEE:mailto:c@example.com"])) == ["ATTENDEE repeated"]
    )
  }

  @Test func `the values that a method excludes are told`() throws {
    let request = GroupExample.request.map { $0.replacing("STATUS:CONFIRMED", with: "STATUS:CANCELLED") }
    #expect(problems(try message("REQUEST", request)) == ["STATUS invalid"])
    let cancel = GroupExample.cancel.map { $0.replacing("STATUS:CANCELLED", with: "STATUS:CONFIRMED") }
    #expect(problems(try message("CANCEL", cancel)) == ["STATUS invalid"])
    let addition = SeriesExample.addition.map { $0.replacing("SEQUENCE:4", with: "SEQUENCE:0") }
    #expect(problems(try message("ADD", addition)) == ["SEQUENCE invalid"])
    let both = GroupExample.request + ["DURATION:PT1H"]
    #expect(problems(try message("REQUEST", both)) == ["DURATION conflicting"])
  }

  @Test func `the events of a message are of one UID, and alone where one is wanted`() throws {
    let other = GroupExample.request.map { $0.replacing(GroupExample.uid, with: "UID:2") }
    #expect(problems(try message("REQUEST", GroupExample.request, other)) == ["UID different"])
    #expect(
      problems(try message("ADD", SeriesExample.addition, SeriesExample.addition)) == ["VEVENT repeated"]
    )
    #expect(problems(try message("REQUEST")) == ["VEVENT missing"])
  }

  @Test func `tasks and missing zones are told`() throws {
    var component = try message("REQUEST", GroupExample.request).component
    component.components.append(Component("VTODO"))
    #expect(problems(try SchedulingMessage(component: component)) == ["VTODO forbidden"])
    let zoned = GroupExample.request.map {
      $0.replacing("DTSTART:19970701T200000Z", with: "DTSTART;TZID=Europe/Berlin:19970701T200000")
    }
    #expect(problems(try message("REQUEST", zoned)) == ["VTIMEZONE missing"])
  }

  @Test func `alarms go with an invitation and not with an answer`() throws {
    let alarm = ["BEGIN:VALARM", "ACTION:AUDIO", "TRIGGER:-PT5M", "END:VALARM"]
    #expect(try message("REQUEST", GroupExample.request + alarm).violations == [])
    let reply = GroupExample.reply("PARTSTAT=ACCEPTED:mailto:b@example.com") + alarm
    #expect(problems(try message("REPLY", reply)) == ["VALARM forbidden"])
  }

  @Test func `another method's table can be asked`() throws {
    let found = try message("REQUEST", GroupExample.request).violations(for: .publish)
    #expect(
      found.map(\.description) == [
        "METHOD is invalid (RFC 5546 §3.2.1)", "ATTENDEE of event 0 is forbidden (RFC 5546 §3.2.1)",
      ]
    )
  }

  @Test func `what has no known method is no message`() throws {
    #expect(throws: ICalendarError.invalid(property: "METHOD")) {
      try message("INVITE", GroupExample.request)
    }
    #expect(throws: ICalendarError.missing(property: "METHOD")) {
      try SchedulingMessage(component: Component("VCALENDAR"))
    }
  }
}
