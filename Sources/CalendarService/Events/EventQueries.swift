package import CalendarCore
package import Foundation

/// Reads events for a caller: one, those of a span of time, those of a record.
package struct EventQueries: Sendable {
  let database: any Database
  let surroundings: EventSurroundings

  package static let mostEvents = 500
  package static let mostOnTimelinePage = 50
  /// The longest span that can be listed, in days.
  package static let longestSpan = 400

  /// One event, or one occurrence of a recurring one: `id` is as `EventReference` writes it.
  package func event(_ id: String, caller: Caller) async throws -> EventPage? {
    guard let reference = EventReference(id) else { return nil }
    return try await database.read(caller.workspaceID) { [surroundings] reader in
      guard let event = try Self.event(reference, from: reader), !event.isHidden else { return nil }
      return try EventPage.load([event], caller: caller, as: surroundings, from: reader)
    }
  }

  /// The .ics of an event; of a series with all that differs from it.
  package func invitation(
    to event: CalendarEvent,
    in workspace: Workspace.ID,
    now: Date
  ) async throws -> InvitationFile? {
    let exceptions =
      event.isRecurring
      ? try await database.read(workspace) { try $0.events.exceptions(ofSeries: [event.id]) } : []
    return try InvitationFile(of: event, exceptions: exceptions, now: now)
  }

  /// What a mail about the event carries.
  package func emailAttachment(
    about event: CalendarEvent,
    in workspace: Workspace.ID,
    now: Date
  ) async throws -> MailedInvitation? {
    try await database.read(workspace) { [surroundings] reader in
      guard let account = try event.accountID.flatMap({ try reader.accounts.find($0) }) else { return nil }
      let exceptions = event.isRecurring ? try reader.events.exceptions(ofSeries: [event.id]) : []
      let tells = surroundings.calendars.provider(for: account)?.tellsGuests(of: event, account) ?? false
      return try MailedInvitation(of: event, exceptions: exceptions, isTold: tells, now: now)
    }
  }

  static func event(_ reference: EventReference, from reader: any WorkspaceReader) throws -> CalendarEvent? {
    guard let event = try reader.events.find(reference.eventID), !event.isHidden else { return nil }
    guard let start = reference.originalStart else { return event }
    guard event.isRecurring else { return nil }
    let series = RecurringEvent(event, exceptions: try reader.events.exceptions(ofSeries: [event.id]))
    return series.occurrence(start)
  }

  /// Events that overlap `[from, to)` by start, `first` after the cursor; `hasMore` when there are others.
  ///
  /// Of recurring events their occurrences, each with a name that stays.
  package func events(
    from: Date,
    to: Date,
    accountID: String?,
    first: Int?,
    after: EventCursor?,
    expandsSeries: Bool = true,
    caller: Caller
  ) async throws -> (page: EventPage, hasMore: Bool) {
    let (limit, account) = try Self.checked(from: from, to: to, accountID: accountID, first: first)
    guard let account else { return (EventPage(), false) }
    return try await database.read(caller.workspaceID) { [surroundings] reader in
      let listing = EventListing(
        reader: reader,
        from: from,
        to: to,
        accountID: account.id,
        expandsSeries: expandsSeries
      )
      let found = try listing.events(after: after, limit: limit + 1)
      let page = try EventPage.load(
        Array(found.prefix(limit)),
        caller: caller,
        as: surroundings,
        from: reader
      )
      return (page, found.count > limit)
    }
  }

  /// Recurring events of which an occurrence may overlap `[from, to)`, at most `limit`.
  func series(
    from: Date,
    to: Date,
    accountID: String?,
    limit: Int,
    caller: Caller
  ) async throws -> [VisibleSeries] {
    let (_, account) = try Self.checked(from: from, to: to, accountID: accountID, first: nil)
    guard let account else { return [] }
    return try await database.read(caller.workspaceID) { [surroundings] reader in
      let series = try reader.events.series(from: from, to: to, accountID: account.id, limit: limit)
      let exceptions = try reader.events.exceptions(ofSeries: series.map(\.id))
      let page = try EventPage.load(series + exceptions, caller: caller, as: surroundings, from: reader)
      let visible = Dictionary(grouping: page.events, by: \.event.seriesID)
      let hidden = Dictionary(grouping: exceptions.filter(\.isHidden), by: \.seriesID)
      return (visible[nil] ?? []).map { master in
        VisibleSeries(
          master: master,
          exceptions: visible[master.event.id] ?? [],
          cancelled: (hidden[master.event.id] ?? []).compactMap(\.originalStart)
        )
      }
    }
  }

  private static func checked(
    from: Date,
    to: Date,
    accountID: String?,
    first: Int?
  ) throws -> (limit: Int, account: AccountFilter?) {
    guard to > from else { throw InvalidInput("to", Messages.Events.endsBeforeItStarts) }
    guard to.timeIntervalSince(from) <= Double(longestSpan) * 86_400 else {
      throw InvalidInput("to", Messages.Events.rangeTooLong(longestSpan))
    }
    let limit = try limit(first, most: mostEvents, field: "first")
    guard let accountID else { return (limit, AccountFilter(id: nil)) }
    return (limit, ConnectedAccount.ID(accountID).map { AccountFilter(id: $0) })
  }

  /// One account, or all.
  private struct AccountFilter {
    let id: ConnectedAccount.ID?
  }

  /// Page `page` (from 1) of a record's events, newest first, and how many there are.
  package func timeline(
    of record: RecordReference,
    page: Int,
    pageSize: Int,
    caller: Caller
  ) async throws -> (page: EventPage, total: Int) {
    guard (1...100_000).contains(page) else { throw InvalidInput("page", Messages.Events.pageOutOfRange) }
    let size = try Self.limit(pageSize, most: Self.mostOnTimelinePage, field: "pageSize")
    return try await database.read(caller.workspaceID) { [surroundings] reader in
      let events = try reader.events.timeline(of: record, offset: (page - 1) * size, limit: size)
      return (
        try EventPage.load(events, caller: caller, as: surroundings, from: reader),
        try reader.events.timelineCount(of: record)
      )
    }
  }

  static func limit(_ asked: Int?, most: Int, field: String) throws(InvalidInput) -> Int {
    guard let asked else { return most }
    guard asked > 0 else { throw InvalidInput(field, Messages.Events.countTooSmall) }
    return min(asked, most)
  }
}
