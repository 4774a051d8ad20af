import CalendarCore
import CalendarService
import Foundation
import GraphQLEngine
import Logging

extension Resolvers {
  static func addEmails(to table: inout ResolverTable<CallerContext>, logger: Logger) {
    addEmailQueries(to: &table)
    addEmailMutations(to: &table, logger: logger)
    addConnection("Email", of: EmailView.self, to: &table)
    table.type("Email", of: EmailView.self) { type in
      type.field("id") { $0.email.id.description }
      type.field("from") { EmailRecipientView(mailbox: $0.email.from) }
      type.field("to") { $0.email.to.map { EmailRecipientView(mailbox: $0) } }
      type.field("cc") { $0.email.cc.map { EmailRecipientView(mailbox: $0) } }
      type.field("bcc") { $0.email.bcc.map { EmailRecipientView(mailbox: $0) } }
      type.field("subject") { $0.email.subject }
      type.field("text") { $0.email.text }
      type.field("html") { $0.email.html }
      type.field("attachments") { $0.email.attachments.map { EmailAttachmentView(attachment: $0) } }
      type.field("status") { $0.email.delivery.status.rawValue }
      type.field("error") { $0.email.delivery.error }
      type.field("sendAt") { $0.email.delivery.sendAt.rfc3339 }
      type.field("sentAt") { $0.email.delivery.sentAt?.rfc3339 }
      type.field("createdAt") { $0.email.createdAt.rfc3339 }
      type.field("messageId") { "<\($0.email.messageID)>" }
      type.field("senderId") { $0.email.senderID.description }
      type.field("connectedAccountId") { $0.email.accountID.description }
      type.field("calendarEventId") { $0.email.eventID?.description }
      type.field("isRedacted") { $0.visible.isRedacted }
    }
    table.type("EmailRecipient", of: EmailRecipientView.self) { type in
      type.field("handle") { $0.mailbox.address.rawValue }
      type.field("displayName") { $0.mailbox.displayName }
      type.batch("person") { views, request in
        try await request.context.records.peopleByAddress.load(
          \.mailbox.address,
          of: views,
          as: PersonView.init
        )
      }
    }
    table.type("EmailAttachment", of: EmailAttachmentView.self) { type in
      type.field("name") { $0.attachment.name }
      type.field("type") { $0.attachment.type }
      type.field("size") { $0.attachment.size }
    }
    table.result("SendEmailResult", of: EmailView.self) { type in
      type.errorField()
      type.field("messageId") { result in result.payload.map { "<\($0.email.messageID)>" } }
      type.field("email") { $0.payload }
    }
    table.type("CalendarEmailAttachment", of: EmailFileView.self) { type in
      type.field("name") { $0.file.name }
      type.field("type") { $0.file.type }
      type.field("contentBase64") { Data($0.file.content).base64EncodedString() }
      type.field("isInvitation") { $0.file.isInvitation }
    }
  }

  private static func addEmailQueries(to table: inout ResolverTable<CallerContext>) {
    table.query { query in
      query.field("emails") { _, request in
        try await exposingRefusals {
          let (arguments, context) = (request.arguments, request.context)
          let (record, isOther) = try record(of: arguments)
          guard !isOther else { return Connection<EmailView>(edges: [], hasNextPage: false) }
          let (emails, hasMore) = try await context.useCases.mail.queries.emails(
            of: record,
            first: arguments.optionalInt("first"),
            after: try Cursor.email(arguments.optionalString("after")),
            caller: context.caller
          )
          let edges = emails.map { visible in
            let cursor = EmailCursor(createdAt: visible.email.createdAt, emailID: visible.email.id)
            return Connection.Edge(node: EmailView(visible: visible), cursor: Cursor.text(cursor))
          }
          return Connection(edges: edges, hasNextPage: hasMore)
        }
      }
      query.field("email") { _, request in
        let context = request.context
        guard let id = EmailMessage.ID(try request.arguments.string("id")) else { return EmailView?.none }
        return try await context.useCases.mail.queries.email(id, caller: context.caller)
          .map { EmailView(visible: $0) }
      }
    }
  }

