package import CalendarCore

/// Tells a caller of every change to the events of their workspace, or to one of them.
package struct WatchEvents: Sendable {
  let database: any Database
  let hub: ChangeHub
  let surroundings: EventReadContext

  /// `resumeAfter` is the position of an update: everything that has changed since then comes first.
  ///
  /// Throws `InvalidInput`, `AccessError`, `ResumePositionExpired`, and `StoreError.unavailable` on a node that stops.
  package func callAsFunction(
    _ event: EventReference?,
    resumeAfter: String?,
    caller: Caller
  ) async throws -> EventWatch {
    let resume = try resumeAfter.map { try ResumePosition($0).horizon }
    if let event { try await requireKnown(event, caller: caller) }
    // Every change of an occurrence is one of its series, which is what is watched.
    let watch = try await hub.watch(caller.workspaceID, event: event?.eventID, from: resume)
    return EventWatch(
      EventWatchReader(
        database: database,
        surroundings: surroundings,
        caller: caller,
        occurrence: event?.originalStart == nil ? nil : event,
        watch: watch
      )
    )
  }

  private func requireKnown(_ reference: EventReference, caller: Caller) async throws {
    let event = try await database.read(caller.workspaceID) { try EventQueries.event(reference, from: $0) }
    guard event != nil else { throw AccessError.missingEvent(nil) }
  }
}
