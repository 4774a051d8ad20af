import CalendarCore
import Foundation
import ICalendar
import JobQueue

/// Writes the emails by which guests hear of meetings whose calendar notifies nobody: the invitation, a change, a
/// cancellation (RFC 6047), to each guest once.
///
/// The emails are stored in the transaction that stores what the calendar has agreed to, so that there is one for each
/// change, whatever crashes. What has not left when the next change comes is replaced by it: after a long outage a guest
/// gets one email with the last state, and nothing of a meeting that has been canceled by then.
///
/// What guests were told of a series is noted in its `EventAnnouncement`, and they are told what is new since then. An
/// occurrence that is only written at the provider again is not new to them.
struct NotifyGuests: Sendable {
  let sending: MailSending
  let ids: IdentifierSource
  let clock: WallClock

  func tell(
    of delivery: Delivery,
    _ context: JobContext,
    in transaction: any WorkspaceTransaction
  ) throws {
    if case .contested = delivery { return }
    let account = context.account
    guard let delivered = try transaction.events.find(context.event.id) else { return }
    var isDeleted = false
    if case .deleted = delivery { isDeleted = true }
    guard isDeleted || delivered.agreed != nil && delivered.deletedAt == nil else { return }

    let family = try EventFamily(
      of: delivered,
      before: context.event.agreed ?? (isDeleted ? context.event.editable : nil),
      from: transaction
    )
    let before = try family.announced()
    var after = try family.current(isDeleted: isDeleted)
    // A calendar that invites has told of a new series without what is left out of it.
    if account.sendsInvitations, before == nil { after?.exclusions = [] }
    var (mailed, sequence) = (before?.mailed ?? [], before?.sequence ?? 0)
    if !account.sendsInvitations, case .available = sending.route(of: account),
      let owner = try transaction.members.find(account.ownerID), isDeleted || delivered.sendInvitations
    {
      let mailing = Mailing(
        transaction: transaction,
        family: family,
        delivered: delivered,
        account: account,
        owner: owner,
        ids: ids,
        now: clock.now,
        isRescheduled: delivered.sequence > context.event.sequence,
        mailed: mailed,
        sequence: sequence,
        earlier: try family.earlierEmails()
      )
      for notice in GuestNotice.between(before, and: after) where try mailing.send(notice, before, after) {
        mailed.insert(notice.guest.handle)
        sequence = max(sequence, mailing.sequence(of: notice))
      }
    }
    if var after {
      after.mailed = mailed
      after.sequence = sequence
      try family.keep(after)
    }
  }
}

/// A meeting, or a series with the occurrences of it that have rows of their own.
private struct EventFamily {
  let transaction: any WorkspaceTransaction
  /// The meeting or the series.
  let main: CalendarEvent
  /// Every occurrence that has a row.
  let rows: [OriginalStart: CalendarEvent]
  /// Whether it repeats, or did so until now.
  let isSeries: Bool
  /// The original start of the delivered event if that is an occurrence.
  let occurrence: OriginalStart?
  /// The previously agreed version of the delivered event.
  let before: EventVersion?

  init(of event: CalendarEvent, before: EventVersion?, from transaction: any WorkspaceTransaction) throws {
    self.transaction = transaction
    self.before = before
    main = try event.seriesID.flatMap { try transaction.events.find($0) } ?? event
    occurrence = event.seriesID == nil ? nil : event.originalStart
    isSeries = main.isRecurring || before?.content.recurrence.isEmpty == false || occurrence != nil
    let exceptions = isSeries ? try transaction.events.exceptions(ofSeries: [main.id]) : []
    rows = Dictionary(
      exceptions.compactMap { row in row.originalStart.map { ($0, row) } },
      uniquingKeysWith: { $1 }
    )
  }

  /// Returns what was announced to the guests; nil before the first delivery.
  func announced() throws -> EventAnnouncement? {
    if isSeries, let noted = try transaction.events.announcement(of: main.id) { return noted }
    // What was delivered before announcements were noted, or does not repeat.
    guard let version = occurrence == nil ? before : main.agreed else { return nil }
    var announcement = EventAnnouncement(version)
    for (start, row) in rows {
      if row.deletedAt != nil, start != occurrence {
        announcement.exclusions.insert(start)
      } else {
        announcement.exceptions[start] = start == occurrence ? before : row.agreed
      }
    }
    return announcement
  }

