package import CalendarCore
package import Foundation

/// The accounts whose events are listed.
package enum AccountFilter: Sendable, Hashable {
  case all
  case one(ConnectedAccount.ID)
  /// The caller named an account that cannot exist, which has no events.
  case none

  /// The account that a caller named, or all of them when it is nil.
  package init(_ id: String?) {
    guard let id else {
      self = .all
      return
    }
    self = ConnectedAccount.ID(id).map(Self.one) ?? .none
  }

  /// The one account; nil for all.
  var id: ConnectedAccount.ID? {
    if case .one(let id) = self { id } else { nil }
  }
}

/// Reads events for a caller: one, those of a span of time, those of a record.
package struct EventQueries: Sendable {
  let database: any Database
  let surroundings: EventReadContext

  package static let maximumEvents = 500
  package static let maximumPerTimelinePage = 50
  /// The longest span that can be listed, in days.
  package static let maximumSpan = 400

  /// One event, or one occurrence of a recurring one.
  package func event(_ reference: EventReference, caller: Caller) async throws -> ShownEvent? {
    try await database.read(caller.workspaceID) { [surroundings] reader in
      try surroundings.find(reference, for: caller, in: reader)
    }
  }

  /// The .ics of an event, of a series with all that differs from it; nil where the event is redacted.
  package func invitation(to visible: VisibleEvent, caller: Caller) async throws -> InvitationFile? {
    guard !visible.isRedacted else { return nil }
    return try await database.read(caller.workspaceID) { [now = surroundings.clock.now] reader in
      try InvitationFile.read(of: visible.event, from: reader, now: now)
    }
  }

  /// The content of an email about the event; nil where the event is redacted.
  package func emailAttachment(
    about visible: VisibleEvent,
    caller: Caller
  ) async throws -> MailedInvitation? {
    guard !visible.isRedacted else { return nil }
    let event = visible.event
    return try await database.read(caller.workspaceID) { [surroundings] reader in
      guard let account = try event.accountID.flatMap({ try reader.accounts.find($0) }) else { return nil }
      let exceptions = event.isRecurring ? try reader.events.exceptions(ofSeries: [event.id]) : []
      let tells = surroundings.calendars.provider(for: account)?.notifiesGuests(of: event, account) ?? false
      return try MailedInvitation(
        of: event,
        exceptions: exceptions,
        isTold: tells,
        now: surroundings.clock.now
      )
    }
  }

  static func event(
    _ reference: EventReference,
    knowing known: CalendarEvent? = nil,
    from reader: any WorkspaceReader
  ) throws -> CalendarEvent? {
    let found = known?.id == reference.eventID ? known : try reader.events.find(reference.eventID)
    guard let event = found, !event.isHidden else { return nil }
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
    in accounts: AccountFilter,
    first: Int?,
    after: EventCursor?,
    expandsSeries: Bool = true,
    caller: Caller
  ) async throws -> (page: EventPage, hasMore: Bool) {
    let limit = try Self.checked(from: from, to: to, first: first)
    guard accounts != .none else { return (EventPage(), false) }
    return try await database.read(caller.workspaceID) { [surroundings] reader in
      let listing = EventListing(
        reader: reader,
        from: from,
        to: to,
        accountID: accounts.id,
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
    in accounts: AccountFilter,
    limit: Int,
    caller: Caller
  ) async throws -> [VisibleSeries] {
    _ = try Self.checked(from: from, to: to, first: nil)
    guard accounts != .none else { return [] }
    return try await database.read(caller.workspaceID) { [surroundings] reader in
      let series = try reader.events.series(from: from, to: to, accountID: accounts.id, limit: limit)
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

  /// How many events are listed at most.
  private static func checked(from: Date, to: Date, first: Int?) throws(InvalidInput) -> Int {
    guard to > from else { throw InvalidInput("to", Messages.Events.endsBeforeItStarts) }
    guard to.timeIntervalSince(from) <= Double(maximumSpan) * 86_400 else {
      throw InvalidInput("to", Messages.Events.rangeTooLong(maximumSpan))
    }
    return try limit(first, most: maximumEvents, field: "first")
  }

  /// Page `page` (from 1) of a record's events, newest first, and how many there are.
  package func timeline(
    of record: RecordReference,
    page: Int,
    pageSize: Int,
    caller: Caller
  ) async throws -> (page: EventPage, total: Int) {
    guard (1...100_000).contains(page) else { throw InvalidInput("page", Messages.Events.pageOutOfRange) }
    let size = try Self.limit(pageSize, most: Self.maximumPerTimelinePage, field: "pageSize")
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
