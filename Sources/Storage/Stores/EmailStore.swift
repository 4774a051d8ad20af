import CalendarCore
import Foundation
import JobQueue

extension WorkspaceStore {
  func email(_ id: EmailMessage.ID) throws -> EmailMessage? {
    try emails(
      connection.rows("SELECT * FROM email WHERE workspace_id = \(tenant) AND id = \(id)"),
      withContent: true
    ).first
  }

  func email(idempotencyKey key: String) throws -> (email: EmailMessage, fingerprint: String)? {
    let row = try connection.rows(
      "SELECT * FROM email WHERE workspace_id = \(tenant) AND idempotency_key = \(.string(key))"
    ).first
    guard let row, let email = try emails([row], withContent: true).first else { return nil }
    return (email, try row.optionalText("fingerprint") ?? "")
  }

  func emails(of record: RecordReference, after: EmailCursor?, limit: Int) throws -> [EmailMessage] {
    let forRecord: SQLQuery =
      switch record {
      case .person: ""
      case .company(let id):
        "SELECT id FROM email WHERE workspace_id = \(tenant) AND company_id = \(id) UNION"
      case .opportunity(let id):
        "SELECT id FROM email WHERE workspace_id = \(tenant) AND opportunity_id = \(id) UNION"
      }
    return try page(
      """
      id IN (
        \(forRecord)
        SELECT r.email_id FROM email_recipient r
        JOIN person_email p ON p.workspace_id = r.workspace_id AND p.address = r.address
        WHERE r.workspace_id = \(tenant) AND r.role <> \(.name(Role.bcc))
          AND p.person_id IN (\(Self.people(workspaceID, of: record)))
      )
      """,
      after,
      limit
    )
  }

  func emails(senderID: WorkspaceMember.ID, after: EmailCursor?, limit: Int) throws -> [EmailMessage] {
    try page("sender_id = \(senderID)", after, limit)
  }

  func emails(eventID: CalendarEvent.ID) throws -> [EmailMessage] {
    try emails(
      connection.rows(
        """
        SELECT * FROM email WHERE workspace_id = \(tenant) AND event_id = \(eventID) ORDER BY created_at, id
        """
      ),
      withContent: false
    )
  }

  private func page(_ condition: SQLQuery, _ after: EmailCursor?, _ limit: Int) throws -> [EmailMessage] {
    var condition: SQLQuery = "\(condition) AND purpose = \(.name(EmailPurpose.composed))"
    if let after {
      condition = "\(condition) AND (created_at, id) < (\(.instant(after.createdAt)), \(after.emailID))"
    }
    return try emails(
      connection.rows(
        """
        SELECT * FROM email WHERE workspace_id = \(tenant) AND \(condition)
        ORDER BY created_at DESC, id DESC LIMIT \(.count(max(0, limit)))
        """
      ),
      withContent: false
    )
  }

  /// In the order of the rows.
  private func emails(_ rows: [SQLRow], withContent: Bool) throws -> [EmailMessage] {
    let ids: [SQLValue] = rows.map { $0["id"] }
    guard !ids.isEmpty else { return [] }
    let recipients = try connection.rows(inSlicesOf: ids) {
      """
      SELECT * FROM email_recipient WHERE workspace_id = \(tenant) AND email_id IN (\(list: $0))
      ORDER BY email_id, position
      """
    }
    let content: SQLQuery = withContent ? "content" : "NULL AS content"
    let attachments = try connection.rows(inSlicesOf: ids) {
      """
      SELECT email_id, name, media_type, size, \(content) FROM email_attachment
      WHERE workspace_id = \(tenant) AND email_id IN (\(list: $0))
      ORDER BY email_id, position
      """
    }
    let byEmail = Dictionary(grouping: recipients) { $0["email_id"] }
    let filesByEmail = Dictionary(grouping: attachments) { $0["email_id"] }
    return try rows.map { row in
      try EmailMessage(
        row,
        recipients: byEmail[row["id"]] ?? [],
        attachments: filesByEmail[row["id"]] ?? []
      )
    }
  }
}

