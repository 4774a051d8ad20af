import CalendarCore
import Foundation
import ICalendar
import JobQueue
import TestSupport
import Testing

@testable import CalendarService

extension TestWorkspace {
  /// A meeting that the provider has.
  func made(_ change: (inout CreateEventInput) -> Void = { _ in }) async throws -> CalendarEvent {
    try await useCases.events.create(input(change), caller: ada).event
  }

  /// The event as Ada sees it.
  func shown(_ event: CalendarEvent) async throws -> VisibleEvent {
    try #require(try await useCases.events.queries.event(event.reference, caller: ada)).visible
  }

  @discardableResult
  func update(
    _ reference: EventReference,
    as caller: Caller? = nil,
    _ change: (inout UpdateEventInput) -> Void
  ) async throws -> EventReference {
    var input = UpdateEventInput()
    change(&input)
    return try await useCases.events.update(reference, input, caller: caller ?? ada).event.reference
  }

  @discardableResult
  func update(
    _ event: CalendarEvent,
    as caller: Caller? = nil,
    _ change: (inout UpdateEventInput) -> Void
  ) async throws -> EventReference {
    try await update(event.reference, as: caller, change)
  }

  @discardableResult
  func delete(
    _ reference: EventReference,
    scope: RecurrenceScope? = nil,
    undoWindow: Int = 0
  ) async throws -> Date? {
    try await useCases.events.delete(
      reference,
      scope: scope,
      occurrenceStart: nil,
      undoWindow: undoWindow,
      caller: ada
    )
  }

  /// Ada's list of events on these days, counted from June 1, 2026.
  func listed(_ days: ClosedRange<Double> = 0...60) async throws -> [CalendarEvent] {
    let midnight = Self.start.addingTimeInterval(-8 * 3600)
    return try await useCases.events.queries.events(
      from: midnight.addingTimeInterval(days.lowerBound * 86_400),
      to: midnight.addingTimeInterval(days.upperBound * 86_400),
      in: .all,
      first: nil,
      after: nil,
      caller: ada
    ).page.events.map(\.event)
  }

  func setStrategy(_ strategy: ConflictResolutionStrategy) async throws {
    let channel = try await database.read(workspace.id) { [account] in
      try $0.accounts.channels(accountIDs: [account])
    }
    var changes = UpdateChannel.Changes()
    changes.conflictResolution = strategy
    _ = try await useCases.accounts.updateChannel(try #require(channel.first).id, changes, caller: ada)
  }

  /// Changes the event while another change of it is being delivered; this one gets a job of its own.
  func changeMeanwhile(
    _ id: CalendarEvent.ID,
    _ change: @escaping @Sendable (inout CalendarEvent) -> Void
  ) async {
    try? await database.write(workspace.id) { transaction in
      guard var edited = try transaction.events.find(id) else { return }
      change(&edited)
      try transaction.events.update(edited)
      _ = try transaction.requestPush(
        of: edited,
        newID: .init(UUID()),
        now: clock.now,
        scheduledAt: clock.now
      )
    }
  }

  func nextJob() async throws -> Date? {
    try await database.systemRead { try $0.nextJobDue(after: .distantPast) }
  }

  /// A time in June 2026 in Berlin.
  static func june(_ day: Int, _ time: String) -> RequestedInstant {
    written(ZonedDateTime("2026-06-\(day < 10 ? "0" : "")\(day)T\(time):00+02:00[Europe/Berlin]"))
  }
}
