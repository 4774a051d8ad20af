import CalendarCore
import Foundation
import JobQueue

/// The data that a job is about, read in one transaction.
struct JobContext: Sendable {
  let workspaceID: Workspace.ID
  let event: CalendarEvent
  /// The recurring event of which `event` is an occurrence.
  let series: CalendarEvent?
  let account: ConnectedAccount
  let channel: CalendarChannel
  /// Whether the guests may know of the meeting, and so are to hear of its end; looked up for a deletion only.
  let guestsMayKnow: Bool

  static func load(_ job: Job, from reader: any WorkspaceReader) throws -> Self? {
    guard let event = try reader.event(of: job),
      let account = try reader.accounts.find(job.accountID),
      let channelID = event.channelID,
      let channel = try reader.accounts.channel(channelID)
    else { return nil }
    let series = try event.seriesID.flatMap { try reader.events.find($0) }
    guard event.seriesID == nil || series != nil else { return nil }
    return Self(
      workspaceID: job.workspaceID,
      event: event,
      series: series,
      account: account,
      channel: channel,
      guestsMayKnow: try event.deletedAt == nil || guestsMayKnow(event, from: reader)
    )
  }

  /// Not of what was made without telling anyone, never changed since, and in no mail.
  private static func guestsMayKnow(_ event: CalendarEvent, from reader: any WorkspaceReader) throws -> Bool {
    if let series = event.seriesID, let start = event.originalStart,
      try reader.events.announcement(of: series)?.exclusions.contains(start) == true
    {
      // It is deleted at the provider again, because its series was written there.
      return false
    }
    guard !event.sendInvitations, event.editedAt == event.createdAt, event.seriesID == nil else {
      return true
    }
    // A video link that came later is no change that anyone was told of.
    if let first = try reader.events.version(1, of: event.id),
      !EventMerge.difference(from: first, to: event.editable).subtracting([.conference]).isEmpty
    {
      return true
    }
    return try reader.emails.list(eventID: event.id).contains { $0.delivery.status != .failed }
  }

  /// The operation at the provider.
  enum Operation: Sendable { case create, change, delete }

  /// Nil when there is nothing to be done.
  var operation: Operation? {
    guard event.push.status == .pending else { return nil }
    // With the series, its occurrences go.
    if let series, series.deletedAt != nil, series.push.status == .synced { return nil }
    if event.deletedAt != nil { return .delete }
    return event.seriesID == nil && event.push.externalID == nil ? .create : .change
  }

  /// Until when the job has to wait: for a deletion that may yet be taken back, or for the series to be there.
  func pause(at now: Date) -> Date? {
    if let deletion = event.pendingDeletion ?? series?.pendingDeletion, deletion.scope == .all {
      return max(deletion.dueAt, now).addingTimeInterval(1)
    }
    // Its deletion may be refused, and is taken back then.
    if let series, series.deletedAt != nil { return now.addingTimeInterval(5) }
    // Its delivery makes this one due at once. So it does where the series was moved, or moved back, as the occurrence is
    // not there before; and where a person has yet to choose when the series takes place.
    guard let series else { return nil }
    let isMoving = event.agreed == nil && [.pending, .conflict].contains(series.push.status)
    if isMoving || series.push.externalID == nil && series.push.status != .failed {
      return now.addingTimeInterval(300)
    }
    return nil
  }

  var reference: ProviderEventReference {
    ProviderEventReference(
      calendarExternalID: channel.externalID,
      eventID: series?.id ?? event.id,
      externalID: series?.push.externalID ?? event.push.externalID,
      originalStart: event.originalStart,
      conferenceLinks: [event.agreed?.conference.link, event.conference.link].compactMap(\.self)
    )
  }

  func draft(conference: ConferenceCreation?) throws(ProviderError) -> ProviderEventDraft {
    guard let organizer = event.organizer else { throw .rejected(reason: Messages.Delivery.noOrganizer) }
    return ProviderEventDraft(
      eventID: event.id,
      calendarExternalID: channel.externalID,
      iCalUID: event.iCalUID,
      sequence: event.sequence,
      title: event.title,
      details: event.details,
      location: event.location,
      timing: event.timing,
      recurrence: event.recurrence,
      organizer: organizer,
      attendees: event.attendees,
      notifyAttendees: event.sendInvitations,
      conference: conference,
      createdAt: event.createdAt
    )
  }
}

