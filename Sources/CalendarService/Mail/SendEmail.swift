package import CalendarCore
import Foundation
import ICalendar
import JobQueue

/// Sends a mail: checks it, stores it with the job that hands it to its transport, and waits for that as long as a
/// person can be made to wait.
package struct SendEmail: Sendable {
  let database: any Database
  let sending: MailSending
  let runner: WorkspaceJobRunner
  let ids: IdentifierSource
  let clock: WallClock

  /// The mail as far as it got.
  ///
  /// With an `undoWindow` it waits for its end, and is not tried before. Throws `InvalidInput`, `AccessError`,
  /// `MailUnavailable`, `IdempotencyKeyTaken`; a mail that its transport refuses is kept as `FAILED`.
  package func callAsFunction(_ input: SendEmailInput, caller: Caller) async throws -> EmailMessage {
    let plan = try EmailPlan(input)
    let invitation = try plan.invitation()
    let key = try CreateEvent.key(input.idempotencyKey)
    let fingerprint = Self.fingerprint(of: input, caller: caller)
    let (emailID, jobID) = (ids.make(EmailMessage.self), ids.makeJobID())
    let bodySize = plan.body.size(in: emailID)
    let (clock, sending, terms) = (clock, sending, runner.claimTerms())
    let (email, job) = try await database.writeOnce(caller.workspaceID) { transaction, mayBeStored in
      if mayBeStored, let email = try transaction.emails.find(emailID) {
        return (email, try transaction.jobs.find(jobID))
      }
      if let key, let earlier = try transaction.emails.find(idempotencyKey: key) {
        guard earlier.fingerprint == fingerprint else {
          throw IdempotencyKeyTaken(whereToLook: Messages.Mail.lookInSentEmails)
        }
        return (earlier.email, Job?.none)
      }
      if invitation != nil { try transaction.members.flags().require(.emailInvite) }
      let account = try Self.account(input.connectedAccountID, caller, transaction)
      guard case .available(let transport) = sending.route(of: account) else {
        throw MailUnavailable(reason: sending.unavailableReason(of: account) ?? "")
      }
      let email = try Self.email(
        emailID,
        input,
        plan: plan,
        from: account,
        caller: caller,
        at: clock.now,
        transaction
      )
      try Self.check(invitation, from: email.from)
      try Self.check(bodySize + email.header(at: clock.now).count, fits: transport)
      try transaction.emails.insert(email, idempotencyKey: key, fingerprint: key == nil ? nil : fingerprint)
      let waits = input.undoWindow > 0
      let job = Job(
        id: jobID,
        workspaceID: caller.workspaceID,
        kind: .sendEmail,
        priority: waits ? .normal : .interactive,
        subject: .email(email.id),
        accountID: account.id,
        scheduledAt: waits ? email.delivery.sendAt : clock.now.addingTimeInterval(Job.headStart)
      )
      try transaction.jobs.insert(job)
      return (email, waits ? job : try transaction.claimed(job, terms))
    }
    runner.wake()
    guard let job, input.undoWindow == 0 else { return email }
    _ = await runner.runNow(job)
    return try await database.read(caller.workspaceID) { try $0.emails.find(email.id) } ?? email
  }

  private static func account(
    _ id: ConnectedAccount.ID,
    _ caller: Caller,
    _ reader: any WorkspaceReader
  ) throws -> ConnectedAccount {
    guard let account = try reader.accounts.find(id), account.ownerID == caller.memberID,
      account.disconnectedAt == nil
    else { throw AccessError.missingAccount }
    return account
  }

  private static func email(
    _ id: EmailMessage.ID,
    _ input: SendEmailInput,
    plan: EmailPlan,
    from account: ConnectedAccount,
    caller: Caller,
    at now: Date,
    _ reader: any WorkspaceReader
  ) throws -> EmailMessage {
    guard let member = try reader.members.find(caller.memberID) else { throw StoreError.notFound }
    var eventID: CalendarEvent.ID?
    if let reference = input.calendarEventID {
      guard let event = try reader.events.find(reference.eventID), !event.isHidden,
        event.crmCreatorID == caller.memberID || event.accountID == account.id
      else { throw AccessError.missingMailedMeeting }
      eventID = event.id
    }
    return EmailMessage(
      id: id,
      accountID: account.id,
      senderID: caller.memberID,
      from: Mailbox(account.handle, displayName: member.displayName),
      to: plan.to,
      cc: plan.cc,
      bcc: plan.bcc,
      subject: plan.subject,
      text: plan.text,
      html: plan.html,
      attachments: plan.attachments,
      references: plan.references,
      eventID: eventID,
      links: EventLinks(
        personIDs: try NewEvent.people(input.linkedPersonIDs, reader: reader),
        companyID: try NewEvent.company(input.linkedCompanyID, reader: reader),
        opportunityID: try NewEvent.opportunity(input.linkedOpportunityID, reader: reader)
      ),
      delivery: EmailDelivery(sendAt: now.addingTimeInterval(TimeInterval(input.undoWindow))),
      createdAt: now
    )
  }

  /// Mail programs take an invitation for forged that does not come from the organizer.
  private static func check(_ invitation: SchedulingMessage?, from sender: Mailbox) throws {
    guard let invitation, [.request, .cancel, .add].contains(invitation.method) else { return }
    for event in invitation.events {
      let organizer = event.property("ORGANIZER").flatMap { EmailAddress(CalendarUser($0).address) }
      guard organizer == sender.address else {
        throw InvalidInput(
          "connectedAccountId",
          Messages.Mail.otherAccountsMeeting
        )
      }
    }
  }

  private static func check(_ size: Int, fits transport: any MailTransport) throws {
    guard size > transport.largestMessage else { return }
    func megabytes(_ octets: Int) -> String {
      (Double(octets) / 1_048_576).formatted(
        .number.precision(.fractionLength(0...1)).locale(.init(identifier: "en"))
      )
    }
    throw InvalidInput(
      "attachments",
      Messages.Mail.tooLarge(megabytes(size), limit: megabytes(transport.largestMessage))
    )
  }

  private static func fingerprint(of input: SendEmailInput, caller: Caller) -> String {
    var parts: [String?] = [
      caller.memberID.description, "\(input.connectedAccountID)", input.subject, input.body,
      input.calendarEventID?.description, input.linkedCompanyID?.description,
      input.linkedOpportunityID?.description, input.inReplyTo,
    ]
    for list in [input.to, input.cc, input.bcc, input.linkedPersonIDs.map(\.description).sorted()] {
      parts.append("\(list.count)")
      parts += list
    }
    for file in input.attachments { parts += [file.name, file.type, file.contentBase64] }
    return Fingerprint.of(parts)
  }
}
