package import CalendarCore
package import ProviderKit

/// The inbox of an account at an IMAP server (RFC 3501), opened so that nothing in it changes.
package struct IMAPInbox: MailInbox, ChecksMailServer {
  private let servers: MailServers

  /// Where an account keeps its server: the address with the login is a secret, the one without is none.
  private static let secretKey = "imapURL"
  private static let parameter = "imapServer"

  package init(servers: MailServers) { self.servers = servers }

  package func handles(_ account: ConnectedAccount) -> Bool { account.parameters[Self.parameter] != nil }

  package func calendarFiles(
    after position: String?,
    session: AccountSession
  ) async throws(ProviderError) -> InboxFindings {
    guard let server = try await session.credentials()[Self.secretKey].flatMap({ MailServer(.imap, $0) })
    else {
      throw .rejected(reason: "The account's mailbox is not known any more. Connect the account again.")
    }
    let position = position.flatMap(InboxPosition.init)
    return try await servers.converse(with: server, isMembers: true) { line throws(ProviderError) in
      try line.signIn()
      return try InboxLook(IMAPConversation(line)).findings(after: position)
    }
  }

  package func check(
    server address: String,
    login: (username: String, password: String)
  ) async throws(ProviderError) -> AccountMailServer {
    let server = try await servers.check(address, .imap, login: login)
    return AccountMailServer(
      credentials: [Self.secretKey: server.secretText ?? ""],
      parameters: [Self.parameter: server.description]
    )
  }
}

/// The last mail that was looked at, in a mailbox that numbers its mails as it did then (RFC 3501 §2.3.1.1).
struct InboxPosition: Hashable, CustomStringConvertible {
  var validity: UInt32
  var uid: UInt32

  init(validity: UInt32, uid: UInt32) { (self.validity, self.uid) = (validity, uid) }

  init?(_ text: String) {
    let numbers = text.split(separator: ":", omittingEmptySubsequences: false).map { UInt32($0) }
    guard numbers.count == 2, let validity = numbers[0], let uid = numbers[1] else { return nil }
    self.init(validity: validity, uid: uid)
  }

  var description: String { "\(validity):\(uid)" }
}