  /// Returns what the guests have to know about the delivered event; nil where all of it is deleted.
  func current(isDeleted: Bool) throws -> EventAnnouncement? {
    if let occurrence {
      guard var announcement = try announced(), let row = rows[occurrence] else { return nil }
      announcement.exceptions[occurrence] = isDeleted ? nil : row.agreed
      if isDeleted {
        announcement.exclusions.insert(occurrence)
      } else {
        announcement.exclusions.remove(occurrence)
      }
      return announcement
    }
    guard !isDeleted, let agreed = main.agreed else { return nil }
    var announcement = EventAnnouncement(agreed)
    for (start, row) in rows {
      // What was changed of an occurrence by itself is announced once the provider has agreed to it. An occurrence
      // without an agreed version only goes along with its series.
      if row.deletedAt != nil, row.agreed == nil || row.push.status == .synced {
        announcement.exclusions.insert(start)
      } else {
        announcement.exceptions[start] = row.agreed ?? row.editable
      }
    }
    return announcement
  }

  /// Notes it; of a meeting that does not repeat, the provider's version says what was told.
  func keep(_ announcement: EventAnnouncement) throws {
    if isSeries { try transaction.events.keep(announcement, of: main.id) }
  }

  func earlierEmails() throws -> [EmailMessage] {
    try ([main.id] + rows.values.map(\.id)).flatMap { try transaction.emails.list(eventID: $0) }
  }
}

/// The emails about one delivery.
private struct Mailing {
  let transaction: any WorkspaceTransaction
  let family: EventFamily
  let delivered: CalendarEvent
  let account: ConnectedAccount
  let owner: WorkspaceMember
  let ids: IdentifierSource
  let now: Date
  /// Whether the time changed, so that nobody has answered yet.
  let isRescheduled: Bool
  /// The guests to whom something was mailed before.
  let mailed: Set<EmailAddress>
  /// The least SEQUENCE that counts for guests.
  let sequence: Int
  /// The emails about the meeting so far.
  let earlier: [EmailMessage]

  /// The highest SEQUENCE that the message may have: that of a cancellation is higher than everything so far.
  func sequence(of notice: GuestNotice) -> Int {
    let known = [family.main.sequence, sequence] + family.rows.values.map(\.sequence)
    return (known.max() ?? 0) + (notice.content.isCancellation ? 1 : 0)
  }

  /// Whether there was something to send, and to whom.
  func send(
    _ notice: GuestNotice,
    _ before: EventAnnouncement?,
    _ after: EventAnnouncement?
  ) throws -> Bool {
    let guest = notice.guest
    switch notice.content {
    case .event:
      guard let after else { return false }
      let wasNotified = try wasNotified(guest.handle)
      // RFC 5546 §3.2.2: everyone sees the whole list, with what each has answered.
      let message = try SchedulingMessage.request(
        for: try components(of: after),
        keepingAnswers: !isRescheduled
      )
      try mail(wasNotified ? .update : .invitation, message, after.version, to: guest)
    case .occurrences(let starts):
      let versions = starts.compactMap { start in after?.exceptions[start].map { (start, $0) } }
      guard let first = versions.first else { return false }
      let wasNotified = try wasNotified(guest.handle, of: starts)
      let message = try SchedulingMessage.request(
        for: try versions.map { try component(at: $0, $1) },
        keepingAnswers: !isRescheduled
      )
      try mail(wasNotified ? .update : .invitation, message, first.1, to: guest, about: first.0)
    case .cancellation:
      guard let before, try wasNotified(guest.handle) else { return false }
      var components = try components(of: before)
      for index in components.indices { components[index].sequence = sequence(of: notice) }
      let message = try SchedulingMessage.cancellation(of: components)
      try mail(.cancellation, message, before.version, to: guest)
    case .canceledOccurrences(let starts):
      guard let before, try wasNotified(guest.handle, of: starts) else { return false }
      var components = try starts.map { try component(at: $0, canceled($0, in: before)) }
      for index in components.indices { components[index].sequence = sequence(of: notice) }
      let message = try SchedulingMessage.cancellation(of: components)
      try mail(.cancellation, message, canceled(starts[0], in: before), to: guest, about: starts[0])
    case .removal:
      guard let before, try wasNotified(guest.handle), let component = try components(of: before).first else {
        return false
      }
      let message = try SchedulingMessage.cancellation(uninviting: [guest.handle.rawValue], from: component)
      try mail(.removal, message, before.version, to: guest)
    case .removalFromOccurrence(let start):
      guard let before, try wasNotified(guest.handle, of: [start]) else { return false }
      let version = canceled(start, in: before)
      let message = try SchedulingMessage.cancellation(
        uninviting: [guest.handle.rawValue],
        from: try component(at: start, version)
      )
      try mail(.removal, message, version, to: guest, about: start)
    }
    return true
  }

