import CalendarCore
import CalendarService
import Foundation
import ICalendar
import Testing

/// The effect of a series' changes on its changed occurrences.
@Suite(.timeLimit(.minutes(5))) struct FollowingExceptionsTests {
  /// Tuesdays at ten, summer and winter.
  static let master = SampleSeries.event("2026-10-06 10:00 11:00 Europe/Berlin", "RRULE:FREQ=WEEKLY;BYDAY=TU")

  func follow(
    _ master: CalendarEvent = master,
    _ exceptions: CalendarEvent...,
    change: (inout CalendarEvent) throws -> Void
  ) rethrows -> (kept: [CalendarEvent], dropped: [CalendarEvent]) {
    var new = master
    try change(&new)
    return RecurringEvent(master, exceptions: exceptions).exceptions(following: new)
  }

  func moved(_ master: CalendarEvent, from old: String, to new: String) throws -> EventContent {
    try RecurringEvent(master, exceptions: [])
      .moved(from: SampleSeries.timing(old), to: SampleSeries.timing(new))
  }

  @Test func `an occurrence keeps what was changed about it and follows in the rest`() throws {
    var exception = SampleSeries.exception(2, of: Self.master, at: "20261013T080000Z", title: "Board")
    exception.agreed = exception.editable
    exception.push = PushState(status: .synced, externalID: "x", etag: "1")
    let result = follow(Self.master, exception) {
      $0.title = "Monthly"
      $0.location = "Room 2"
      $0.timing = SampleSeries.timing("2026-10-06 11:00 12:30 Europe/Berlin")
    }
    let kept = try #require(result.kept.first)
    #expect(result.dropped.isEmpty)
    #expect(kept.id == exception.id && kept.title == "Board" && kept.location == "Room 2")
    #expect(kept.timing == SampleSeries.timing("2026-10-13 11:00 12:30 Europe/Berlin"))
    #expect(kept.originalStart?.description == "20261013T090000Z")
    #expect(kept.agreed == nil && kept.push.status == .pending && kept.push.etag == nil)
    // At its provider it has another name now.
    #expect(kept.push.externalID == nil)
    #expect(kept.version == exception.version + 1)
  }

  @Test func `an occurrence that was moved stays where it was moved to`() throws {
    let exception = SampleSeries.exception(
      2,
      of: Self.master,
      at: "20261027T090000Z",
      timing: "2026-10-29 15:00 16:00 Europe/Berlin"
    )
    let result = try follow(Self.master, exception) {
      $0.content = try moved(
        Self.master,
        from: "2026-10-20 10:00 11:00 Europe/Berlin",
        to: "2026-10-21 12:00 13:00 Europe/Berlin"
      )
    }
    let kept = try #require(result.kept.first)
    #expect(kept.timing == exception.timing && kept.version == exception.version)
    // After the clocks were put back.
    #expect(kept.originalStart?.description == "20261028T110000Z")
  }

  @Test func `a canceled occurrence stays canceled on the new day`() throws {
    let gone = SampleSeries.exception(2, of: Self.master, at: "20261013T080000Z", isDeleted: true)
    var new = Self.master
    new.content = try moved(
      Self.master,
      from: "2026-10-06 10:00 11:00 Europe/Berlin",
      to: "2026-10-07 10:00 11:00 Europe/Berlin"
    )
    let kept = RecurringEvent(Self.master, exceptions: [gone]).exceptions(following: new).kept
    #expect(kept.map(\.deletedAt) == [gone.deletedAt])
    let days = RecurringEvent(new, exceptions: kept)
      .occurrences(from: .distantPast, to: .distantFuture, limit: 2).map(SampleSeries.clock)
    #expect(days == ["2026-10-07 10:00", "2026-10-21 10:00"])
  }

  @Test func `the second Tuesday's exception is the second Wednesday's`() throws {
    let master = SampleSeries.event("2026-01-13 10:00 11:00 Europe/Berlin", "RRULE:FREQ=MONTHLY;BYDAY=2TU")
    let exception = SampleSeries.exception(2, of: master, at: "20260714T080000Z", title: "Board")
    let result = try follow(master, exception) {
      $0.content = try moved(
        master,
        from: "2026-06-09 10:00 11:00 Europe/Berlin",
        to: "2026-06-10 10:00 11:00 Europe/Berlin"
      )
    }
    #expect(result.kept.map(SampleSeries.clock) == ["2026-07-08 10:00"])
    #expect(result.kept.first?.originalStart?.description == "20260708T080000Z")
  }

  @Test func `what the new rule has no place for is dropped as it was`() {
    let early = SampleSeries.exception(2, of: Self.master, at: "20261013T080000Z", title: "Board")
    let late = SampleSeries.exception(3, of: Self.master, at: "20261110T090000Z", title: "Review")
    let shortened = follow(Self.master, early, late) { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=3"] }
    #expect(shortened.kept.map(\.id) == [early.id] && shortened.dropped == [late])
    let single = follow(Self.master, early, late) { $0.recurrence = [] }
    #expect(single.kept.isEmpty && single.dropped == [early, late])
  }

  @Test func `an occurrence stays when days are added before it`() {
    let exception = SampleSeries.exception(2, of: Self.master, at: "20261013T080000Z", title: "Board")
    let result = follow(Self.master, exception) {
      $0.timing = SampleSeries.timing("2026-10-05 10:00 11:00 Europe/Berlin")
      $0.recurrence = ["RRULE:FREQ=WEEKLY;BYDAY=MO,TU;INTERVAL=1;COUNT=4"]
    }
    #expect(result.kept.map(SampleSeries.clock) == ["2026-10-13 10:00"] && result.dropped.isEmpty)
  }

  @Test func `an occurrence of a day that is left is not taken to another`() {
    let daily = SampleSeries.event("2026-10-06 10:00 11:00 Europe/Berlin", "RRULE:FREQ=DAILY")
    let monday = SampleSeries.exception(2, of: daily, at: "20261012T080000Z", title: "Monday")
    let tuesday = SampleSeries.exception(3, of: daily, at: "20261013T080000Z", title: "Tuesday")
    let result = follow(daily, monday, tuesday) {
      $0.timing = SampleSeries.timing("2026-10-05 10:00 11:00 Europe/Berlin")
      $0.recurrence = ["RRULE:FREQ=WEEKLY;BYDAY=MO"]
    }
    #expect(result.kept.map(\.title) == ["Monday"] && result.dropped == [tuesday])
  }

  @Test func `no two exceptions are of one occurrence`() throws {
    let master = SampleSeries.event("2026-01-13 10:00 11:00 Europe/Berlin", "RRULE:FREQ=MONTHLY;BYDAY=2TU")
    let real = SampleSeries.exception(2, of: master, at: "20260714T080000Z", title: "Board")
    let stray = SampleSeries.exception(3, of: master, at: "20260707T080000Z", title: "Stray")
    let other = SampleSeries.exception(4, of: master, at: "20260708T080000Z", title: "Other")
    let result = try follow(master, real, stray, other) {
      $0.content = try moved(
        master,
        from: "2026-06-09 10:00 11:00 Europe/Berlin",
        to: "2026-06-10 10:00 11:00 Europe/Berlin"
      )
    }
    #expect(result.kept.map(\.title) == ["Board", "Other"] && result.dropped == [stray])
    #expect(
      result.kept.map { $0.originalStart?.description } == ["20260708T080000Z", "20260709T080000Z"]
    )
  }

  @Test func `what was no occurrence before is not taken away`() {
    var stray = SampleSeries.exception(2, of: Self.master, at: "20261014T080000Z", title: "Stray")
    stray.timing = SampleSeries.timing("2026-10-14 10:00 11:00 Europe/Berlin")
    let result = follow(Self.master, stray) { $0.details = "Bring cake" }
    #expect(result.dropped.isEmpty)
    #expect(result.kept.map(\.timing) == [stray.timing] && result.kept.first?.details == "Bring cake")
  }

  @Test func `guests are merged into changed occurrences`() throws {
    let people = RandomMeeting.people
    var master = Self.master
    master.attendees = [.init(handle: people[0]), .init(handle: people[1])]
    var exception = SampleSeries.exception(2, of: master, at: "20261013T080000Z")
    exception.attendees = [.init(handle: people[0], responseStatus: .accepted), .init(handle: people[2])]
    let kept = follow(master, exception) {
      $0.attendees = [.init(handle: people[0]), .init(handle: people[1]), .init(handle: people[3])]
    }.kept
    #expect(kept.first?.attendees.map(\.handle) == [people[0], people[3], people[2]])
    #expect(kept.first?.attendees.first?.responseStatus == .accepted)
  }

  @Test func `in another series they belong to that`() throws {
    let exception = SampleSeries.exception(2, of: Self.master, at: "20261013T080000Z", title: "Board")
    let kept = follow(Self.master, exception) {
      $0.id = SampleSeries.identifier(9)
      $0.iCalUID = "second@phos.example"
      $0.sequence = 4
    }.kept
    #expect(kept.first?.seriesID == SampleSeries.identifier(9))
    #expect(kept.first?.iCalUID == "second@phos.example" && kept.first?.sequence == 4)
    #expect(kept.first?.originalStart == exception.originalStart && kept.first?.timing == exception.timing)
  }
}
