import CalendarCore
import Foundation
import ICalendar
import JobQueue

/// Writes the mails by which guests hear of meetings whose calendar tells nobody: the invitation, a change, a
/// cancellation (RFC 6047), to each guest once.
///
/// The mails are stored in the transaction that stores what the calendar has agreed to, so that there is one for each
/// change, whatever crashes. What has not left when the next change comes is replaced by it: after a long outage a guest
/// gets one mail with the last state, and nothing of a meeting that has been canceled by then.
struct TellGuests: Sendable {
  let sending: MailSending
  let ids: IdentifierSource
  let clock: WallClock

  func tell(
    of delivery: Delivery,
    _ context: JobContext,
    in transaction: any WorkspaceTransaction
  ) throws {
    let account = context.account
    guard !account.sendsInvitations, case .open = sending.way(of: account),
      let event = try transaction.events.find(context.event.id),
      let owner = try transaction.members.find(account.ownerID)
    else { return }
    let before = context.event.agreed
    let mailing = Mailing(
      transaction: transaction,
      event: event,
      account: account,
      owner: owner,
      ids: ids,
      now: clock.now,
      earlier: try transaction.emails.list(eventID: event.id)
        + (event.seriesID.map { try transaction.emails.list(eventID: $0) } ?? [])
    )
    switch delivery {
    case .contested: break
    case .deleted: try mailing.callOff(before ?? context.event.editable)
    case .made, .agreed:
      guard let agreed = event.agreed, event.deletedAt == nil, event.sendInvitations else { return }
      try mailing.tell(agreed, before: before, isRescheduled: event.sequence > context.event.sequence)
    }
  }
}

/// The mails about one event.
private struct Mailing {
  let transaction: any WorkspaceTransaction
  let event: CalendarEvent
  let account: ConnectedAccount
  let owner: WorkspaceMember
  let ids: IdentifierSource
  let now: Date
  /// What was written about the event before.
  let earlier: [EmailMessage]

  func tell(_ agreed: EventVersion, before: EventVersion?, isRescheduled: Bool) throws {
    let (guests, known) = (agreed.content.attendees, before?.content.attendees ?? [])
    let changed = before.map { EventMerge.difference(from: $0, to: agreed).subtracting([.attendees]) } ?? []
    let components = try components(agreed)
    let removed = known.filter { old in !guests.contains { $0.handle == old.handle } }
    if !removed.isEmpty, let version = before {
      var old = try self.components(version)
      for index in old.indices { old[index].sequence = event.sequence }
      try uninvite(removed, old, version)
    }
    guard !guests.isEmpty else { return }
    // RFC 5546 §3.2.2: everybody sees the whole list, with what each has answered.
    let message = try SchedulingMessage.request(for: components, keepingAnswers: !isRescheduled)
    for guest in guests {
      let isOld = known.contains { $0.handle == guest.handle }
      guard !isOld || !changed.isEmpty else { continue }
      let hasHeard = try hasHeard(guest.handle)
      try send(hasHeard ? .update : .invitation, message, agreed, to: guest)
    }
  }

  func callOff(_ version: EventVersion) throws {
    var components = try components(version)
    guard !version.content.attendees.isEmpty else { return }
    for index in components.indices { components[index].sequence = event.sequence + 1 }
    let message = try SchedulingMessage.cancellation(of: components)
    for guest in version.content.attendees where try hasHeard(guest.handle) {
      try send(.cancellation, message, version, to: guest)
    }
  }

  private func uninvite(
    _ guests: [CalendarEventParticipant],
    _ components: [EventComponent],
    _ version: EventVersion
  ) throws {
    guard let component = components.first else { return }
    for guest in guests where try hasHeard(guest.handle) {
      let message = try SchedulingMessage.cancellation(
        uninviting: [guest.handle.rawValue],
        from: component
      )
      try send(.removal, message, version, to: guest)
    }
  }

  /// The event, or an occurrence of a series by itself, in a version of it.
  private func components(_ version: EventVersion) throws -> [EventComponent] {
    var told = event
    told.editable = version
    told.isCanceled = false
    let exceptions = event.isRecurring ? try transaction.events.exceptions(ofSeries: [event.id]) : []
    return try InvitationFile.eventComponents(of: told, exceptions, now: now)
  }

  /// Whether something about the event has gone to the guest; what has not is taken away.
  private func hasHeard(_ guest: EmailAddress) throws -> Bool {
    var hasHeard = false
    for email in earlier where email.recipients.contains(guest) && email.carriesCalendar {
      let isOurs = email.purpose == .invitation && email.eventID == event.id
      if email.delivery.status == .failed { continue }
      if isOurs, email.delivery.status == .scheduled, try transaction.emails.deleteWaiting(email.id) {
        continue
      }
      hasHeard = true
    }
    return hasHeard
  }

  private func send(
    _ kind: InvitationText.Kind,
    _ message: SchedulingMessage,
    _ version: EventVersion,
    to guest: CalendarEventParticipant
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
      eventID: event.id,
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
