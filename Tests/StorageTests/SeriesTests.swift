import CalendarCore
import Foundation
import ICalendar
import Testing

@testable import Storage

/// Recurring events, occurrences that differ, and what is deleted.
@Suite(.timeLimit(.minutes(5))) struct SeriesTests {
  private static func series(_ fixture: TestWorkspace, _ rule: String) throws -> CalendarEvent {
    var event = try fixture.meeting(1, hours(0, 1))
    event.recurrence = [rule]
    return event
  }

  private static func exception(_ fixture: TestWorkspace, of series: CalendarEvent, _ number: Int) throws
    -> CalendarEvent
  {
    var event = try fixture.meeting(10 + number, hours(24 * Double(number) + 3, 24 * Double(number) + 4))
    event.seriesID = series.id
    event.originalStart = OriginalStart("202701\(15 + number)T080000Z")
    return event
  }

  private func titles(
    _ engine: any TestedDatabase,
    _ fixture: TestWorkspace,
    days: ClosedRange<Double>
  ) async throws -> (listed: [String], series: [String]) {
    try await engine.read(fixture.workspace.id) { reader in
      let (from, to) = (noon + days.lowerBound * 86_400, noon + days.upperBound * 86_400)
      return (
        try reader.events.list(from: from, to: to, accountID: nil, after: nil, limit: 99).map(\.title),
        try reader.events.series(from: from, to: to, accountID: nil, limit: 99).map(\.title)
      )
    }
  }

  @Test(arguments: Engine.allCases)
  func `a series is found by when it repeats, and listed nowhere else`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let series = try Self.series(fixture, "RRULE:FREQ=DAILY;COUNT=5")
    let exception = try Self.exception(fixture, of: series, 2)
    try await database.write(fixture.workspace.id) { transaction in
      for event in [series, exception] {
        try transaction.events.insert(event, idempotencyKey: nil, fingerprint: nil)
      }
    }
    let during = try await titles(database, fixture, days: 2...3)
    #expect(during.listed == [exception.title] && during.series == [series.title])
    let after = try await titles(database, fixture, days: 5.5...9)
    #expect(after.listed == [] && after.series == [])
    try await database.read(fixture.workspace.id) { reader throws in
      #expect(try reader.events.find(series.id) == series)
      #expect(try reader.events.exceptions(ofSeries: [series.id]) == [exception])
      let start = try #require(exception.originalStart)
      #expect(try reader.events.exception(start, ofSeries: series.id) == exception)
      #expect(try reader.events.exception(start, ofSeries: exception.id) == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `one occurrence has one row`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let series = try Self.series(fixture, "RRULE:FREQ=DAILY")
    let first = try Self.exception(fixture, of: series, 1)
    var second = first
    second.id = id(1)
    let again = second
    try await database.write(fixture.workspace.id) {
      try $0.events.insert(first, idempotencyKey: nil, fingerprint: nil)
    }
    await #expect(throws: (any Error).self) {
      try await database.write(fixture.workspace.id) {
        try $0.events.insert(again, idempotencyKey: nil, fingerprint: nil)
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `what is deleted, or about to be, is kept and in no list`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    var deleted = try fixture.meeting(1, hours(0, 1), guests: ["person1@example.com"])
    deleted.deletedAt = noon
    var marked = try fixture.meeting(2, hours(0, 1))
    marked.links = EventLinks(personIDs: [fixture.person.id])
    marked.pendingDeletion = PendingDeletion(
      scope: .all,
      originalStart: OriginalStart("20270116"),
      dueAt: noon + 8
    )
    var shown = try fixture.meeting(3, hours(0, 1))
    shown.links = EventLinks(personIDs: [fixture.person.id])
    let events = [deleted, marked, shown]
    try await database.write(fixture.workspace.id) { transaction in
      for event in events { try transaction.events.insert(event, idempotencyKey: nil, fingerprint: nil) }
    }
    #expect(try await titles(database, fixture, days: 0...1).listed == [shown.title])
    try await database.read(fixture.workspace.id) {
      [person = fixture.person.id, own = fixture.event.id] reader throws in
      #expect(try events.allSatisfy { try reader.events.find($0.id) == $0 })
      let timeline = try reader.events.timeline(of: .person(person), offset: 0, limit: 9).map(\.id)
      #expect(Set(timeline) == [own, events[2].id])
      #expect(try reader.events.timelineCount(of: .person(person)) == 2)
    }
  }

  @Test(arguments: Engine.allCases)
  func `the last twenty versions are remembered`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    var event = try fixture.meeting(1, hours(0, 1))
    event.version = 1
    let first = event
    try await database.write(fixture.workspace.id) {
      try $0.events.insert(first, idempotencyKey: nil, fingerprint: nil)
    }
    for version in 2...25 {
      event.version = version
      event.title = "Version \(version)"
      let next = event
      try await database.write(fixture.workspace.id) { try $0.events.update(next) }
    }
    try await database.read(fixture.workspace.id) { [event] reader throws in
      #expect(try reader.events.version(25, of: event.id)?.content.title == "Version 25")
      #expect(try reader.events.version(6, of: event.id)?.content.title == "Version 6")
      #expect(try reader.events.version(5, of: event.id) == nil)
    }
    // What else is stored of a version does not change what it said.
    event.title = "Never"
    event.push.error = "Later."
    let same = event
    try await database.write(fixture.workspace.id) { try $0.events.update(same) }
    let remembered = try await database.read(fixture.workspace.id) { try $0.events.version(25, of: same.id) }
    #expect(remembered?.content.title == "Version 25")
  }
}
