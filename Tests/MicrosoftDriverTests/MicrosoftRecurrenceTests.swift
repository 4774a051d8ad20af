import CalendarCore
import DriverTestSupport
import Foundation
import ICalendar
import JSONModel
import MicrosoftDriver
import ProviderConformance
import ProviderEmulators
import Testing

/// The recurrences that Outlook expands as we do, and those that are refused.
@Suite(.timeLimit(.minutes(5))) struct MicrosoftRecurrenceTests {
  @Test(arguments: [
    ("2027-01-28", "RRULE:FREQ=DAILY;INTERVAL=2;COUNT=4"),
    ("2027-01-28", "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=5"),
    ("2027-01-28", "RRULE:FREQ=MONTHLY;BYDAY=-1TH"), ("2027-01-28", "RRULE:FREQ=MONTHLY;BYMONTHDAY=28"),
    ("2027-01-31", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=5"),
    ("2027-01-29", "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=5"),
    ("2027-01-28", "RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=4TH;COUNT=3"),
    ("2027-01-28", "RRULE:FREQ=WEEKLY;UNTIL=20270225T090000Z"),
  ])
  func `a rule is kept in the words in which it was given`(day: String, rule: String) async throws {
    try await MicrosoftFixture.run { fixture in
      var draft = try fixture.draft()
      draft.timing = try Samples.timed("\(day)T10:00:00", "\(day)T11:00:00")
      draft.recurrence = [rule]
      #expect(fixture.provider.recurrenceProblem(draft.recurrence, timing: draft.timing) == nil)
      let event = try await fixture.create(draft)
      #expect(event.content.recurrence == [rule])
      #expect(try await fixture.read(event).content.recurrence == [rule])
    }
  }

  @Test(arguments: [
    "RRULE:FREQ=MONTHLY;BYMONTHDAY=30", "RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15", "RRULE:FREQ=MONTHLY;BYDAY=5TH",
    "RRULE:FREQ=YEARLY;BYDAY=4TH", "RRULE:FREQ=YEARLY;BYYEARDAY=28", "RRULE:FREQ=YEARLY;BYWEEKNO=4",
    "RRULE:FREQ=HOURLY",
    "RRULE:FREQ=DAILY;BYHOUR=10,12", "RRULE:FREQ=WEEKLY;BYDAY=MO", "RRULE:FREQ=DAILY;COUNT=1000",
    "RRULE:FREQ=MONTHLY;INTERVAL=100", "RRULE:FREQ=DAILY;INTERVAL=1000", "RRULE:FREQ=DAILY;BYDAY=TH",
  ])
  func `what only resembles the rule is not taken for it`(rule: String) async throws {
    try await MicrosoftFixture.run { fixture in
      let problem = fixture.provider.recurrenceProblem([rule], timing: try Samples.timed())
      #expect(problem?.hasSuffix(".") == true)
      var draft = try fixture.draft()
      draft.recurrence = [rule]
      let error = await #expect(throws: ProviderError.self) { try await fixture.create(draft) }
      #expect(error.map(ProviderErrorKind.init) == .rejected)
      #expect(try await fixture.eventCount == 0)
    }
  }

  @Test func `dates besides the rule, and two rules, are refused`() async throws {
    try await MicrosoftFixture.run { fixture in
      let timing = try Samples.timed()
      for lines in [
        ["RRULE:FREQ=DAILY", "EXDATE:20270129T090000Z"], ["RRULE:FREQ=DAILY", "RDATE:20270301T090000Z"],
        ["RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"],
      ] {
        #expect(fixture.provider.recurrenceProblem(lines, timing: timing) != nil)
      }
    }
  }

  @Test(arguments: [
    ("absoluteMonthly", 31, "2027-01-31", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4"),
    ("absoluteMonthly", 30, "2027-01-30", "RRULE:FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1;COUNT=4"),
  ])
  func `a series of Outlook's on the last days of months takes place on the same days here`(
    type: String,
    dayOfMonth: Int,
    start: String,
    rule: String
  ) async throws {
    try await MicrosoftFixture.run { fixture in
      let made = try await fixture.asOwner(
        "POST",
        "/v1.0/me/events",
        [
          "subject": "Outlook's",
          "start": ["dateTime": .string("\(start)T10:00:00"), "timeZone": "Romance Standard Time"],
          "end": ["dateTime": .string("\(start)T11:00:00"), "timeZone": "Romance Standard Time"],
          "recurrence": [
            "pattern": ["type": .string(type), "interval": 1, "dayOfMonth": .integer(dayOfMonth)],
            "range": ["type": "numbered", "startDate": .string(start), "numberOfOccurrences": 4],
          ],
        ]
      )
      let reference = ProviderEventReference(
        calendarExternalID: fixture.calendar,
        eventID: .init(UUID()),
        externalID: made["id"]?.string
      )
      let read = try await fixture.provider.event(reference, session: fixture.session)
      #expect(read.content.recurrence == [rule])
      // The name of Windows stands for the zone of Paris.
      #expect(
        try read.content.timing
          == Samples.timed("\(start)T10:00:00", "\(start)T11:00:00", zone: "Europe/Paris")
      )
      var master = EventComponent(uid: "", dtstamp: .distantPast, timing: read.content.timing)
      try master.setRecurrence(read.content.recurrence)
      for instance in EventSeries(master: master) {
        var occurrence = reference
        occurrence.originalStart = OriginalStart(instance.id)
        _ = try await fixture.provider.event(occurrence, session: fixture.session)
      }
    }
  }

  @Test func `deleted occurrences are told with the series' changes`() async throws {
    try await MicrosoftFixture.run { fixture in
      var draft = try fixture.draft()
      draft.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=4"]
      let event = try await fixture.create(draft)
      let first = try await fixture.provider.changes(
        in: fixture.calendar,
        since: nil,
        session: fixture.session
      )
      try await fixture.delete(event, "20270204T090000Z")
      let later = try await fixture.provider.changes(
        in: fixture.calendar,
        since: first.next,
        session: fixture.session
      )
      let deleted = later.changes.compactMap { if case .deleted(let place) = $0 { place } else { nil } }
      #expect(deleted.map(\.originalStart) == [OriginalStart("20270204T090000Z")])
      #expect(deleted.first?.seriesExternalID == event.externalID)
    }
  }
}