extension JobContext {
  /// The data of the job that delivers a new event, as the transaction that stores both knows it.
  init(ofNew event: CalendarEvent, in calendar: WritableCalendar, of workspaceID: Workspace.ID) {
    self.init(
      workspaceID: workspaceID,
      event: event,
      series: nil,
      account: calendar.account,
      channel: calendar.channel,
      guestsMayKnow: true
    )
  }
}

extension CalendarEvent {
  /// Whether the event is an exception of a series that never reached the provider, or waits for a change of it that was
  /// given up: it may not be an occurrence there.
  func isLeftBehind(by series: CalendarEvent) -> Bool {
    series.push.externalID == nil || (agreed == nil && series.push.status == .failed)
  }
}

extension WorkspaceReader {
  /// The event that the job is about.
  func event(of job: Job) throws -> CalendarEvent? { try job.eventID.flatMap { try events.find($0) } }

  /// Returns the event's versions that may have reached the provider, newest first, back to the one that it has agreed
  /// to.
  ///
  /// The provider has an occurrence as its series, so they include the series' versions, as they are at the occurrence.
  func versions(before event: CalendarEvent) throws -> [EventVersion] {
    let own = try versions(of: event.id, from: event.version - 1, since: event.agreed)
    guard let agreed = event.agreed, let series = try event.seriesID.flatMap({ try events.find($0) }) else {
      return own
    }
    return try own
      + versions(of: series.id, from: series.version, since: agreed) { version in
        version.content.timing = agreed.content.timing
        version.content.recurrence = agreed.content.recurrence
      }
  }

  private func versions(
    of id: CalendarEvent.ID,
    from newest: Int,
    since agreed: EventVersion?,
    adjusting: (inout EventVersion) -> Void = { _ in }
  ) throws -> [EventVersion] {
    var found: [EventVersion] = []
    var number = newest
    while number > 0, var version = try events.version(number, of: id) {
      adjusting(&version)
      if let agreed, EventMerge.difference(from: agreed, to: version).isEmpty { break }
      found.append(version)
      number -= 1
    }
    return found
  }
}

extension WorkspaceTransaction {
  /// Remembers that the provider refuses the account's credentials; its owner is asked to connect it again.
  func markAuthFailed(_ id: ConnectedAccount.ID, at instant: Date) throws {
    guard var account = try accounts.find(id), account.authFailedAt == nil else { return }
    account.authFailedAt = instant
    try accounts.update(account)
  }

  /// Ends the job, or throws `LeaseLost`, which rolls back everything else in this transaction.
  func complete(_ job: Job, _ lease: JobLease) throws {
    guard try jobs.complete(job.id, owner: lease.owner) else { throw LeaseLost() }
  }

  /// Says of an event why its provider will not have it.
  ///
  /// Shows an event again that the calendar will not delete, with the occurrences that were to go with it.
  func markFailed(_ event: CalendarEvent, reason: String) throws {
    var failed = event
    failed.push.status = .failed
    failed.push.error = reason
    failed.deletedAt = nil
    try events.update(failed)
    guard let deletedAt = event.deletedAt, event.isRecurring else { return }
    for var exception in try events.exceptions(ofSeries: [event.id]) where exception.deletedAt == deletedAt {
      exception.deletedAt = nil
      exception.version += 1
      try events.update(exception)
    }
  }

  /// Discards the job, or throws `LeaseLost`.
  func discard(_ job: Job, _ lease: JobLease, reason: String, at instant: Date) throws {
    guard try jobs.discard(job.id, owner: lease.owner, reason: reason, at: instant) else { throw LeaseLost() }
  }

  /// Ends the run and schedules the next, or throws `LeaseLost`.
  func snooze(_ job: Job, _ lease: JobLease, until instant: Date) throws {
    guard try jobs.snooze(job.id, owner: lease.owner, until: instant) else { throw LeaseLost() }
  }
}
