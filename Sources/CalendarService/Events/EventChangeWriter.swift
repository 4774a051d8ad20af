import CalendarCore
import Foundation
import ICalendar

/// Writes a checked change of an event for the occurrences that it is for, and the jobs that bring it to the provider.
struct EventChangeWriter {
  let transaction: any WorkspaceTransaction
  let provider: any CalendarProvider
  let conferences: AvailableConferenceProviders
  let account: ConnectedAccount
  let channel: CalendarChannel
  let flags: FeatureFlags
  let notifiesAttendees: Bool
  let ids: IdentifierSource
  let clock: WallClock

  /// Seconds until the worker takes up what nobody has run.
  private static let headStart: TimeInterval = 3
  private var saved: SavedChange

  init(
    transaction: any WorkspaceTransaction,
    provider: any CalendarProvider,
    conferences: AvailableConferenceProviders,
    account: ConnectedAccount,
    channel: CalendarChannel,
    flags: FeatureFlags,
    notifiesAttendees: Bool,
    ids: IdentifierSource,
    clock: WallClock
  ) {
    (self.transaction, self.provider, self.conferences) = (transaction, provider, conferences)
    (self.account, self.channel, self.flags) = (account, channel, flags)
    (self.notifiesAttendees, self.ids, self.clock) = (notifiesAttendees, ids, clock)
    saved = SavedChange(reference: EventReference(ids.make()))
  }

  mutating func write(
    _ edited: EventVersion,
    links: EventLinks,
    for target: EventTarget
  ) throws -> SavedChange {
    saved.reference = target.shown.reference
    var edited = edited
    if edited.content.recurrence != target.shown.recurrence, !edited.content.recurrence.isEmpty {
      edited.content.recurrence = try EventPlan.recurrence(
        edited.content.recurrence,
        timing: edited.content.timing,
        provider: provider
      )
    }
    guard edited != target.shown.editable || links != target.shown.links else { return saved }
    guard let series = target.series else {
      try change(target.event, to: edited, links: links)
      return saved
    }
    switch target.scope {
    case .this: try changeOccurrence(target.shown, to: edited, links: links)
    case .all: try changeSeries(series, target, to: edited, links: links)
    case .thisAndFollowing: try split(series, target, to: edited, links: links)
    }
    return saved
  }

  /// An occurrence that is as its series says gets a row of its own.
  private mutating func changeOccurrence(
    _ occurrence: CalendarEvent,
    to edited: EventVersion,
    links: EventLinks
  ) throws {
    if try transaction.event(occurrence.id)?.seriesID == nil {
      try insert(occurrence.detached(as: ids.make(), now: clock.now))
    }
    guard let seriesID = occurrence.seriesID, let start = occurrence.originalStart,
      let stored = try transaction.exception(start, ofSeries: seriesID)
    else { throw StoreError.missing }
    try change(stored, to: edited, links: links)
  }

  private mutating func changeSeries(
    _ series: RecurringEvent,
    _ target: EventTarget,
    to edited: EventVersion,
    links: EventLinks
  ) throws {
    var edited = edited
    let shown = target.shown
    // An occurrence says nothing of the rules, unless the caller did.
    let rules = shown.seriesID == nil || !edited.content.recurrence.isEmpty ? edited.content.recurrence : nil
    let moved = try series.moved(from: shown.timing, to: edited.content.timing)
    edited.content.timing = moved.timing
    edited.content.recurrence = rules.flatMap { $0 == series.master.recurrence ? nil : $0 } ?? moved.recurrence
    if !edited.content.recurrence.isEmpty {
      edited.content.recurrence = try EventPlan.recurrence(
        edited.content.recurrence,
        timing: edited.content.timing,
        provider: provider
      )
    }
    let changed = try change(series.master, to: edited, links: links)
    let (kept, dropped) = series.exceptions(following: changed)
    try carryAlong(kept, dropping: dropped)
    if let start = shown.originalStart, shown.seriesID != nil {
      let shifted = series.shifted(start, to: changed)
      saved.reference = EventReference(changed.id, changed.isRecurring ? shifted : nil)
    }
  }

