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
    on delivered: CalendarEvent,
    _ context: JobContext,
    in transaction: any WorkspaceTransaction
  ) throws {
    if case .contested = delivery { return }
    let account = context.account
    var isDeleted = false
    if case .deleted = delivery { isDeleted = true }
    guard isDeleted || delivered.agreed != nil && delivered.deletedAt == nil else { return }

    let family = try EventFamily(
      of: delivered,
      before: context.event.agreed ?? (isDeleted ? context.event.editable : nil),
      from: transaction
    )
    let before = try family.announced()
    var after = try family.current(after: before, isDeleted: isDeleted)
    // A calendar that invites has told of a new series without what is left out of it.
    if account.sendsInvitations, before == nil { after?.exclusions = [] }
    var (mailed, sequence) = (before?.mailed ?? [], before?.sequence ?? 0)
    if !account.sendsInvitations, case .available = sending.route(of: account),
      let owner = try transaction.members.find(account.ownerID), isDeleted || delivered.sendInvitations
    {
      var mailing = Mailing(
        transaction: transaction,
        family: family,
        before: before,
        after: after,
        account: account,
        owner: owner,
        ids: ids,
        now: clock.now,
        isRescheduled: delivered.sequence > context.event.sequence,
        mailed: mailed,
        sequence: sequence,
        earlier: try family.earlierEmails()
      )
      for notice in GuestNotice.between(before, and: after) where try mailing.send(notice) {
        mailed.insert(notice.guest.handle)
        sequence = max(sequence, mailing.sequence(of: notice.content))
      }
    }
    if var after {
      after.mailed = mailed
      after.sequence = sequence
      try family.keep(after)
    }
  }
}

/// The emails about one delivery.
private struct Mailing {
  let transaction: any WorkspaceTransaction
  let family: EventFamily
  /// The announcements before and after the delivery.
  let before: EventAnnouncement?
  let after: EventAnnouncement?
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
  /// The messages that are the same for several guests.
  var messages: [GuestNotice.Content: SchedulingMessage] = [:]

  /// The highest SEQUENCE that the message may have: that of a cancellation is higher than everything so far.
  func sequence(of content: GuestNotice.Content) -> Int {
    let known = [family.main.sequence, sequence] + family.rows.values.map(\.sequence)
    return (known.max() ?? 0) + (content.isCancellation ? 1 : 0)
  }

  /// Whether there was something to send, and to whom.
  mutating func send(_ notice: GuestNotice) throws -> Bool {
    let (guest, content) = (notice.guest, notice.content)
    guard let version = version(for: content) else { return false }
    let wasNotified = try wasNotified(guest.handle, of: content.starts)
    let kind: InvitationText.Kind
    switch content {
    case .event, .occurrences: kind = wasNotified ? .update : .invitation
    case .cancellation, .canceledOccurrences: kind = .cancellation
    case .removal, .removalFromOccurrences: kind = .removal
    }
    // Who has not heard of the meeting need not hear of its end.
    guard wasNotified || kind == .invitation else { return false }
    try mail(kind, try message(for: notice), version, to: guest, about: content.starts?.first)
    return true
  }

  /// The version that the email describes.
  private func version(for content: GuestNotice.Content) -> EventVersion? {
    switch content {
    case .event: after?.version
    case .occurrences(let starts): starts.first.flatMap { after?.exceptions[$0] }
    case .cancellation, .removal: before?.version
    case .canceledOccurrences, .removalFromOccurrences:
      before.flatMap { before in content.starts?.first.map { canceled($0, in: before) } }
    }
  }

  /// The message, which is made once for all guests who get the same.
  private mutating func message(for notice: GuestNotice) throws -> SchedulingMessage {
    let content = notice.content
    if let made = messages[content] { return made }
    var components = try components(for: content)
    let message: SchedulingMessage
    switch content {
    case .event, .occurrences:
      // RFC 5546 §3.2.2: everyone sees the whole list, with what each has answered.
      message = try .request(for: components, keepingAnswers: !isRescheduled)
    case .cancellation, .canceledOccurrences:
      for index in components.indices { components[index].sequence = sequence(of: content) }
      message = try .cancellation(of: components)
    case .removal, .removalFromOccurrences:
      // It names the one guest.
      return try .cancellation(uninviting: [notice.guest.handle.rawValue], from: components)
    }
    messages[content] = message
    return message
  }

  private func components(for content: GuestNotice.Content) throws -> [EventComponent] {
    switch content {
    case .event: try after.map(components) ?? []
    case .cancellation: try before.map(components) ?? []
    case .removal: try before.map { [try mainComponent(of: $0)] } ?? []
    case .occurrences(let starts):
      try starts.compactMap { start in try after?.exceptions[start].map { try component(at: start, $0) } }
    case .canceledOccurrences, .removalFromOccurrences:
      try (content.starts ?? []).compactMap { start in
        try before.map { try component(at: start, canceled(start, in: $0)) }
      }
    }
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
    // An occurrence without guests is excluded: no request may be without attendees (RFC 5546 §3.2.2).
    let exceptions = announcement.exceptions.filter { !$0.value.content.attendees.isEmpty }
      .sorted { $0.key.instant < $1.key.instant }
    return [try mainComponent(of: announcement)]
      + (try exceptions.map { start, version in try component(at: start, version) })
  }

  /// The meeting or the series alone, with what is excluded from it.
  private func mainComponent(of announcement: EventAnnouncement) throws -> EventComponent {
    var main = family.main
    main.editable = announcement.version
    main.isCanceled = false
    main.sequence = max(main.sequence, sequence)
    let withoutGuests = announcement.exceptions.filter(\.value.content.attendees.isEmpty).map(\.key)
    var component = try InvitationFile.eventComponents(of: main, [], now: now)[0]
    for start in announcement.exclusions.union(withoutGuests).sorted(by: { $0.instant < $1.instant }) {
      component.exclude(start, of: main.timing)
    }
    return component
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
