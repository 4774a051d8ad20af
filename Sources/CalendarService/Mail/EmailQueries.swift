package import CalendarCore

/// A mail as one member may see it.
///
/// Of others' mails nobody sees who got them without the others' knowing; where their calendar shares only that they are
/// busy, neither what they are about.
package struct VisibleEmail: Sendable, Hashable {
  package let email: EmailMessage
  package let isRedacted: Bool

  /// The sender's own.
  package init(own email: EmailMessage) { self.init(email, isRedacted: false) }

  private init(_ email: EmailMessage, isRedacted: Bool) {
    self.email = email
    self.isRedacted = isRedacted
  }

  init(_ email: EmailMessage, caller: Caller, channels: [CalendarChannel]) {
    guard email.senderID != caller.memberID else {
      self.init(own: email)
      return
    }
    let own = channels.filter { $0.accountID == email.accountID }
    let isRedacted = !own.contains { $0.visibility == .shareEverything }
    var hidden = email
    hidden.bcc = []
    hidden.delivery.error = nil
    if isRedacted { (hidden.subject, hidden.text, hidden.html, hidden.attachments) = ("", "", nil, []) }
    self.init(hidden, isRedacted: isRedacted)
  }
}

/// Reads mails that members wrote here.
package struct EmailQueries: Sendable {
  let database: any Database

  package static let maximumPerPage = 50

  /// A record's mails, or the caller's own; newest first.
  package func emails(
    of record: RecordReference?,
    first: Int?,
    after: EmailCursor?,
    caller: Caller
  ) async throws -> (emails: [VisibleEmail], hasMore: Bool) {
    let limit = try EventQueries.limit(first, most: Self.maximumPerPage, field: "first")
    return try await database.read(caller.workspaceID) { reader in
      let found =
        if let record {
          try reader.emails.list(of: record, after: after, limit: limit + 1)
        } else {
          try reader.emails.list(senderID: caller.memberID, after: after, limit: limit + 1)
        }
      return (try Self.visible(Array(found.prefix(limit)), caller, reader), found.count > limit)
    }
  }

  /// Nil when there is none.
  package func email(_ id: EmailMessage.ID, caller: Caller) async throws -> VisibleEmail? {
    try await database.read(caller.workspaceID) { reader in
      guard let email = try reader.emails.find(id),
        email.purpose == .composed || email.senderID == caller.memberID
      else { return nil }
      return try Self.visible([email], caller, reader).first
    }
  }

  private static func visible(
    _ emails: [EmailMessage],
    _ caller: Caller,
    _ reader: any WorkspaceReader
  ) throws -> [VisibleEmail] {
    let channels = try reader.accounts.channels(accountIDs: Array(Set(emails.map(\.accountID))))
    return emails.map { VisibleEmail($0, caller: caller, channels: channels) }
  }
}