  /// The occurrence as it was to be, with the time of its row where the series does not tell it.
  private func canceled(_ start: OriginalStart, in announcement: EventAnnouncement) -> EventVersion {
    if let exception = announcement.exceptions[start] { return exception }
    var version = announcement.version
    if let row = family.rows[start] { version.content.timing = row.timing }
    version.content.recurrence = []
    return version
  }

  /// The meeting as it was announced, or the series with everything that differs from it.
  private func components(of announcement: EventAnnouncement) throws -> [EventComponent] {
    var main = family.main
    main.editable = announcement.version
    main.isCanceled = false
    main.sequence = max(main.sequence, sequence)
    // An occurrence without guests is nobody's to come to, and no request may be without attendees (RFC 5546 §3.2.2).
    let exceptions = announcement.exceptions.filter { !$0.value.content.attendees.isEmpty }
      .sorted { $0.key.instant < $1.key.instant }
    let left = announcement.exclusions.union(
      announcement.exceptions.filter(\.value.content.attendees.isEmpty).map(\.key)
    )
    var components = [try InvitationFile.eventComponents(of: main, [], now: now)[0]]
    for start in left.sorted(by: { $0.instant < $1.instant }) {
      components[0].exclude(start, of: main.timing)
    }
    for (start, version) in exceptions { components.append(try component(at: start, version)) }
    return components
  }

  /// An occurrence by itself.
  private func component(at start: OriginalStart, _ version: EventVersion) throws -> EventComponent {
    var occurrence = family.rows[start] ?? family.main
    occurrence.editable = version
    occurrence.isCanceled = false
    occurrence.originalStart = start
    occurrence.iCalUID = family.main.iCalUID
    occurrence.sequence = max(occurrence.sequence, family.main.sequence, sequence)
    return try EventComponent(
      occurrence,
      of: family.main.timing,
      isAsked: true,
      now: now
    )
  }

  /// Whether something about the meeting, or about these occurrences of it, has gone to the guest; what has not is taken
  /// away.
  private func wasNotified(_ guest: EmailAddress, of starts: [OriginalStart]? = nil) throws -> Bool {
    let replaced = starts.map { Set($0.compactMap { family.rows[$0]?.id }) }
    // The row of an occurrence that is gone took its emails along.
    var wasNotified = starts?.contains { family.rows[$0] == nil } == true && mailed.contains(guest)
    for email in earlier where email.recipients.contains(guest) && email.carriesCalendar {
      if email.delivery.status == .failed { continue }
      let isReplaced = email.eventID.map { id in replaced?.contains(id) ?? true } ?? false
      if email.purpose == .invitation, isReplaced, email.delivery.status == .scheduled,
        try transaction.emails.deleteWaiting(email.id)
      {
        continue
      }
      wasNotified = true
    }
    return wasNotified
  }

  private func mail(
    _ kind: InvitationText.Kind,
    _ message: SchedulingMessage,
    _ version: EventVersion,
    to guest: CalendarEventParticipant,
    about start: OriginalStart? = nil
  ) throws {
    let text = InvitationText(kind, version, organizer: owner.displayName)
    let thread = earlier.first { $0.recipients.contains(guest.handle) && $0.delivery.status == .sent }
    let email = EmailMessage(
      id: ids.make(),
      accountID: account.id,
      senderID: owner.id,
      purpose: .invitation,
      from: Mailbox(account.handle, displayName: owner.displayName),
      to: [Mailbox(guest.handle, displayName: guest.displayName)],
      subject: text.subject,
      text: text.plain,
      html: text.html,
      attachments: [
        EmailAttachment(name: "invite.ics", type: message.contentType, content: message.serialized())
      ],
      references: thread.map { [$0.messageID] } ?? [],
      eventID: start.flatMap { family.rows[$0]?.id } ?? family.main.id,
      delivery: EmailDelivery(sendAt: now),
      createdAt: now
    )
    try transaction.emails.insert(email, idempotencyKey: nil, fingerprint: nil)
    try transaction.jobs.insert(
      Job(
        id: ids.makeJobID(),
        workspaceID: transaction.workspaceID,
        kind: .sendEmail,
        subject: .email(email.id),
        accountID: account.id,
        scheduledAt: now
      )
    )
  }
}

extension EmailMessage {
  /// Whether it tells of its meeting in a calendar's words.
  fileprivate var carriesCalendar: Bool { attachments.contains { $0.essence == "text/calendar" } }
}
