import CalendarCore
import DriverTestSupport
import Foundation
import ICalendar
import JSONModel
import ProviderEmulators
import ProviderKit
import Testing

@testable import MicrosoftDriver

/// Whole days are midnight to midnight where the mailbox is.
@Suite(.timeLimit(.minutes(5))) struct MicrosoftWholeDayTests {
  private static let zones = ["America/Los_Angeles", "Europe/Berlin", "Pacific/Auckland"]

  /// When 9 March 2027 begins and ends there.
  private static func day(_ name: String) throws -> DateInterval {
    guard let zone = Zone(name), let first = CalendarDate("2027-03-09") else {
      throw MicrosoftFixture.Refused(status: 0)
    }
    let bounds = [first, first.adding(days: 1)].map {
      ZonedDateTime(local: LocalDateTime(startOf: $0), zone: zone).instant
    }
    return DateInterval(start: bounds[0], end: bounds[1])
  }

  private func draft(_ fixture: MicrosoftFixture) throws -> ProviderEventDraft {
    var draft = try fixture.draft()
    draft.timing = try Samples.allDay("2027-03-09", "2027-03-10")
    return draft
  }

  /// How many events Graph shows in a span of time.
  private func count(_ fixture: MicrosoftFixture, from start: Date, to end: Date) async throws -> Int? {
    try await fixture.asOwner(
      "GET",
      "/v1.0/me/calendarView?startDateTime=\(start.graph)&endDateTime=\(end.graph)"
    )["value"]?.array?.count
  }

  @Test(arguments: zones)
  func `a whole day blocks the day of the mailbox, and is read as the same day`(zone: String) async throws {
    try await MicrosoftFixture.run(timeZone: zone) { fixture in
      let draft = try draft(fixture)
      let event = try await fixture.create(draft)
      #expect(event.content.timing == draft.timing)
      #expect(try await fixture.read(event).content.timing == draft.timing)
      let day = try Self.day(zone)
      #expect(try await count(fixture, from: day.start - 3600, to: day.start) == 0)
      #expect(try await count(fixture, from: day.start, to: day.start + 60) == 1)
      #expect(try await count(fixture, from: day.end - 60, to: day.end) == 1)
      #expect(try await count(fixture, from: day.end, to: day.end + 3600) == 0)
      let busy = try await fixture.provider.busyTimes(
        in: fixture.calendar,
        from: day.start - 3600,
        to: day.end + 3600,
        session: fixture.session
      )
      #expect(busy == [day])
    }
  }

  @Test(arguments: zones)
  func `a series of whole days, and one day of it that is moved, stay on their days`(zone: String)
    async throws
  {
    try await MicrosoftFixture.run(timeZone: zone) { fixture in
      var draft = try draft(fixture)
      draft.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=6"]
      let event = try await fixture.create(draft)
      #expect(try await fixture.read(event).content == event.content)
      // The clocks are changed in March and in April.
      for start in ["20270309", "20270316", "20270330", "20270413"] {
        let read = try await fixture.read(event, start)
        #expect(OriginalStart(start)?.time == read.content.timing.firstDayAsTime)
      }
      let moved = try await fixture.change(event, "20270330", [.timing]) {
        $0.timing = try Samples.allDay("2027-03-31", "2027-04-02")
      }
      #expect(try moved.content.timing == Samples.allDay("2027-03-31", "2027-04-02"))
      #expect(try await fixture.read(event, "20270330").content.timing == moved.content.timing)
      let page = try await fixture.provider.changes(
        in: fixture.calendar,
        since: nil,
        session: fixture.session
      )
      let places = page.changes.compactMap { if case .event(let event) = $0 { event.locator } else { nil } }
      #expect(places.contains { $0.originalStart == OriginalStart("20270330") })
      #expect(page.changes.count == 2)
    }
  }

  @Test func `a whole day that Outlook made elsewhere is read as its day`() async throws {
    for zone in ["Hawaiian Standard Time", "Line Islands Standard Time", "Romance Standard Time"] {
      try await MicrosoftFixture.run { fixture in
        func midnight(_ day: String) -> JSON {
          ["dateTime": .string("\(day)T00:00:00"), "timeZone": .string(zone)]
        }
        try await fixture.asOwner(
          "POST",
          "/v1.0/me/events",
          [
            "subject": "Outlook's", "isAllDay": true, "start": midnight("2027-03-09"),
            "end": midnight("2027-03-11"),
          ]
        )
        let page = try await fixture.provider.changes(
          in: fixture.calendar,
          since: nil,
          session: fixture.session
        )
        guard case .event(let event) = page.changes.first else { throw MicrosoftFixture.Refused(status: 0) }
        #expect(try event.event.content.timing == Samples.allDay("2027-03-09", "2027-03-11"))
      }
    }
  }

  @Test func `a meeting becomes a whole day, and a whole day a meeting`() async throws {
    try await MicrosoftFixture.run(timeZone: "America/Los_Angeles") { fixture in
      let event = try await fixture.create(fixture.draft())
      let day = try await fixture.change(event, nil, [.timing]) {
        $0.timing = try Samples.allDay("2027-03-09", "2027-03-10")
      }
      #expect(try day.content.timing == Samples.allDay("2027-03-09", "2027-03-10"))
      #expect(try await fixture.stored(event)["originalStartTimeZone"] == "Pacific Standard Time")
      let timed = try await fixture.change(event, nil, [.timing]) { $0.timing = try Samples.timed() }
      #expect(try timed.content.timing == Samples.timed())
    }
  }

  @Test func `the mailbox's zone is asked for only where it is needed, and permitted`() async throws {
    try await MicrosoftFixture.run { fixture in
      let event = try await fixture.create(fixture.draft())
      try await fixture.change(event, nil, [.title]) { $0.title = "Renamed" }
      try await fixture.change(event, nil, [.timing]) {
        $0.timing = try Samples.timed("2027-01-28T12:00:00", "2027-01-28T13:00:00")
      }
      #expect(fixture.requests("mailboxSettings.get").isEmpty)
    }
    // An account that was connected before the permission was asked for.
    let scopes = MicrosoftFixture.scopes.filter { !$0.hasPrefix("MailboxSettings") }
    try await MicrosoftFixture.run(scopes: scopes, timeZone: "America/Los_Angeles") { fixture in
      let draft = try draft(fixture)
      let event = try await fixture.create(draft)
      #expect(try await fixture.read(event).content.timing == draft.timing)
      #expect(try await fixture.stored(event)["originalStartTimeZone"] == "UTC")
      #expect(fixture.requests("mailboxSettings.get").isEmpty)
    }
  }

  @Test func `a mailbox that cannot be asked now makes nothing`() async throws {
    try await MicrosoftFixture.run { fixture in
      fixture.emulator.faults.add(Fault(.status, on: "mailboxSettings.get", status: 503))
      let draft = try draft(fixture)
      let error = await #expect(throws: ProviderError.self) { try await fixture.create(draft) }
      #expect(error?.isRetryable == true && error?.mayHaveBeenCarriedOut == false)
      fixture.emulator.faults.clear()
      fixture.emulator.faults.add(Fault(.status, on: "mailboxSettings.get", status: 403))
      #expect(try await fixture.create(draft).content.timing == draft.timing)
    }
  }
}

extension EventTiming {
  fileprivate var firstDayAsTime: RecurrenceTime? {
    guard case .allDay(let start, _) = self else { return nil }
    return .date(start)
  }
}
