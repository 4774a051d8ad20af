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
        let context = request.context
        let people = try await context.useCases.database.read(context.caller.workspaceID) { reader in
          try reader.records.people(emails: views.map(\.mailbox.address))
        }
        return views.map { view in people[view.mailbox.address].map { PersonView(person: $0) } }
      }
    }
    table.type("EmailAttachment", of: EmailAttachmentView.self) { type in
      type.field("name") { $0.attachment.name }
      type.field("type") { $0.attachment.type }
      type.field("size") { $0.attachment.size }
    }
    table.type("SendEmailResult", of: SendEmailResult.self) { type in
      type.field("success") { $0.error == nil }
      type.field("messageId") { result in result.email.map { "<\($0.email.messageID)>" } }
      type.field("error") { $0.error }
      type.field("errorCode") { $0.code?.rawValue }
      type.field("errorField") { $0.field }
      type.field("email") { $0.email }
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
          let (emails, hasMore) = try await context.useCases.emails.emails(
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
        let (id, context) = (try request.arguments.string("id"), request.context)
        return try await context.useCases.emails.email(id, caller: context.caller)
          .map { EmailView(visible: $0) }
      }
    }
  }

  /// The record that is asked for, if one is; `isOther` when its id is none.
  private static func record(
    of arguments: Arguments
  ) throws(InvalidInput) -> (record: RecordReference?, isOther: Bool) {
    let given = ["personId", "companyId", "opportunityId"].filter { arguments.optionalString($0) != nil }
    guard given.count <= 1 else { throw InvalidInput(given[1], "Ask for the emails of one record.") }
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
    table.mutation { mutation in
      mutation.field("sendEmail") { _, request in
        let context = request.context
        return await emailResult(logger) {
          let input = try SendEmailInput(request.arguments.object("input"))
          return try await context.useCases.sendEmail(input, caller: context.caller)
        }
      }
      mutation.field("retryEmail") { _, request in
        let context = request.context
        return await emailResult(logger) {
          let id = try request.arguments.string("id")
          return try await context.useCases.changeEmails.retry(id, caller: context.caller)
        }
      }
      mutation.field("cancelEmail") { _, request in
        let (id, context) = (try request.arguments.string("id"), request.context)
        return try await exposingRefusals {
          try await context.useCases.changeEmails.cancel(id, caller: context.caller)
          return true
        }
      }
    }
  }

  private static func emailResult(
    _ logger: Logger,
    _ body: () async throws -> EmailMessage
  ) async -> SendEmailResult {
    do {
      let email = try await body()
      var result = SendEmailResult(email: EmailView(visible: VisibleEmail(own: email)))
      if [.failed, .uncertain].contains(email.delivery.status) {
        result.error = email.delivery.error
        result.code = .providerRejected
      }
      return result
    } catch let error as any UseCaseError {
      return SendEmailResult(error: error.message, code: error.code, field: error.field)
    } catch {
      logger.error("An email could not be accepted", metadata: ["error": "\(error)"])
      let failure = InternalMailFailure()
      return SendEmailResult(error: failure.message, code: failure.code)
    }
  }
}

/// Something that is our fault; the details are in the log.
private struct InternalMailFailure: UseCaseError {
  var code: ErrorCode { .internalError }
  var message: String { "Something went wrong on our side. Try again; your email won't be sent twice." }
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

/// The answer of a mutation that sends a mail.
struct SendEmailResult: GraphQLObject {
  var email: EmailView?
  var error: String?
  var code: ErrorCode?
  var field: String?
}

extension SendEmailInput {
  init(_ input: Arguments) throws {
    self.init(
      connectedAccountID: try input.string("connectedAccountId"),
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
    calendarEventID = input.optionalString("calendarEventId")
    linkedPersonIDs = input.optionalStrings("linkedPersonIds") ?? []
    linkedCompanyID = input.optionalString("linkedCompanyId")
    linkedOpportunityID = input.optionalString("linkedOpportunityId")
    inReplyTo = input.optionalString("inReplyTo")
  }
}