  /// The series ends before the occurrence, and another one begins with it.
  private mutating func split(
    _ series: RecurringEvent,
    _ target: EventTarget,
    to edited: EventVersion,
    links: EventLinks
  ) throws {
    guard let start = target.shown.originalStart else { throw StoreError.missing }
    let parts = try series.split(at: start)
    var before = series.master.editable
    before.content = parts.before
    try change(series.master, to: before, links: series.master.links)

    var second = series.master.successor(as: ids.make(), now: clock.now)
    second.content = parts.after
    let rest = RecurringEvent(second, exceptions: [])
    let rules = edited.content.recurrence
    second.content = edited.content
    let moved = try rest.moved(from: parts.after.timing, to: edited.content.timing)
    second.content.timing = moved.timing
    second.content.recurrence = rules.isEmpty ? moved.recurrence : rules
    second.content.recurrence = try EventPlan.recurrence(
      second.content.recurrence,
      timing: second.content.timing,
      provider: provider
    )
    second.links = links
    // Two events never share a conference that was made for one of them.
    second.conference = try conferences.choice(
      edited.conference.providerID,
      link: conferences.registry[edited.conference.providerID]?.requiresLink == true
        ? edited.conference.link : nil,
      account: account,
      channel: channel,
      flags: flags,
      requestID: ids.make(Void.self).description
    )
    second.sendInvitations = notifiesAttendees
    try insert(second)
    try push(second)
    let (kept, dropped) = RecurringEvent(series.master.continued(as: second.id, parts.after), exceptions: parts.later)
      .exceptions(following: second)
    let moving = kept.map { exception in
      var exception = exception
      (exception.seriesID, exception.push) = (second.id, PushState())
      return exception
    }
    try carryAlong(moving, dropping: dropped)
    saved.reference = EventReference(second.id, RecurringEvent(second, exceptions: []).firstOriginalStart)
  }

  /// Stores another version of an event, and sees to it that the provider gets it.
  @discardableResult
  private mutating func change(
    _ event: CalendarEvent,
    to edited: EventVersion,
    links: EventLinks
  ) throws -> CalendarEvent {
    var changed = event
    changed.editable = edited
    changed.links = links
    return try save(changed, over: event)
  }

  /// Likewise for the exceptions, which go along with their series.
  ///
  /// Those that are no occurrences any more are lost at the provider with the series' change.
  private mutating func carryAlong(_ exceptions: [CalendarEvent], dropping gone: [CalendarEvent]) throws {
    for exception in gone {
      try transaction.deleteEvent(exception.id)
      saved.events.append((exception, nil))
    }
    let moves = try exceptions.compactMap { exception in
      try transaction.event(exception.id).map { (stored: $0, moved: exception) }
    }
    // None may take the place of one that has yet to move.
    let isForward = moves.contains { move in
      guard let old = move.stored.originalStart, let new = move.moved.originalStart else { return false }
      return new.instant > old.instant
    }
    let ordered = moves.sorted { left, right in
      let (first, second) = (left.stored.originalStart?.instant, right.stored.originalStart?.instant)
      guard let first, let second else { return false }
      return isForward ? first > second : first < second
    }
    for move in ordered where move.stored != move.moved { try save(move.moved, over: move.stored) }
  }

  @discardableResult
  private mutating func save(_ event: CalendarEvent, over stored: CalendarEvent) throws -> CalendarEvent {
    var changed = event
    let now = clock.now
    changed.version = stored.version + 1
    (changed.editedAt, changed.updatedAt) = (now, now)
    let isDelivered = changed.push.status == .synced
    if changed.editable != stored.editable || changed.originalStart != stored.originalStart
      || changed.seriesID != stored.seriesID
    {
      // Guests who were to hear of an earlier change that has not left yet still are.
      changed.sendInvitations = notifiesAttendees || (!isDelivered && stored.sendInvitations)
      if changed.push.status != .pending {
        changed.push.status = .pending
        changed.push.error = nil
      }
      try transaction.update(changed)
      saved.events.append((stored, changed))
      try push(changed)
    } else {
      // Links to records are nobody's business but ours.
      try transaction.update(changed)
      saved.events.append((stored, changed))
    }
    return changed
  }

  private mutating func insert(_ event: CalendarEvent) throws {
    try transaction.insert(event, idempotencyKey: nil, fingerprint: nil)
    saved.events.append((nil, event))
  }

  private mutating func push(_ event: CalendarEvent) throws {
    let now = clock.now
    saved.jobs.append(
      try transaction.requestPush(
        of: event,
        newID: ids.make(),
        now: now,
        runAfter: now.addingTimeInterval(Self.headStart)
      )
    )
  }
}

extension CalendarEvent {
  /// An occurrence that is as its series says, as a row of its own.
  ///
  /// The provider has it as it has the series, which is what both sides agree on.
  func detached(as id: ID, now: Date) -> CalendarEvent {
    var exception = self
    exception.id = id
    exception.version = 1
    exception.push = PushState(status: .synced)
    exception.conflict = nil
    exception.pendingDeletion = nil
    if var agreed {
      (agreed.content.timing, agreed.content.recurrence) = (timing, [])
      exception.agreed = agreed
    }
    (exception.createdAt, exception.updatedAt, exception.editedAt) = (now, now, now)
    return exception
  }

  /// A series that begins where this one ends, not delivered yet.
  func successor(as id: ID, now: Date) -> CalendarEvent {
    var second = self
    (second.id, second.iCalUID, second.sequence) = (id, id.description, 0)
    (second.push, second.agreed, second.conflict, second.version) = (PushState(), nil, nil, 1)
    (second.createdAt, second.updatedAt, second.editedAt) = (now, now, now)
    return second
  }

  /// This series as its second part, unchanged: what its later exceptions differ from.
  func continued(as id: ID, _ content: EventContent) -> CalendarEvent {
    var second = self
    second.id = id
    second.content = content
    return second
  }
}
