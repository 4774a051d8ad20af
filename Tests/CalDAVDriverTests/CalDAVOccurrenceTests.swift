import CalDAVDriver
import CalendarCore
import DriverTestSupport
import Foundation
import ICalendar
import ProviderKit
import Testing

/// Occurrences of a series on real servers.
@Suite(.timeLimit(.minutes(5))) struct CalDAVOccurrenceTests {
  /// Mondays at 10 in Berlin, where the clocks are put back on 31 October 2027.
  private func series(
    _ fixture: DAVFixture,
    _ rule: String = "RRULE:FREQ=WEEKLY;COUNT=4",
    day: String = "2027-10-18"
  ) async throws -> DAVFixture.Made {
    try await fixture.create {
      $0.timing = try Samples.timed("\(day)T10:00:00", "\(day)T11:00:00")
      $0.recurrence = [rule]
      $0.details = "Agenda"
      $0.attendees = [try Samples.guest("bob@example.org")]
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `an occurrence is at the same hour after the clocks were changed`(program: RealServer.Program)
    async throws
  {
    try await DAVFixture.run(program) { fixture in
      let made = try await series(fixture)
      let summer = try await fixture.read(made, "20271025T080000Z")
      let winter = try await fixture.read(made, "20271101T090000Z")
      #expect(try summer.content.timing == Samples.timed("2027-10-25T10:00:00", "2027-10-25T11:00:00"))
      #expect(try winter.content.timing == Samples.timed("2027-11-01T10:00:00", "2027-11-01T11:00:00"))
      #expect(winter.content.recurrence.isEmpty && winter.content.details == "Agenda")
      #expect(winter.content.attendees == made.draft.attendees)
      #expect(winter.externalID == made.event.externalID && winter.iCalUID == made.event.iCalUID)
      // The next day, the hour of summer, the day itself, a week too many, before the first.
      for start in [
        "20271102T090000Z", "20271101T080000Z", "20271101", "20271115T090000Z", "20271011T080000Z",
      ] {
        await #expect(throws: ProviderError.notFound) { try await fixture.read(made, start) }
      }
      let single = try await fixture.create()
      await #expect(throws: ProviderError.notFound) { try await fixture.read(single, "20270128T090000Z") }
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `one occurrence is changed, again and again, and the others are not`(program: RealServer.Program)
    async throws
  {
    try await DAVFixture.run(program) { fixture in
      let made = try await series(fixture)
      let start = "20271101T090000Z"
      let moved = try Samples.timed("2027-11-02T15:00:00", "2027-11-02T16:00:00")
      let changed = try await fixture.change(made, start, [.title, .timing]) {
        ($0.title, $0.timing) = ("Special", moved)
      }
      #expect(changed.content.title == "Special" && changed.content.timing == moved)
      #expect(changed.content.recurrence.isEmpty && changed.content.details == "Agenda")
      #expect(changed.sequence == 1)
      #expect(try await fixture.read(made).content == made.draft.content)
      #expect(try await fixture.read(made).sequence == 0)
      #expect(try await fixture.read(made, "20271025T080000Z").content.title == made.draft.title)
      #expect(
        try await fixture.lines(made).last?.contains("RECURRENCE-ID;TZID=Europe/Berlin:20271101T100000")
          == true
      )

      try await fixture.add("X-MINE:kept", to: made, at: "RECURRENCE-ID")
      let again = try await fixture.change(made, start, [.details]) { $0.details = nil }
      #expect(again.content.title == "Special" && again.content.details == nil && again.sequence == 1)
      let lines = try await fixture.lines(made)
      #expect(lines.count == 2 && lines[1].contains("X-MINE:kept"))
      #expect(try await fixture.read(made).content.details == "Agenda")
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `a newer version of the series holds for its occurrences too`(program: RealServer.Program) async throws
  {
    try await DAVFixture.run(program) { fixture in
      let made = try await series(fixture)
      let occurrence = try await fixture.read(made, "20271025T080000Z")
      try await fixture.change(made, nil, [.title]) { $0.title = "Renamed" }
      let change = try Samples.change(of: occurrence, [.details]) { $0.details = "Mine" }
      let error = await #expect(throws: ProviderError.self) {
        try await fixture.server.provider.updateEvent(
          made.reference("20271025T080000Z"),
          current: occurrence,
          change: change,
          session: fixture.session
        )
      }
      #expect(error?.kind == "conflict")
      #expect(try await fixture.read(made, "20271025T080000Z").content.title == "Renamed")
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `a deleted occurrence is gone, and with the last one the series`(program: RealServer.Program)
    async throws
  {
    try await DAVFixture.run(program) { fixture in
      let made = try await series(fixture, "RRULE:FREQ=WEEKLY;COUNT=3")
      try await fixture.change(made, "20271025T080000Z", [.title]) { $0.title = "Special" }
      try await fixture.delete(made, "20271025T080000Z")
      await #expect(throws: ProviderError.gone) { try await fixture.read(made, "20271025T080000Z") }
      await #expect(throws: ProviderError.gone) { try await fixture.delete(made, "20271025T080000Z") }
      await #expect(throws: ProviderError.notFound) { try await fixture.delete(made, "20271026T080000Z") }
      let series = try await fixture.read(made)
      #expect(series.sequence == 1)
      #expect(
        series.content.recurrence.sorted() == [
          "EXDATE;TZID=Europe/Berlin:20271025T100000", "RRULE:FREQ=WEEKLY;COUNT=3",
        ]
      )
      #expect(try await fixture.lines(made).count == 1)
      #expect(try await fixture.read(made, "20271101T090000Z").content.title == made.draft.title)
      try await fixture.delete(made, "20271018T080000Z")
      await #expect(throws: ProviderError.gone) { try await fixture.read(made, "20271018T080000Z") }
      try await fixture.delete(made, "20271101T090000Z")
      await #expect(throws: ProviderError.notFound) { try await fixture.read(made) }
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `a canceled occurrence is gone, and its series says so`(
    program: RealServer.Program
  ) async throws {
    try await DAVFixture.run(program) { fixture in
      let made = try await series(fixture)
      try await fixture.change(made, "20271101T090000Z", [.title]) { $0.title = "Special" }
      func cancel(where isMeant: @escaping (String) -> Bool) async throws {
        try await fixture.edit(made) { text in
          text.components(separatedBy: "BEGIN:VEVENT").map { part in
            isMeant(part) ? part.replacing("STATUS:CONFIRMED", with: "STATUS:CANCELLED") : part
          }.joined(separator: "BEGIN:VEVENT")
        }
      }
      try await cancel { $0.contains("RECURRENCE-ID") }
      await #expect(throws: ProviderError.gone) { try await fixture.read(made, "20271101T090000Z") }
      #expect(try await !fixture.read(made).isCanceled)
      #expect(try await fixture.read(made, "20271025T080000Z").content.title == made.draft.title)
      try await cancel { _ in true }
      #expect(try await fixture.read(made).isCanceled)
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `what was said of occurrences stays as long as the rules make them`(program: RealServer.Program)
    async throws
  {
    try await DAVFixture.run(program) { fixture in
      let made = try await series(fixture, "RRULE:FREQ=DAILY;COUNT=30")
      for day in ["25", "26"] {
        try await fixture.change(made, "202710\(day)T080000Z", [.title]) { $0.title = "On the \(day)th" }
      }
      for start in ["20271101T090000Z", "20271102T090000Z"] { try await fixture.delete(made, start) }
      let daily = try await fixture.read(made).content.recurrence
      // To Mondays: the 25th and the 1st are some, the 26th and the 2nd are none.
      let weekly = try await fixture.change(made, nil, [.recurrence]) { content in
        content.recurrence = daily.map { $0.hasPrefix("RRULE") ? "RRULE:FREQ=WEEKLY;BYDAY=MO" : $0 }
      }
      #expect(
        weekly.content.recurrence.sorted() == [
          "EXDATE;TZID=Europe/Berlin:20271101T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO",
        ]
      )
      #expect(try await fixture.read(made, "20271025T080000Z").content.title == "On the 25th")
      await #expect(throws: ProviderError.notFound) { try await fixture.read(made, "20271026T080000Z") }
      await #expect(throws: ProviderError.gone) { try await fixture.read(made, "20271101T090000Z") }
      // After the series moves by an hour, none of them is one of its occurrences.
      let later = try await fixture.change(made, nil, [.timing]) {
        $0.timing = try Samples.timed("2027-10-18T11:00:00", "2027-10-18T12:00:00")
      }
      #expect(later.content.recurrence == ["RRULE:FREQ=WEEKLY;BYDAY=MO"])
      #expect(try await fixture.lines(made).count == 1)
      let once = try await fixture.change(made, nil, [.recurrence]) { $0.recurrence = [] }
      #expect(once.content.recurrence.isEmpty)
      await #expect(throws: ProviderError.notFound) { try await fixture.read(made, "20271018T090000Z") }
    }
  }

  @Test(arguments: RealServer.Program.allCases)
  func `a day of a series of days is changed and deleted`(program: RealServer.Program) async throws {
    try await DAVFixture.run(program) { fixture in
      let made = try await fixture.create {
        $0.timing = try Samples.allDay("2027-10-18", "2027-10-20")
        $0.recurrence = ["RRULE:FREQ=WEEKLY;UNTIL=20271231"]
      }
      let second = try await fixture.read(made, "20271025")
      #expect(try second.content.timing == Samples.allDay("2027-10-25", "2027-10-27"))
      let timed = try Samples.timed()
      #expect(
        try await fixture.change(made, "20271025", [.timing]) { $0.timing = timed }.content.timing == timed
      )
      try await fixture.delete(made, "20271101")
      await #expect(throws: ProviderError.gone) { try await fixture.read(made, "20271101") }
      #expect(try await fixture.read(made, "20271025").content.timing == timed)
      await #expect(throws: ProviderError.notFound) { try await fixture.read(made, "20271108T000000Z") }
    }
  }
}
