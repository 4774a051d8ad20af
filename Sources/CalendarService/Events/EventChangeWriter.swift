import CalendarCore
import Foundation
import ICalendar
import JobQueue

/// Writes a checked change of an event for the occurrences that it is for, and the jobs that bring it to the provider.
struct EventChangeWriter {
  let transaction: any WorkspaceTransaction
  let provider: any CalendarProvider
  let conferences: AvailableConferenceProviders
  let notifiesAttendees: Bool
  let ids: IdentifierSource
  let clock: WallClock

  private var saved = ChangeSet()
  /// How the event is to repeat from now on; nil where that is not changed.
  private var rules: [String]?

  init(
    transaction: any WorkspaceTransaction,
    provider: any CalendarProvider,
    conferences: AvailableConferenceProviders,
    notifiesAttendees: Bool,
    ids: IdentifierSource,
    clock: WallClock
  ) {
    self.transaction = transaction
    self.provider = provider
    self.conferences = conferences
    self.notifiesAttendees = notifiesAttendees
    self.ids = ids
    self.clock = clock
  }

  /// The written rows, and the reference by which the caller names the changed event from now on.
  ///
  /// `repeating` are the rules that the caller gave, for who named an occurrence has none before their eyes.
  mutating func write(
    _ edited: EventVersion,
    repeating: [String]?,
    links: EventLinks,
    for target: EventTarget
  ) throws -> (saved: ChangeSet, reference: EventReference) {
    let shown = target.shown.reference
    var edited = edited
    if target.series == nil, edited.content.recurrence != target.shown.recurrence {
      edited.content.recurrence = try NewEvent.recurrence(
        edited.content.recurrence,
        timing: edited.content.timing,
        provider: provider
      )
    }
    rules =
      target.occurrence == nil
      ? edited.content.recurrence == target.shown.recurrence ? nil : edited.content.recurrence
      : repeating == target.event.recurrence ? nil : repeating
    guard rules != nil || edited != target.shown.editable || links != target.shown.links else {
      return (saved, shown)
    }
    guard let series = target.series else {
      try change(target.event, to: edited, links: links)
      return (saved, shown)
    }
    switch target.scope {
    case .this:
      try changeOccurrence(target.shown, to: edited, links: links)
      return (saved, shown)
    case .all:
      let reference = try changeSeries(series, target, to: edited, links: links)
      return (saved, reference)
    case .thisAndFollowing:
      let reference = try split(series, target, to: edited, links: links)
      return (saved, reference)
    }
  }

  /// Stores the version that a person chose for an event in conflict; what differs from a series goes along with it.
  mutating func resolve(_ undecided: CalendarEvent, as resolved: CalendarEvent) throws -> ChangeSet {
    try transaction.events.update(resolved)
    saved.events.append((undecided, resolved))
    try push(resolved)
    if undecided.isRecurring {
      let series = RecurringEvent(
        undecided,
        exceptions: try transaction.events.exceptions(ofSeries: [undecided.id])
      )
      let (kept, dropped) = series.exceptions(following: resolved)
      try moveExceptions(kept, dropping: dropped)
    }
    return saved
  }

  /// An occurrence that is as its series says gets a row of its own.
  private mutating func changeOccurrence(
    _ occurrence: CalendarEvent,
    to edited: EventVersion,
    links: EventLinks
  ) throws {
    if try transaction.events.find(occurrence.id)?.seriesID == nil {
      try insert(occurrence.detached(as: ids.make(), now: clock.now))
    }
    guard let seriesID = occurrence.seriesID, let start = occurrence.originalStart,
      let stored = try transaction.events.exception(start, ofSeries: seriesID)
    else { throw StoreError.inconsistent }
    try change(stored, to: edited, links: links)
  }

  private mutating func changeSeries(
    _ series: RecurringEvent,
    _ target: EventTarget,
    to edited: EventVersion,
    links: EventLinks
  ) throws -> EventReference {
    let wanted = try changed(series, as: target.shown, became: edited)
    let changed = try change(series.master, to: wanted, links: links)
    let (kept, dropped) = series.exceptions(following: changed)
    try moveExceptions(kept, dropping: dropped)
    let start = target.occurrence?.originalStart
    return EventReference(changed.id, start.flatMap { series.name(of: $0, in: changed) })
  }

  /// The series ends before the occurrence, and another one begins with it.
  private mutating func split(
    _ series: RecurringEvent,
    _ target: EventTarget,
    to edited: EventVersion,
    links: EventLinks
  ) throws -> EventReference {
    guard let start = target.shown.originalStart else { throw StoreError.inconsistent }
    let parts = try series.split(at: start)
    var before = series.master.editable
    before.content = parts.before
    try change(series.master, to: before, links: series.master.links)
    try saved.restoreDropped(
      series.exceptions(before: start),
      by: provider,
      in: transaction,
      ids: ids,
      now: clock.now
    )

    var second = parts.after.master.successor(as: ids.make(), now: clock.now)
    second.editable = try changed(parts.after, as: target.shown, became: edited)
    second.links = links
    // Two events never share a conference that was made for one of them.
    if second.conference.isSameChoice(as: series.master.conference), second.conference.requestID != nil {
      let needsLink = conferences.registry[second.conference.providerID]?.requiresLink == true
      second.conference = EventConference(
        providerID: second.conference.providerID,
        status: .pending,
        link: needsLink ? second.conference.link : nil,
        requestID: ids.makeRequestID()
      )
    }
    second.sendInvitations = notifiesAttendees
    try insert(second)
    try push(second)
    let (kept, dropped) = parts.after.exceptions(following: second)
    try moveExceptions(kept, dropping: dropped)
    return EventReference(second.id, parts.after.name(of: start, in: second))
  }

