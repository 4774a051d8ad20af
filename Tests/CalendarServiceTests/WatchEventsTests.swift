import CalendarCore
import Foundation
import TestSupport
import Testing

@testable import CalendarService

/// The updates that subscribers get, and those that they must not get.
@Suite(.timeLimit(.minutes(2))) struct WatchEventsTests {
  @Test func `a change is told as the event is by then`() async throws {
    let live = try await LiveFixture()
    let event = try await live.fixture.made()
    let watch = try await live.watch(live.fixture.ada)
    try await live.rename(event.id, "After")
    let update = try #require(try await watch.next())
    #expect(update.events.map(\.event.title) == ["After"])
    // Everything that showing it needs is there, and nothing else.
    #expect(update.page?.membersByAddress.values.map(\.id) == [live.fixture.ada.memberID])
  }

  @Test func `what the worker does later is told too`() async throws {
    let live = try await LiveFixture()
    live.fixture.calendar.whenCreating { draft, attempt throws(ProviderError) in
      guard attempt > 1 else { throw .unavailable(reason: "down") }
      return FakeCalendar.made(draft)
    }
    let watch = try await live.watch(live.fixture.ada)
    let event = try await live.fixture.useCases.events.create(live.fixture.input(), caller: live.fixture.ada)
      .event
    try await live.fixture.runNextJob()
    while let update = try await watch.next() {
      #expect(update.events.map(\.event.id) == [event.id])
      if update.events.first?.event.push.status == .synced { break }
    }
  }

  @Test func `a subscriber who comes back gets each missed change once, and then new ones`() async throws {
    let live = try await LiveFixture()
    let (first, second, third) = (
      try await live.insert("1"), try await live.insert("2"), try await live.insert("3")
    )
    var watch: Watching? = try await live.watch(live.fixture.ada)
    try await live.rename(first, "seen")
    let position = try #require(try await watch?.next()).position
    watch = nil
    #expect(live.hub.watcherCount == 0)
    for title in ["a", "b", "c"] { try await live.rename(second, title) }
    try await live.rename(third, "gone")
    try await live.delete(third)
    try await live.rename(first, "d")
    let again = try await live.watch(live.fixture.ada, after: position)
    #expect(try await again.next()?.events.map(\.event.title) == ["c"])
    let gone = try #require(try await again.next())
    #expect(gone.reference == EventReference(third) && gone.page == nil)
    #expect(try await again.next()?.events.map(\.event.title) == ["d"])
    try await live.rename(second, "e")
    #expect(try await again.next()?.events.map(\.event.title) == ["e"])
  }

  @Test func `a subscriber to one occurrence hears of its own and its series' changes`() async throws {
    let live = try await LiveFixture()
    let event = try await live.fixture.made { $0.recurrence = ["RRULE:FREQ=WEEKLY"] }
    let reference = EventReference(event.id, OriginalStart("20260609T080000Z"))
    let watch = try await live.watch(live.fixture.ada, event: reference)
    try await live.fixture.update(event) { $0.location = .set("Room 1") }
    var seen: [CalendarEvent] = []
    func hears(_ expectation: (CalendarEvent) -> Bool) async throws {
      while let update = try await watch.next() {
        #expect(update.reference == reference)
        seen += update.events.map(\.event)
        if seen.last.map(expectation) == true { return }
      }
    }
    try await hears { $0.location == "Room 1" }
    try await live.fixture.update(reference) { $0.title = "Only this" }
    try await hears { $0.title == "Only this" && $0.push.status == .synced }
    #expect(seen.allSatisfy { $0.reference == reference })
    try await live.fixture.delete(reference)
    while let update = try await watch.next(), update.page != nil {}
  }

  @Test func `only the last update of several that were read together leads past them`() async throws {
    let live = try await LiveFixture()
    let start = try await live.open(live.fixture.ada).position
    for title in ["1", "2", "3"] { _ = try await live.insert(title) }
    let watch = try await live.watch(live.fixture.ada, after: start)
    var positions: [String] = []
    for _ in 1...3 { positions.append(try #require(try await watch.next()).position) }
    #expect(positions[0] == start && positions[1] == start && positions[2] != start)
    let half = try await live.watch(live.fixture.ada, after: positions[1])
    #expect(try await half.titles(3) == ["1", "2", "3"])
    _ = try await live.insert("4")
    let whole = try await live.watch(live.fixture.ada, after: positions[2])
    #expect(try await whole.titles(1) == ["4"])
  }

  @Test func `colleagues are told without what the calendar hides`() async throws {
    let live = try await LiveFixture()
    let watch = try await live.watch(live.fixture.ben)
    let event = try await live.fixture.useCases.events.create(
      live.fixture.input { $0.details = "secret plan" },
      caller: live.fixture.ada
    ).event
    try await live.hide(event.id)
    let position = try #require(try await watch.next()).position
    let again = try await live.watch(live.fixture.ben, after: position)
    try await live.rename(event.id, "secret title")
    let update = try #require(try await again.next())
    #expect(update.events.map(\.event.id) == [event.id])
    #expect(update.events.map(\.isRedacted) == [true])
    #expect(!String(reflecting: update.events).contains("secret"))
    let own = try await live.watch(live.fixture.ada, after: position)
    #expect(try await own.titles(1) == ["secret title"])
  }

  @Test func `a calendar that is hidden or shared changes what colleagues see of its events`() async throws {
    let live = try await LiveFixture()
    let event = try await live.fixture.useCases.events.create(live.fixture.input(), caller: live.fixture.ada)
      .event
    let channel = try #require(event.channelID)
    for visibility in [CalendarChannelVisibility.metadata, .shareEverything, .metadata] {
      let watch = try await live.watch(live.fixture.ben)
      var changes = UpdateChannel.Changes()
      changes.visibility = visibility
      _ = try await live.fixture.useCases.accounts.updateChannel(channel, changes, caller: live.fixture.ada)
      let update = try #require(try await watch.next())
      #expect(update.events.map(\.event.id) == [event.id])
      #expect(update.events.map(\.isRedacted) == [visibility == .metadata])
    }
  }

  @Test(arguments: [
    "9223372036854775807-1", "9223372036854775807-9223372036854775807", "100000000000001-1", "0-", "-", "1",
    "",
    "99999999999999999999-1", "1-1-x", "+1-1", String(repeating: "1-", count: 40) + "1",
  ])
  func `a position that nobody was given is refused, whatever it is`(position: String) async throws {
    let live = try await LiveFixture()
    _ = try await live.insert("Something")
    await #expect(throws: InvalidInput.self) { try await live.open(live.fixture.ada, after: position) }
  }

  @Test(arguments: ["100000000000000-1", "4000000000000-0-1-2-3", "0-1"])
  func `a position of another time is refused, too`(position: String) async throws {
    let live = try await LiveFixture()
    _ = try await live.insert("Something")
    await #expect(throws: ResumePositionExpired()) { try await live.open(live.fixture.ada, after: position) }
  }

  @Test func `another workspace's changes and other events are not told`() async throws {
    let live = try await LiveFixture()
    let event = try await live.insert("Mine")
    let other = try await live.fixture.useCases.access.createWorkspace(displayName: "Other")
    let one = try await live.watch(live.fixture.ada, event: .init(event))
    let all = try await live.watch(live.fixture.ada)
    let stranger = CalendarEvent.plain("Theirs")
    try await live.fixture.database.write(other.id) {
      try $0.events.insert(stranger, idempotencyKey: nil, fingerprint: nil)
    }
    _ = try await live.insert("Also mine")
    try await live.rename(event, "Changed")
    #expect(try await one.titles(1) == ["Changed"])
    #expect(try await all.titles(2) == ["Also mine", "Changed"])
    for id in [stranger.id, .init(UUID())] {
      await #expect(throws: AccessError.notFound(what: "This meeting", field: nil)) {
        try await live.open(live.fixture.ada, event: .init(id))
      }
    }
    #expect(live.hub.watcherCount == 2)
  }

  @Test func `what is too old, too much or not from here has to be loaded again`() async throws {
    let live = try await LiveFixture()
    let start = try await live.open(live.fixture.ada).position
    var horizon = try ResumePosition(start).horizon
    horizon.instant -= 3601
    let old = ResumePosition(horizon).description
    horizon.instant += 3601
    horizon.next += 1_000_000
    for position in [old, ResumePosition(horizon).description] {
      await #expect(throws: ResumePositionExpired()) {
        try await live.open(live.fixture.ada, after: position)
      }
    }
    await #expect(throws: InvalidInput.self) { try await live.open(live.fixture.ada, after: "yesterday") }
    let watch = try await live.watch(live.fixture.ada)
    try await live.fixture.database.write(live.fixture.workspace.id) { transaction in
      for _ in 0...1000 {
        try transaction.events.insert(.plain("Many"), idempotencyKey: nil, fingerprint: nil)
      }
    }
    await #expect(throws: ResumePositionExpired()) { while try await watch.next() != nil {} }
    await #expect(throws: ResumePositionExpired()) { try await live.open(live.fixture.ada, after: start) }
    #expect(live.hub.watcherCount == 0)
    #expect(ResumePositionExpired().code.rawValue == "RESUME_POSITION_EXPIRED")
  }

  @Test func `an ended subscription leaves nothing behind`() async throws {
    let live = try await LiveFixture()
    let waiting = Task { [watch = try await live.watch(live.fixture.ada)] in try await watch.next() }
    do {
      let dropped = try await live.open(live.fixture.ada)
      #expect(live.hub.watcherCount == 2)
      _ = dropped.updates
    }
    #expect(live.hub.watcherCount == 1)
    waiting.cancel()
    #expect(try await waiting.value == nil)
    try await waitUntil { live.hub.watcherCount == 0 }
  }

  @Test func `a node that stops ends what is watched, and takes nobody in`() async throws {
    let live = try await LiveFixture()
    let watch = try await live.watch(live.fixture.ada)
    await live.stop()
    #expect(try await watch.next() == nil)
    await #expect(throws: StoreError.unavailable) { try await live.open(live.fixture.ada) }
  }

  @Test func `a bell that does not ring costs time and nothing else`() async throws {
    let live = try await LiveFixture(bell: PollingNotifier(pollInterval: .milliseconds(1)))
    let watch = try await live.watch(live.fixture.ada)
    for title in ["1", "2"] {
      _ = try await live.insert(title)
      #expect(try await watch.titles(1) == [title])
    }
  }

  @Test func `those who come and go while others write see every event as it is in the end`() async throws {
    let live = try await LiveFixture()
    var events: [CalendarEvent.ID] = []
    for number in 0..<10 { events.append(try await live.insert("\(number)")) }
    let (all, start) = (events, try await live.open(live.fixture.ada).position)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await withThrowingTaskGroup(of: Void.self) { writers in
          for part in 0..<3 {
            writers.addTask {
              for round in 1...30 { try await live.rename(all[(round * 7 + part) % 10], "\(part)/\(round)") }
            }
          }
          try await writers.waitForAll()
        }
        for (number, event) in all.enumerated() { try await live.rename(event, "last \(number)") }
      }
      // As many as can have been read together, or more: who takes fewer gets those again.
      for patience in 10...13 {
        group.addTask {
          var seen: [CalendarEvent.ID: String] = [:]
          var position = start
          let expected = Set(all.indices.map { "last \($0)" })
          while Set(seen.values) != expected {
            let watch = try await live.watch(live.fixture.ada, after: position)
            for _ in 1...patience where Set(seen.values) != expected {
              let update = try #require(try await watch.next())
              for visible in update.events { seen[visible.event.id] = visible.event.title }
              position = update.position
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
