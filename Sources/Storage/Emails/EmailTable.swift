import CalendarCore
import Foundation
import JobQueue

/// The emails of one workspace, each with its recipients and attachments.
struct EmailTable: EmailWriting, WorkspaceTable {
  let connection: any SQLConnection
  let workspaceID: Workspace.ID
}

extension EmailTable {
  func find(_ id: EmailMessage.ID) throws -> EmailMessage? {
    try emails(
      connection.rows("SELECT * FROM email WHERE workspace_id = \(tenant) AND id = \(id)"),
      withContent: true
    ).first
  }

  func find(idempotencyKey key: String) throws -> (email: EmailMessage, fingerprint: String)? {
    let row = try connection.rows(
      "SELECT * FROM email WHERE workspace_id = \(tenant) AND idempotency_key = \(.string(key))"
    ).first
    guard let row, let email = try emails([row], withContent: true).first else { return nil }
    return (email, try row.optionalText("fingerprint") ?? "")
  }

  func list(of record: RecordReference, after: EmailCursor?, limit: Int) throws -> [EmailMessage] {
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
        WHERE r.workspace_id = \(tenant) AND r.role <> \(.name(EmailRole.bcc))
          AND p.person_id IN (\(RecordTable.people(workspaceID, of: record)))
      )
      """,
      after,
      limit
    )
  }

  func list(senderID: WorkspaceMember.ID, after: EmailCursor?, limit: Int) throws -> [EmailMessage] {
    try page("sender_id = \(senderID)", after, limit)
  }

  func list(eventID: CalendarEvent.ID) throws -> [EmailMessage] {
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

extension EmailTable {
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
        "handed_over_at": .instant(email.delivery.deliveryStartedAt),
        "sent_at": .instant(email.delivery.sentAt),
        "created_at": .instant(email.createdAt),
        "idempotency_key": .string(idempotencyKey),
        "fingerprint": .string(fingerprint),
      ]
    )
    let recipients =
      email.to.map { (role: EmailRole.to, mailbox: $0) } + email.cc.map { (role: .cc, mailbox: $0) }
      + email.bcc.map { (role: .bcc, mailbox: $0) }
    try connection.insert(
      into: "email_recipient",
      rows: recipients.enumerated().map { position, recipient in
        [
          "workspace_id": tenant,
          "email_id": .id(email.id),
          "position": .count(position),
          "role": .name(recipient.role),
          "handle": .string(recipient.mailbox.address.rawValue),
          "display_name": .string(recipient.mailbox.displayName),
          "address": SearchText(recipient.mailbox.address).value,
        ]
      }
    )
    try connection.insert(
      into: "email_attachment",
      rows: email.attachments.enumerated().map { position, attachment in
        [
          "workspace_id": tenant,
          "email_id": .id(email.id),
          "position": .count(position),
          "name": .string(attachment.name),
          "media_type": .string(attachment.type),
          "size": .count(attachment.content.count),
          "content": .blob(attachment.content),
        ]
      }
    )
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

  func beginDelivery(_ id: EmailMessage.ID, at instant: Date) throws -> Bool {
    try connection.execute(
      """
      UPDATE email SET handed_over_at = \(.instant(instant))
      WHERE workspace_id = \(tenant) AND id = \(id) AND handed_over_at IS NULL
        AND status = \(.name(EmailStatus.scheduled))
      """
    ) == 1
  }

  func abortDelivery(_ id: EmailMessage.ID) throws {
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
    if deleted > 0 {
      try JobTable(connection: connection, workspaceID: workspaceID).cancelAll(about: .email(id))
    }
    return deleted > 0
  }
}
