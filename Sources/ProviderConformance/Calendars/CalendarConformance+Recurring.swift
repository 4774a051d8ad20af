import CalendarCore
import Foundation
import ICalendar

extension CalendarConformance {
  /// Rules of a meeting on Thursday, January 28, 2027, at ten: the usual ones, and some that few providers support.
  static let rules = [
    "RRULE:FREQ=DAILY;COUNT=5", "RRULE:FREQ=DAILY;INTERVAL=3;UNTIL=20270301T090000Z",
    "RRULE:FREQ=WEEKLY;COUNT=6", "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=9",
    "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH,SU;WKST=SU;COUNT=8",
    "RRULE:FREQ=MONTHLY;COUNT=4", "RRULE:FREQ=MONTHLY;BYMONTHDAY=28;COUNT=6",
    "RRULE:FREQ=MONTHLY;BYDAY=4TH;COUNT=6",
    "RRULE:FREQ=MONTHLY;BYDAY=-1TH;COUNT=6", "RRULE:FREQ=YEARLY;COUNT=3",
    "RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=4TH;COUNT=3",
    "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=5",
    "RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15,28;COUNT=7", "RRULE:FREQ=YEARLY;BYYEARDAY=28,100;COUNT=4",
    "RRULE:FREQ=YEARLY;BYWEEKNO=4,20;BYDAY=TH;COUNT=5", "RRULE:FREQ=WEEKLY", "RRULE:FREQ=HOURLY;COUNT=3",
    "RRULE:FREQ=DAILY;BYHOUR=10,15;COUNT=6",
  ]

  static let recurring: [CalendarCheck] =
    rules.map { rule in
      CalendarCheck("the same occurrences take place there, or it says why not: \(rule)") { calendar in
        let timing = try Self.timed("2027-01-28T10:00:00", "2027-01-28T11:00:00")
        if let problem = calendar.provider.recurrenceProblem([rule], timing: timing) {
          try expect(problem.count > 10 && problem.hasSuffix("."), "“\(problem)” is no sentence")
          return
        }
        guard calendar.provider.storesEvents else { return }
        let made = try await calendar.create { ($0.timing, $0.recurrence) = (timing, [rule]) }
        let read = try await calendar.read(made).content
        let wanted = try Self.starts(timing, [rule])
        let found = try Self.starts(read.timing, read.recurrence)
        try expect(found == wanted, "\(read.recurrence) is not the same: \(found)")
        for start in wanted.prefix(3) {
          let occurrence = try await calendar.read(made, at: OriginalStart(.zoned(start)))
          try expect(
            occurrence.content.timing.startInstant(in: .utc) == start.instant,
            "\(start) is another time"
          )
        }
      }
    }
    + [
      CalendarCheck("one occurrence is changed and deleted, and the others are as they were") { calendar in
        guard try Self.keepsSeries(calendar) else { return }
        let made = try await Self.weekly(calendar)
        let starts = try Self.starts(made.draft.timing, made.draft.recurrence).map {
          OriginalStart(.zoned($0))
        }
        let moved = try Self.timed("2027-02-05T15:00:00", "2027-02-05T16:00:00")
        let changed = try await calendar.change(made, at: starts[1], [.title, .timing]) {
          ($0.title, $0.timing) = ("Special", moved)
        }
        try expect(
          changed.content.title == "Special" && changed.content.timing.isSame(as: moved),
          "it is not changed"
        )
        try await calendar.delete(made, at: starts[2])
        let read = try await calendar.read(made, at: starts[1]).content
        try expect(read.title == "Special" && read.timing.isSame(as: moved), "it is not changed there")
        let gone = try await failure { _ = try await calendar.read(made, at: starts[2]) }
        try expect(gone == .gone || gone == .notFound, "the deleted one says \(gone?.rawValue ?? "nothing")")
        for start in [starts[0], starts[3]] {
          let other = try await calendar.read(made, at: start).content
          try expect(other.title == made.draft.title, "another occurrence has the title \(other.title)")
          try expect(other.timing.startInstant(in: .utc) == start.instant, "another occurrence was moved")
        }
        try expect(try await calendar.read(made).content.title == made.draft.title, "the series was renamed")
      },
      CalendarCheck("a series is at the same hour after the clocks were changed") { calendar in
        guard try Self.keepsSeries(calendar) else { return }
        let made = try await calendar.create {
          $0.timing = try Self.timed("2027-03-25T10:00:00", "2027-03-25T11:00:00")
          $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=2"]
        }
        let start = try require(OriginalStart("20270401T080000Z"), "no start")
        let summer = try await calendar.read(made, at: start).content.timing
        try expect(
          summer.isSame(as: try Self.timed("2027-04-01T10:00:00", "2027-04-01T11:00:00")),
          "it is \(summer)"
        )
      },
      CalendarCheck("a series is changed as a whole, and deleted as a whole") { calendar in
        guard try Self.keepsSeries(calendar) else { return }
        let made = try await Self.weekly(calendar)
        try await calendar.change(made, [.title, .location]) { ($0.title, $0.location) = ("All", "Room 9") }
        let start = try require(OriginalStart("20270204T090000Z"), "no start")
        let occurrence = try await calendar.read(made, at: start).content
        try expect(
          occurrence.title == "All" && occurrence.location == "Room 9",
          "an occurrence is not changed"
        )
        try await calendar.delete(made)
        for start in [nil, start] {
          let read = try await failure { _ = try await calendar.read(made, at: start) }
          try expect(read == .gone || read == .notFound, "reading says \(read?.rawValue ?? "nothing")")
        }
      },
      CalendarCheck("an occurrence that the rules do not make is not found") { calendar in
        guard try Self.keepsSeries(calendar) else { return }
        let made = try await Self.weekly(calendar)
        let start = try require(OriginalStart("20270205T090000Z"), "no start")
        let read = try await failure { _ = try await calendar.read(made, at: start) }
        try expect(read == .notFound || read == .gone, "reading says \(read?.rawValue ?? "nothing")")
      },
    ]

  /// Whether the provider stores events, including ones that repeat every week.
  private static func keepsSeries(_ calendar: any CalendarUnderTest) throws -> Bool {
    let timing = try timed("2027-01-28T10:00:00", "2027-01-28T11:00:00")
    return calendar.provider.storesEvents
      && calendar.provider.recurrenceProblem(["RRULE:FREQ=WEEKLY;COUNT=4"], timing: timing) == nil
  }

  private static func weekly(_ calendar: any CalendarUnderTest) async throws -> Made {
    try await calendar.create {
      $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=4"]
      $0.attendees = [try guest("bob@example.org")]
    }
  }

  /// The starts of the first occurrences.
  private static func starts(_ timing: EventTiming, _ recurrence: [String]) throws -> [ZonedDateTime] {
    var event = EventComponent(uid: "", dtstamp: .distantPast, timing: timing)
    try event.setRecurrence(recurrence)
    return EventSeries(master: event).prefix(30).compactMap { instance in
      if case .timed(let start, _) = instance.timing { start } else { nil }
    }
  }
}