extension WorkspaceStore {
  func insert(_ email: EmailMessage, idempotencyKey: String?, fingerprint: String?) throws {
    try connection.insert(
      into: "email",
      [
        "workspace_id": tenant,
        "id": .id(email.id),
        "account_id": .id(email.accountID),
        "sender_id": .id(email.senderID),
        "purpose": .name(email.purpose),
        "from_address": .string(email.from.address.rawValue),
        "from_name": .string(email.from.displayName),
        "subject": .string(email.subject),
        "text_body": .string(email.text),
        "html_body": .string(email.html),
        "mail_references": try .json(email.references),
        "event_id": .id(email.eventID),
        "person_ids": try .json(email.links.personIDs.map(\.description)),
        "company_id": .id(email.links.companyID),
        "opportunity_id": .id(email.links.opportunityID),
        "status": .name(email.delivery.status),
        "error": .string(email.delivery.error),
        "send_at": .instant(email.delivery.sendAt),
        "handed_over_at": .instant(email.delivery.handedOverAt),
        "sent_at": .instant(email.delivery.sentAt),
        "created_at": .instant(email.createdAt),
        "idempotency_key": .string(idempotencyKey),
        "fingerprint": .string(fingerprint),
      ]
    )
    let recipients =
      email.to.map { (Role.to, $0) } + email.cc.map { (Role.cc, $0) } + email.bcc.map { (Role.bcc, $0) }
    for (position, (role, mailbox)) in recipients.enumerated() {
      try connection.insert(
        into: "email_recipient",
        [
          "workspace_id": tenant,
          "email_id": .id(email.id),
          "position": .count(position),
          "role": .name(role),
          "handle": .string(mailbox.address.rawValue),
          "display_name": .string(mailbox.displayName),
          "address": SearchText(mailbox.address).value,
        ]
      )
    }
    for (position, attachment) in email.attachments.enumerated() {
      try connection.insert(
        into: "email_attachment",
        [
          "workspace_id": tenant,
          "email_id": .id(email.id),
          "position": .count(position),
          "name": .string(attachment.name),
          "media_type": .string(attachment.type),
          "size": .count(attachment.content.count),
          "content": .string(Data(attachment.content).base64EncodedString()),
        ]
      )
    }
  }

  func updateDelivery(of email: EmailMessage) throws {
    try connection.execute(
      """
      UPDATE email SET status = \(.name(email.delivery.status)), error = \(.string(email.delivery.error)),
        sent_at = \(.instant(email.delivery.sentAt)), send_at = \(.instant(email.delivery.sendAt))
      WHERE workspace_id = \(tenant) AND id = \(email.id)
      """
    )
  }

  func handOver(_ id: EmailMessage.ID, at instant: Date) throws -> Bool {
    try connection.execute(
      """
      UPDATE email SET handed_over_at = \(.instant(instant))
      WHERE workspace_id = \(tenant) AND id = \(id) AND handed_over_at IS NULL
        AND status = \(.name(EmailStatus.scheduled))
      """
    ) == 1
  }

  func takeBack(_ id: EmailMessage.ID) throws {
    try connection.execute(
      "UPDATE email SET handed_over_at = NULL WHERE workspace_id = \(tenant) AND id = \(id)"
    )
  }

  func deleteWaiting(_ id: EmailMessage.ID) throws -> Bool {
    let deleted = try connection.execute(
      """
      DELETE FROM email WHERE workspace_id = \(tenant) AND id = \(id) AND handed_over_at IS NULL
        AND status = \(.name(EmailStatus.scheduled))
      """
    )
    if deleted > 0 { try jobs.cancelAll(about: .email(id)) }
    return deleted > 0
  }
}

/// A person as an email names them.
private enum Role: String {
  case to = "TO"
  case cc = "CC"
  case bcc = "BCC"
}

extension EmailMessage {
  fileprivate init(_ row: SQLRow, recipients: [SQLRow], attachments: [SQLRow]) throws {
    func mailboxes(_ role: Role) throws -> [Mailbox] {
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
        handedOverAt: try row.optionalInstant("handed_over_at"),
        sentAt: try row.optionalInstant("sent_at")
      ),
      createdAt: try row.instant("created_at")
    )
  }
}

extension EmailAttachment {
  fileprivate init(_ row: SQLRow) throws {
    let encoded = try row.optionalText("content") ?? ""
    guard let content = Data(base64Encoded: encoded) else { throw StoreError.corrupt(column: "content") }
    self.init(
      name: try row.text("name"),
      type: try row.text("media_type"),
      size: try row.count("size"),
      content: Array(content)
    )
  }
}
