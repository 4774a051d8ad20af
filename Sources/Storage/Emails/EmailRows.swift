import CalendarCore

/// A person as an email names them.
enum EmailRole: String {
  case to = "TO"
  case cc = "CC"
  case bcc = "BCC"
}

extension EmailMessage {
  init(_ row: SQLRow, recipients: [SQLRow], attachments: [SQLRow]) throws {
    func mailboxes(_ role: EmailRole) throws -> [Mailbox] {
      try recipients.filter { try $0.name("role") == role }.map {
        Mailbox(try $0.address("handle"), displayName: try $0.optionalText("display_name"))
      }
    }
    let personIDs: [String] = try row.json("person_ids")
    self.init(
      id: try row.id("id"),
      accountID: try row.id("account_id"),
      senderID: try row.id("sender_id"),
      purpose: try row.name("purpose"),
      from: Mailbox(try row.address("from_address"), displayName: try row.optionalText("from_name")),
      to: try mailboxes(.to),
      cc: try mailboxes(.cc),
      bcc: try mailboxes(.bcc),
      subject: try row.text("subject"),
      text: try row.text("text_body"),
      html: try row.optionalText("html_body"),
      attachments: try attachments.map(EmailAttachment.init),
      references: try row.json("mail_references"),
      eventID: try row.optionalID("event_id"),
      links: EventLinks(
        personIDs: personIDs.compactMap { Person.ID($0) },
        companyID: try row.optionalID("company_id"),
        opportunityID: try row.optionalID("opportunity_id")
      ),
      delivery: EmailDelivery(
        status: try row.name("status"),
        error: try row.optionalText("error"),
        sendAt: try row.instant("send_at"),
        deliveryStartedAt: try row.optionalInstant("handed_over_at"),
        sentAt: try row.optionalInstant("sent_at")
      ),
      createdAt: try row.instant("created_at")
    )
  }
}

extension EmailAttachment {
  init(_ row: SQLRow) throws {
    self.init(
      name: try row.text("name"),
      type: try row.text("media_type"),
      size: try row.count("size"),
      content: try row.optionalBytes("content") ?? []
    )
  }
}
