import CalendarCore
import Foundation
import ICalendar
import Testing

@testable import CalendarService

/// A fixture whose changes are told to those who watch.
final class LiveFixture: Sendable {
  let fixture: TestWorkspace
  let hub: ChangeHub
  private let running: Task<Void, Never>

  init(bell: (any ChangeNotifier)? = nil) async throws {
    let fixture = try await TestWorkspace(bell: bell)
    self.fixture = fixture
    hub = fixture.useCases.changeHub
    running = Task { await fixture.useCases.changeHub.run() }
  }

  deinit { running.cancel() }

  func stop() async {
    running.cancel()
    await running.value
  }

  func open(_ caller: Caller, event: EventReference? = nil, after position: String? = nil) async throws
    -> EventWatch
  {
    try await fixture.useCases.events.watch(event, resumeAfter: position, caller: caller)
  }

  func watch(_ caller: Caller, event: EventReference? = nil, after position: String? = nil) async throws
    -> Watching
  {
    Watching(try await open(caller, event: event, after: position).updates)
  }

  func insert(_ title: String) async throws -> CalendarEvent.ID {
    var event = CalendarEvent.plain(title)
    event.crmCreatorID = fixture.ada.memberID
    let made = event
    try await fixture.database.write(fixture.workspace.id) {
      try $0.events.insert(made, idempotencyKey: nil, fingerprint: nil)
    }
    return made.id
  }

  func rename(_ id: CalendarEvent.ID, _ title: String) async throws {
    try await fixture.database.write(fixture.workspace.id) { transaction in
      var event = try #require(try transaction.events.find(id))
      event.title = title
      try transaction.events.update(event)
    }
  }

  func delete(_ id: CalendarEvent.ID) async throws {
    try await fixture.database.write(fixture.workspace.id) { try $0.events.delete(id) }
  }

  /// Hides what is in the event's calendar from all but its owner.
  func hide(_ id: CalendarEvent.ID) async throws {
    try await fixture.database.write(fixture.workspace.id) { transaction in
      let channelID = try #require(try transaction.events.find(id)?.channelID)
      var channel = try #require(try transaction.accounts.channel(channelID))
      channel.visibility = .metadata
      try transaction.accounts.update(channel)
    }
  }
}

/// Takes one update after another.
final class Watching: Sendable {
  private let updates: AsyncThrowingStream<EventUpdate, any Error>

  init(_ updates: AsyncThrowingStream<EventUpdate, any Error>) { self.updates = updates }

  func next() async throws -> EventUpdate? {
    for try await update in updates { return update }
    return nil
  }

  func titles(_ count: Int) async throws -> [String] {
    var titles: [String] = []
    while titles.count < count, let update = try await next() {
      titles += update.events.map(\.event.title)
    }
    return titles
  }
}

extension EventUpdate {
  /// The event, unless it is gone.
  var events: [VisibleEvent] { page?.events ?? [] }
}

extension CalendarEvent {
  /// An hour in no calendar.
  static func plain(_ title: String) -> CalendarEvent {
    CalendarEvent(
      id: .init(UUID()),
      title: title,
      timing: .timed(
        start: ZonedDateTime(instant: TestWorkspace.start, zone: .utc),
        end: ZonedDateTime(instant: TestWorkspace.start + 3600, zone: .utc)
      ),
      iCalUID: UUID().uuidString,
      createdFromCRM: true,
      accountID: nil,
      channelID: nil,
      createdAt: TestWorkspace.start,
      updatedAt: TestWorkspace.start
    )
  }
}
