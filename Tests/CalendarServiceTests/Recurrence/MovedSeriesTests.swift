import CalendarCore
import CalendarService
import Foundation
import ICalendar
import Testing

@Suite(.timeLimit(.minutes(5))) struct MovedSeriesTests {
  struct Move: Sendable, CustomTestStringConvertible {
    let series: String
    let lines: [String]
    let old: String
    let new: String
    /// The first meeting afterwards, and its lines; nil where it is refused.
    let start: String?
    let written: [String]

    init(
      _ series: String,
      _ lines: [String],
      _ old: String,
      to new: String,
      _ start: String?,
      _ written: [String] = []
    ) {
      self.series = series
      self.lines = lines
      self.old = old
      self.new = new
      self.start = start
      self.written = written
    }

    var testDescription: String { "\(lines.joined(separator: " ")) from \(old) to \(new)" }

    func performed() throws -> EventContent {
      var event = SampleSeries.event(series)
      event.recurrence = lines
      return try RecurringEvent(event, exceptions: [])
        .moved(from: SampleSeries.timing(old), to: SampleSeries.timing(new))
    }
  }

  /// 2 June 2026 is a Tuesday.
  static let tuesday = "2026-06-02 10:00 11:00 Europe/Berlin"

  static let moves: [Move] = [
    // Another hour or length: the rule stays, to the letter.
    Move(
      tuesday,
      ["RRULE:FREQ=WEEKLY;BYDAY=TU"],
      "2026-06-16 10:00 11:00 Europe/Berlin",
      to: "2026-06-16 14:30 15:00 Europe/Berlin",
      "2026-06-02 14:30 15:00 Europe/Berlin",
      ["RRULE:FREQ=WEEKLY;BYDAY=TU"]
    ),
    // Winter: one hour on the clock, not on the sun.
    Move(
      tuesday,
      ["RRULE:FREQ=WEEKLY"],
      "2026-12-01 10:00 11:00 Europe/Berlin",
      to: "2026-12-01 11:00 12:00 Europe/Berlin",
      "2026-06-02 11:00 12:00 Europe/Berlin",
      ["RRULE:FREQ=WEEKLY"]
    ),
    // What is left out, further dates and the end move along.
    Move(
      tuesday,
      ["RRULE:FREQ=WEEKLY;UNTIL=20261215T090000Z", "RDATE:20260604T080000Z", "EXDATE:20261110T090000Z"],
      "2026-06-16 10:00 11:00 Europe/Berlin",
      to: "2026-06-16 18:00 19:00 Europe/Berlin",
      "2026-06-02 18:00 19:00 Europe/Berlin",
      [
        "RRULE:FREQ=WEEKLY;UNTIL=20261215T225959Z;BYDAY=TU", "RDATE;TZID=Europe/Berlin:20260604T180000",
        "EXDATE;TZID=Europe/Berlin:20261110T180000",
      ]
    ),
    // Another zone: the clock there.
    Move(
      tuesday,
      ["RRULE:FREQ=WEEKLY", "EXDATE:20260609T080000Z"],
      "2026-06-16 10:00 11:00 Europe/Berlin",
      to: "2026-06-16 09:00 10:00 America/New_York",
      "2026-06-02 09:00 10:00 America/New_York",
      ["RRULE:FREQ=WEEKLY;BYDAY=TU", "EXDATE;TZID=America/New_York:20260609T090000"]
    ),
    // Another day of the week.
    Move(
      tuesday,
      ["RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=4"],
      "2026-06-16 10:00 11:00 Europe/Berlin",
      to: "2026-06-17 09:00 10:00 Europe/Berlin",
      "2026-06-03 09:00 10:00 Europe/Berlin",
      ["RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=WE"]
    ),
    Move(
      tuesday,
      ["RRULE:FREQ=WEEKLY;BYDAY=TU", "EXDATE:20260609T080000Z"],
      "2026-06-16 10:00 11:00 Europe/Berlin",
      to: "2026-06-15 10:00 11:00 Europe/Berlin",
      "2026-06-01 10:00 11:00 Europe/Berlin",
      ["RRULE:FREQ=WEEKLY;BYDAY=MO", "EXDATE;TZID=Europe/Berlin:20260608T100000"]
    ),
    Move(
      tuesday,
      ["RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20260630T080000Z"],
      "2026-06-04 10:00 11:00 Europe/Berlin",
      to: "2026-06-05 10:00 11:00 Europe/Berlin",
      "2026-06-03 10:00 11:00 Europe/Berlin",
      ["RRULE:FREQ=WEEKLY;UNTIL=20260701T215959Z;BYDAY=WE,FR"]
    ),
    // Every second week, Tuesday and Sunday are of one week, and so are Friday and Wednesday.
    Move(
      tuesday,
      ["RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU"],
      "2026-06-02 10:00 11:00 Europe/Berlin",
      to: "2026-06-05 10:00 11:00 Europe/Berlin",
      "2026-06-05 10:00 11:00 Europe/Berlin",
      ["RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,FR;WKST=TH"]
    ),
    Move(
      tuesday,
      ["RRULE:FREQ=WEEKLY;INTERVAL=2"],
      "2026-06-16 10:00 11:00 Europe/Berlin",
      to: "2026-06-25 10:00 11:00 Europe/Berlin",
      "2026-06-11 10:00 11:00 Europe/Berlin",
      ["RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"]
    ),
    Move(
      tuesday,
      ["RRULE:FREQ=WEEKLY;BYDAY=TU,TH"],
      "2026-06-02 10:00 11:00 Europe/Berlin",
      to: "2026-06-12 10:00 11:00 Europe/Berlin",
      nil
    ),
    Move(
      tuesday,
      ["RRULE:FREQ=DAILY;COUNT=5"],
      "2026-06-03 10:00 11:00 Europe/Berlin",
      to: "2026-06-13 10:00 11:00 Europe/Berlin",
      "2026-06-12 10:00 11:00 Europe/Berlin",
      ["RRULE:FREQ=DAILY;COUNT=5"]
    ),
    // Days of the month.
    Move(
      "2026-01-15 10:00 11:00 Europe/Berlin",
      ["RRULE:FREQ=MONTHLY"],
      "2026-06-15 10:00 11:00 Europe/Berlin",
      to: "2026-06-17 10:00 11:00 Europe/Berlin",
      "2026-01-17 10:00 11:00 Europe/Berlin",
      ["RRULE:FREQ=MONTHLY;BYMONTHDAY=17"]
    ),
    Move(
      "2026-01-31 2026-02-01",
      ["RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20261231"],
      "2026-06-30 2026-07-01",
      to: "2026-06-29 2026-06-30",
      "2026-01-30 2026-01-31",
      ["RRULE:FREQ=MONTHLY;UNTIL=20261230;BYMONTHDAY=-2"]
    ),
    Move(
      "2026-01-30 10:00 11:00 Europe/Berlin",
      ["RRULE:FREQ=MONTHLY;BYMONTHDAY=30"],
      "2026-06-30 10:00 11:00 Europe/Berlin",
      to: "2026-07-01 10:00 11:00 Europe/Berlin",
      nil
    ),
    // The second Tuesday of July is the 14th, the second Wednesday the 8th.
    Move(
      "2026-01-13 10:00 11:00 Europe/Berlin",
      ["RRULE:FREQ=MONTHLY;BYDAY=2TU;UNTIL=20260714T080000Z", "EXDATE:20260414T080000Z"],
      "2026-06-09 10:00 11:00 Europe/Berlin",
      to: "2026-06-10 10:00 11:00 Europe/Berlin",
      "2026-01-14 10:00 11:00 Europe/Berlin",
      [
        "RRULE:FREQ=MONTHLY;UNTIL=20260708T215959Z;BYDAY=2WE",
        "EXDATE;TZID=Europe/Berlin:20260408T100000",
      ]
    ),
    // An end between the two takes none away, and adds none.
    Move(
      "2026-01-13 10:00 11:00 Europe/Berlin",
      ["RRULE:FREQ=MONTHLY;BYDAY=2TU;UNTIL=20260712T080000Z"],
      "2026-06-09 10:00 11:00 Europe/Berlin",
      to: "2026-06-10 10:00 11:00 Europe/Berlin",
      "2026-01-14 10:00 11:00 Europe/Berlin",
      ["RRULE:FREQ=MONTHLY;UNTIL=20260610T215959Z;BYDAY=2WE"]
    ),
    Move(
      "2026-01-27 10:00 11:00 Europe/Berlin",
      ["RRULE:FREQ=MONTHLY;BYDAY=-1TU"],
      "2026-06-30 10:00 11:00 Europe/Berlin",
      to: "2026-06-25 10:00 11:00 Europe/Berlin",
      "2026-01-29 10:00 11:00 Europe/Berlin",
      ["RRULE:FREQ=MONTHLY;BYDAY=-1TH"]
    ),
    // Most months have no fifth Monday.
    Move(
      "2026-03-24 10:00 11:00 Europe/Berlin",
      ["RRULE:FREQ=MONTHLY;BYDAY=4TU"],
      "2026-06-23 10:00 11:00 Europe/Berlin",
      to: "2026-06-29 10:00 11:00 Europe/Berlin",
      nil
    ),
    Move(
      "2026-01-01 10:00 11:00 Europe/Berlin",
      ["RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"],
      "2026-06-01 10:00 11:00 Europe/Berlin",
      to: "2026-06-02 10:00 11:00 Europe/Berlin",
      nil
    ),
    // Days of the year, also across February's end.
    Move(
      "2024-03-01 2024-03-02",
      ["RRULE:FREQ=YEARLY"],
      "2026-03-01 2026-03-02",
      to: "2026-02-28 2026-03-01",
      "2024-02-28 2024-02-29",
      ["RRULE:FREQ=YEARLY;BYMONTHDAY=28;BYMONTH=2"]
    ),
    Move(
      "2024-12-31 2025-01-01",
      ["RRULE:FREQ=YEARLY;COUNT=3"],
      "2025-12-31 2026-01-01",
      to: "2026-01-01 2026-01-02",
      "2025-01-01 2025-01-02",
      ["RRULE:FREQ=YEARLY;COUNT=3;BYMONTHDAY=1;BYMONTH=1"]
    ),
    // Whole days from now on, and back.
    Move(
      tuesday,
      ["RRULE:FREQ=WEEKLY;UNTIL=20260630T080000Z", "EXDATE:20260609T080000Z"],
      "2026-06-16 10:00 11:00 Europe/Berlin",
      to: "2026-06-17 2026-06-19",
      "2026-06-03 2026-06-05",
      ["RRULE:FREQ=WEEKLY;UNTIL=20260701;BYDAY=WE", "EXDATE;VALUE=DATE:20260610"]
    ),
    Move(
      "2026-06-02 2026-06-03",
      ["RRULE:FREQ=WEEKLY;UNTIL=20260630", "EXDATE;VALUE=DATE:20260609"],
      "2026-06-16 2026-06-17",
      to: "2026-06-16 10:00 11:00 Europe/Berlin",
      tuesday,
      ["RRULE:FREQ=WEEKLY;UNTIL=20260630T215959Z;BYDAY=TU", "EXDATE;TZID=Europe/Berlin:20260609T100000"]
    ),
  ]

  @Test(arguments: moves)
  func `a series moves as one of its occurrences does`(move: Move) throws {
    guard let start = move.start else {
      let error = #expect(throws: InvalidInput.self) { try move.performed() }
      #expect(error?.field == "recurrence")
      return
    }
    let content = try move.performed()
    #expect(content.timing == SampleSeries.timing(start))
    #expect(content.recurrence == move.written)
  }

  @Test(arguments: moves.filter { $0.start != nil })
  func `nothing is lost by moving, and the occurrence is where it should be`(move: Move) throws {
    let content = try move.performed()
    let old = EventSeries(SampleSeries.timing(move.series), repeating: move.lines)
    let new = EventSeries(content.timing, repeating: content.recurrence)
    #expect(Array(old.prefix(40)).count == Array(new.prefix(40)).count)
    let place = Array(old.prefix(40)).firstIndex { $0.timing == SampleSeries.timing(move.old) }
    let wanted = SampleSeries.timing(move.new)
    #expect(Array(new.prefix(40)).firstIndex { $0.timing == wanted } == place)
    #expect(throws: Never.self) {
      try RecurrenceRules.normalized(content.recurrence, timing: content.timing)
    }
  }

  @Test func `an occurrence whose time the clock skips moves the others by as much as itself`() throws {
    let event = SampleSeries.event("2026-03-22 02:30 03:30 Europe/Berlin", "RRULE:FREQ=WEEKLY")
    let series = RecurringEvent(event, exceptions: [])
    let skipped = try #require(series.occurrence(SampleSeries.original("20260329T013000Z")))
    let content = try series.moved(
      from: skipped.timing,
      to: SampleSeries.timing("2026-03-29 04:30 05:30 Europe/Berlin")
    )
    #expect(SampleSeries.clock(content.timing) == "2026-03-22 04:30")
  }

  @Test func `a new rule begins on its first day from where the series would be`() throws {
    let series = RecurringEvent(SampleSeries.event(Self.tuesday, "RRULE:FREQ=WEEKLY"), exceptions: [])
    func start(_ new: String, _ lines: String...) throws -> String {
      SampleSeries.clock(
        try series.moved(
          from: SampleSeries.timing("2026-06-16 10:00 11:00 Europe/Berlin"),
          to: SampleSeries.timing(new),
          repeating: lines
        ).timing
      )
    }
    let later = "2026-06-16 12:00 13:00 Europe/Berlin"
    #expect(try start(later, "RRULE:FREQ=WEEKLY;BYDAY=MO,TU") == "2026-06-02 12:00")
    #expect(try start(later, "RRULE:FREQ=WEEKLY;BYDAY=MO,FR") == "2026-06-05 12:00")
    #expect(
      try start("2026-06-17 12:00 13:00 Europe/Berlin", "RRULE:FREQ=MONTHLY;BYMONTHDAY=1")
        == "2026-07-01 12:00"
    )
    #expect(try start(later) == "2026-06-02 12:00")
    #expect(throws: InvalidInput.self) { try start(later, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30") }
  }
}