  /// Returns the series after one of its occurrences, or it itself, was changed to `edited` for all of them.
  ///
  /// Only what was changed counts: what the occurrence had of its own stays its own.
  private func changed(
    _ series: RecurringEvent,
    as shown: CalendarEvent,
    became edited: EventVersion
  ) throws -> EventVersion {
    var (base, mine) = (shown.editable, edited)
    base.content.timing = series.master.timing
    base.content.recurrence = series.master.recurrence
    mine.content.timing = series.master.timing
    mine.content.recurrence = series.master.recurrence
    var wanted = EventMerge(base: base, mine: mine, theirs: series.master.editable).merged { _ in .mine }
    let content: EventContent
    let (old, new) = Self.move(of: series.master.timing, as: shown.timing, became: edited.content.timing)
    if let rules {
      content = try series.moved(from: old, to: new, repeating: rules)
    } else {
      content = try series.moved(from: old, to: new)
    }
    wanted.content.timing = content.timing
    wanted.content.recurrence = content.recurrence
    guard wanted.content.recurrence != series.master.recurrence, !wanted.content.recurrence.isEmpty else {
      return wanted
    }
    wanted.content.recurrence = try NewEvent.recurrence(
      wanted.content.recurrence,
      timing: wanted.content.timing,
      provider: provider
    )
    return wanted
  }

  /// From when to when a meeting of the series is moved.
  ///
  /// An occurrence that keeps its start, which may be its own, moves nothing; another length is for all.
  private static func move(
    of series: EventTiming,
    as shown: EventTiming,
    became edited: EventTiming
  ) -> (old: EventTiming, new: EventTiming) {
    switch (series, shown, edited) {
    case _ where shown == edited: (series, series)
    case (.allDay(let start, _), .allDay(let before, _), .allDay(let after, let end)) where before == after:
      (series, .allDay(start: start, end: start.adding(days: end.dayNumber - after.dayNumber)))
    case (.timed(let start, let last), .timed(let before, _), .timed(let after, let end))
    where before == after:
      (
        series,
        .timed(
          start: start,
          end: ZonedDateTime(
            instant: start.instant.addingTimeInterval(end.instant.timeIntervalSince(after.instant)),
            zone: last.zone
          )
        )
      )
    default: (shown, edited)
    }
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
    // Links to records are nobody's business but ours.
    let isPushed = edited != event.editable
    changed = try store(changed, over: event, isPushed: isPushed)
    if isPushed { try push(changed) }
    return changed
  }

  /// Does the same for the exceptions, which go along with their series.
  ///
  /// Those that are no longer occurrences are lost at the provider with the series' change. What it has made of the
  /// others is read again.
  private mutating func moveExceptions(_ exceptions: [CalendarEvent], dropping gone: [CalendarEvent]) throws {
    for exception in gone {
      try transaction.withdraw(exception, newID: ids.makeJobID(), now: clock.now)
      saved.events.append((exception, nil))
    }
    let moves = try exceptions.compactMap { exception in
      try transaction.events.find(exception.id).map { (stored: $0, moved: exception) }
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
    let written = try ordered.map { try store($0.moved, over: $0.stored, isPushed: true) }
    for exception in written.inWritingOrder { try push(exception) }
  }

  /// Stores another version of an event; with `isPushed` as one that its provider is yet to get.
  private mutating func store(
    _ event: CalendarEvent,
    over stored: CalendarEvent,
    isPushed: Bool
  ) throws -> CalendarEvent {
    var changed = event
    let now = clock.now
    changed.version = stored.version + 1
    changed.editedAt = now
    changed.updatedAt = now
    if isPushed {
      // Guests who were to hear of an earlier change that has not left yet still are.
      let isDelivered = stored.push.status == .synced
      changed.sendInvitations = notifiesAttendees || (!isDelivered && stored.sendInvitations)
      if changed.push.status != .pending { (changed.push.status, changed.push.error) = (.pending, nil) }
    }
    try transaction.events.update(changed)
    saved.events.append((stored, changed))
    return changed
  }

  private mutating func insert(_ event: CalendarEvent) throws {
    try transaction.events.insert(event, idempotencyKey: nil, fingerprint: nil)
    saved.events.append((nil, event))
  }

  private mutating func push(_ event: CalendarEvent) throws {
    saved.jobs.append(try transaction.requestAwaitedPush(of: event, ids: ids, now: clock.now))
  }
}

extension CalendarEvent {
  /// An occurrence that is as its series says, as a row of its own.
  ///
  /// The provider has it as it has the series, which is what both sides agree on.
  func detached(as id: ID, now: Date) -> CalendarEvent {
    var exception = self
    exception.id = id
    exception.push = PushState(status: .synced)
    exception.conflict = nil
    exception.pendingDeletion = nil
    if var agreed {
      agreed.content.timing = timing
      agreed.content.recurrence = []
      exception.agreed = agreed
    }
    exception.createdAt = now
    exception.updatedAt = now
    exception.editedAt = now
    return exception
  }

  /// A series that begins where this one ends, not delivered yet.
  func successor(as id: ID, now: Date) -> CalendarEvent {
    var second = self
    second.id = id
    second.iCalUID = id.description
    second.sequence = 0
    // From the start it is as good as accepted: with its first part shortened, it must not vanish without a word.
    second.push = PushState(error: PendingReason.unanswered)
    second.agreed = nil
    second.conflict = nil
    second.pendingDeletion = nil
    second.version = 1
    second.createdAt = now
    second.updatedAt = now
    second.editedAt = now
    return second
  }
}
