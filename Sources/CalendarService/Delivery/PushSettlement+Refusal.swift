import CalendarCore
import Foundation
import JobQueue

extension PushSettlement {
  /// Stores what the refusal means for the event, together with what becomes of the job.
  func store(
    _ refusal: ProviderRejection,
    next: Date,
    in transaction: any WorkspaceTransaction
  ) throws -> JobOutcome {
    if case .authExpired = refusal.cause { try transaction.markAuthFailed(job.accountID, at: clock.now) }
    if refusal.cause == .calendarMissing { try setChannelError(refusal.message, transaction) }
    if case .rateLimited = refusal.cause {
      try transaction.jobs.pause(resource: job.accountID.uuid, until: next)
    }
    guard let event = try transaction.event(of: job) else {
      try transaction.complete(job, lease)
      return .completed
    }
    var delivery = RefusedDelivery(
      refusal,
      event,
      context,
      isAwaited: awaited.isAwaited(job),
      now: clock.now
    )
    if RefusalDisposition.of(delivery) == .revert {
      if try revert(event, refusal, transaction) { return .refused(refusal) }
      // The caller stopped waiting at this very moment.
      delivery.isAwaited = false
    }
    if RefusalDisposition.of(delivery) == .supersede {
      if try supersede(event, transaction) { return .refused(refusal) }
      // What was changed since needs no delivery, as a link to a record does not.
      delivery.isChangedSince = false
    }
    return try perform(RefusalDisposition.of(delivery), event, refusal, next: next, in: transaction)
  }

  /// Tells the channel's owner what is wrong with the calendar; nil when nothing is.
  func setChannelError(_ error: String?, _ transaction: any WorkspaceTransaction) throws {
    guard var channel = try transaction.accounts.channel(context.channel.id), channel.lastError != error
    else { return }
    channel.lastError = error
    try transaction.accounts.update(channel)
  }

  private func perform(
    _ disposition: RefusalDisposition,
    _ event: CalendarEvent,
    _ refusal: ProviderRejection,
    next: Date,
    in transaction: any WorkspaceTransaction
  ) throws -> JobOutcome {
    switch disposition {
    case .retry:
      try wait(event, refusal, until: next, transaction)
      return .snoozed
    case .awaitReconnection:
      try wait(event, refusal, until: clock.now.addingTimeInterval(PushEvent.patience), transaction)
    case .acceptRemoteDeletion:
      var gone = event.deleted(at: clock.now)
      gone.push.status = .synced
      try end(gone, transaction)
      return .completed
    case .withdraw:
      try transaction.complete(job, lease)
      try transaction.withdraw(event, newID: ids.makeJobID(), now: clock.now)
    case .abandonDeletion:
      // Should its series ever get there, the deletion gets there, too.
      try end(failed(event, refusal), transaction)
      return .completed
    case .leaveToSeries:
      try end(failed(event, refusal), transaction)
    case .restoreAgreed:
      try restoreAgreed(event, refusal, transaction)
    case .markCanceled:
      try fail(event, refusal, isCanceled: true, transaction)
    case .fail, .revert, .supersede:
      try fail(event, refusal, isCanceled: event.isCanceled, transaction)
    }
    return .refused(refusal)
  }

  /// Undoes the changes whose callers wait; false when none does.
  private func revert(
    _ event: CalendarEvent,
    _ refusal: ProviderRejection,
    _ transaction: any WorkspaceTransaction
  ) throws -> Bool {
    let changes = awaited.refused(job)
    guard !changes.isEmpty else { return false }
    try transaction.complete(job, lease)
    if refusal.meansDeleted, event.agreed != nil, event.deletedAt == nil {
      // That stays known, whatever becomes of the change.
      var canceled = event
      canceled.isCanceled = true
      try transaction.events.update(canceled)
    }
    for change in changes { try change.revert(in: transaction, ids: ids, now: clock.now) }
    return true
  }

