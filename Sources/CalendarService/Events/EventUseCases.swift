/// Everything that is done with events.
package struct EventUseCases: Sendable {
  package let create: CreateEvent
  package let update: UpdateEvent
  package let delete: DeleteEvent
  package let undoDeletion: UndoDeletion
  package let resolveConflict: ResolveConflict
  package let retry: RetryEvent
  package let queries: EventQueries
  package let watch: WatchEvents
  package let export: ExportCalendar
  package let invitations: SharedInvitations

  init(_ shared: SharedParts, conferences: AvailableConferenceProviders, hub: ChangeHub) {
    let (parts, surroundings) = (shared.parts, shared.surroundings)
    create = CreateEvent(
      database: parts.database,
      calendars: parts.calendars,
      conferences: conferences,
      surroundings: surroundings,
      runner: shared.runner,
      awaited: shared.awaited,
      ids: parts.ids,
      clock: parts.clock
    )
    update = UpdateEvent(
      database: parts.database,
      calendars: parts.calendars,
      conferences: conferences,
      surroundings: surroundings,
      runner: shared.runner,
      awaited: shared.awaited,
      ids: parts.ids,
      clock: parts.clock
    )
    delete = DeleteEvent(
      database: parts.database,
      calendars: parts.calendars,
      runner: shared.runner,
      awaited: shared.awaited,
      ids: parts.ids,
      clock: parts.clock
    )
    undoDeletion = UndoDeletion(
      database: parts.database,
      surroundings: surroundings,
      runner: shared.runner,
      clock: parts.clock
    )
    resolveConflict = ResolveConflict(
      database: parts.database,
      calendars: parts.calendars,
      conferences: conferences,
      surroundings: surroundings,
      runner: shared.runner,
      awaited: shared.awaited,
      ids: parts.ids,
      clock: parts.clock
    )
    retry = RetryEvent(
      database: parts.database,
      conferences: parts.conferences,
      surroundings: surroundings,
      runner: shared.runner,
      ids: parts.ids,
      clock: parts.clock
    )
    queries = EventQueries(database: parts.database, surroundings: surroundings)
    watch = WatchEvents(database: parts.database, hub: hub, surroundings: surroundings)
    export = ExportCalendar(events: queries, clock: parts.clock)
    invitations = SharedInvitations(
      database: parts.database,
      link: InvitationLink(parts.encryptionKeys),
      clock: parts.clock
    )
  }
}