  /// The record that is asked for, if one is; `isOther` when its id is none.
  private static func record(
    of arguments: Arguments
  ) throws(InvalidInput) -> (record: RecordReference?, isOther: Bool) {
    let given = ["personId", "companyId", "opportunityId"].filter { arguments.optionalString($0) != nil }
    guard given.count <= 1 else { throw InvalidInput(given[1], Messages.oneRecord) }
    guard let name = given.first, let text = arguments.optionalString(name) else { return (nil, false) }
    let record: RecordReference? =
      switch name {
      case "personId": Person.ID(text).map { .person($0) }
      case "companyId": Company.ID(text).map { .company($0) }
      default: Opportunity.ID(text).map { .opportunity($0) }
      }
    return (record, record == nil)
  }

  private static func addEmailMutations(to table: inout ResolverTable<CallerContext>, logger: Logger) {
    let results = MutationResults(assurance: Messages.notSentTwice, logger: logger)
    table.mutation { mutation in
      results.add("sendEmail", to: &mutation) { arguments, context in
        let input = try SendEmailInput(arguments.object("input"))
        return answer(try await context.useCases.mail.send(input, caller: context.caller))
      }
      results.add("retryEmail", to: &mutation) { arguments, context in
        let id: EmailMessage.ID = try arguments.id("id", orThrow: AccessError.missingEmail)
        return answer(try await context.useCases.mail.change.retry(id, caller: context.caller))
      }
      mutation.field("cancelEmail") { _, request in
        let (arguments, context) = (request.arguments, request.context)
        return try await exposingRefusals {
          let id: EmailMessage.ID = try arguments.id("id", orThrow: AccessError.missingEmail)
          try await context.useCases.mail.change.cancel(id, caller: context.caller)
          return true
        }
      }
    }
  }

  /// The mail is part of the answer also where it could not be sent.
  private static func answer(_ email: EmailMessage) -> MutationResult<EmailView> {
    let isUnsent = [.failed, .uncertain].contains(email.delivery.status)
    return MutationResult(
      payload: EmailView(visible: VisibleEmail(own: email)),
      failure: isUnsent ? email.delivery.error.map(EmailNotSent.init) : nil
    )
  }
}

/// The mail was accepted, and its mail server did not take it.
private struct EmailNotSent: UseCaseError {
  let message: String

  var code: ErrorCode { .providerRejected }
}

struct EmailView: GraphQLObject {
  let visible: VisibleEmail
  var email: EmailMessage { visible.email }
}

struct EmailRecipientView: GraphQLObject {
  let mailbox: Mailbox
}

struct EmailAttachmentView: GraphQLObject {
  let attachment: EmailAttachment
}

struct EmailFileView: GraphQLObject {
  let file: MailedInvitation
}

extension SendEmailInput {
  init(_ input: Arguments) throws {
    self.init(
      connectedAccountID: try input.id("connectedAccountId", orThrow: AccessError.missingAccount),
      to: input.optionalStrings("to") ?? [],
      subject: try input.string("subject"),
      body: try input.string("body")
    )
    cc = input.optionalStrings("cc") ?? []
    bcc = input.optionalStrings("bcc") ?? []
    attachments = try (input.optionalObjects("attachments") ?? []).map {
      Attachment(
        name: try $0.string("name"),
        type: try $0.string("type"),
        contentBase64: try $0.string("contentBase64")
      )
    }
    idempotencyKey = input.optionalString("idempotencyKey")
    undoWindow = input.optionalInt("undoWindow") ?? 0
    calendarEventID = try input.optionalID("calendarEventId", orThrow: AccessError.missingMailedMeeting)
    linkedPersonIDs = try input.linkedPersonIDs() ?? []
    linkedCompanyID = try input.linkedCompanyID()
    linkedOpportunityID = try input.linkedOpportunityID()
    inReplyTo = input.optionalString("inReplyTo")
  }
}