  /// Leaves the event to the job of a newer change; false when there is none.
  private func supersede(_ event: CalendarEvent, _ transaction: any WorkspaceTransaction) throws -> Bool {
    let now = clock.now
    guard let newer = try transaction.jobs.reschedule(.pushEvent, .event(event.id), now: now, at: now),
      newer.id != job.id
    else { return false }
    var waiting = event
    waiting.push.error = PendingReason.again
    try end(waiting, transaction)
    return true
  }

  private func wait(
    _ event: CalendarEvent,
    _ refusal: ProviderRejection,
    until instant: Date,
    _ transaction: any WorkspaceTransaction
  ) throws {
    var waiting = event
    waiting.push.error = PendingReason(refusal.cause).message
    try transaction.snooze(job, lease, until: instant)
    try transaction.events.update(waiting)
  }

  private func end(_ event: CalendarEvent, _ transaction: any WorkspaceTransaction) throws {
    try transaction.events.update(event)
    try transaction.complete(job, lease)
  }

  private func failed(_ event: CalendarEvent, _ refusal: ProviderRejection) -> CalendarEvent {
    var failed = event
    failed.push.status = .failed
    failed.push.error = PendingReason(refusal.cause).message
    return failed
  }

  private func restoreAgreed(
    _ event: CalendarEvent,
    _ refusal: ProviderRejection,
    _ transaction: any WorkspaceTransaction
  ) throws {
    guard let agreed = event.agreed else { throw StoreError.inconsistent }
    var restored = event
    restored.editable = agreed
    restored.version += 1
    restored.push.status = .synced
    restored.push.error = nil
    try transaction.events.update(restored)
    try transaction.discard(job, lease, reason: refusal.message, at: clock.now)
  }

  private func fail(
    _ event: CalendarEvent,
    _ refusal: ProviderRejection,
    isCanceled: Bool,
    _ transaction: any WorkspaceTransaction
  ) throws {
    var failed = event
    failed.isCanceled = isCanceled
    try transaction.markFailed(failed, reason: refusal.message)
    try transaction.discard(job, lease, reason: refusal.message, at: clock.now)
  }
}

extension RefusedDelivery {
  fileprivate init(
    _ refusal: ProviderRejection,
    _ event: CalendarEvent,
    _ context: JobContext,
    isAwaited: Bool,
    now: Date
  ) {
    let stage = Stage(event, context.operation)
    let series = Series(of: event, context.series)
    self.init(
      cause: Cause(refusal, stage, series, age: now.timeIntervalSince(event.updatedAt)),
      stage: stage,
      series: series,
      isAwaited: isAwaited,
      isChangedSince: event.version != context.event.version
    )
  }
}

extension RefusedDelivery.Cause {
  /// `age` is how many seconds ago the event was changed last.
  fileprivate init(
    _ refusal: ProviderRejection,
    _ stage: RefusedDelivery.Stage,
    _ series: RefusedDelivery.Series,
    age: TimeInterval
  ) {
    if refusal.cause.isRetryable {
      self = age < PushEvent.patience ? .temporary : .exhausted
    } else if case .authExpired = refusal.cause {
      self = .credentials
    } else if refusal.isOver {
      self = .over
    } else if refusal.meansDeleted {
      self = stage == .accepted && series == .delivered ? .deletedOccurrence : .deletedRemotely
    } else {
      self = .rejected
    }
  }
}

extension RefusedDelivery.Stage {
  fileprivate init(_ event: CalendarEvent, _ operation: JobContext.Operation?) {
    if event.deletedAt != nil {
      self = operation == .delete ? .deleting : .deletedSince
    } else if event.agreed != nil {
      self = .delivered
    } else if event.push.error == nil, event.push.externalID == nil, event.seriesID == nil, event.version == 1
    {
      self = .requested
    } else {
      self = .accepted
    }
  }
}

extension RefusedDelivery.Series {
  fileprivate init(of event: CalendarEvent, _ series: CalendarEvent?) {
    guard event.seriesID != nil, let series else {
      self = .none
      return
    }
    if event.isLeftBehind(by: series) {
      self = .undelivered
    } else {
      self = series.deletedAt == nil ? .delivered : .deleted
    }
  }
}
