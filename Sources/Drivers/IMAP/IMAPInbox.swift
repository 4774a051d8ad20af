package import CalendarCore
package import ProviderKit

/// The inbox of an account at an IMAP server (RFC 3501), opened so that nothing in it changes.
package struct IMAPInbox: MailInbox, VerifiesMailServer {
  private let servers: MailServers

  package init(servers: MailServers) { self.servers = servers }

  package func handles(_ account: ConnectedAccount) -> Bool { MailServers.hasOwn(.imap, account) }

  package func calendarFiles(
    after position: String?,
    session: AccountSession
  ) async throws(ProviderError) -> InboxScanResult {
    guard let server = try await MailServers.own(.imap, of: session) else {
      throw .rejected(reason: Messages.settingsMissing)
    }
    let position = position.flatMap(InboxPosition.init)
    return try await servers.converse(with: server, isMembers: true) { line throws(ProviderError) in
      try line.signIn()
      return try InboxScan(IMAPConversation(line)).findings(after: position)
    }
  }

  package func recognizes(server address: String) -> Bool { MailServer(.imap, address) != nil }

  package func check(
    server address: String,
    login: (username: String, password: String)
  ) async throws(ProviderError) -> AccountMailServer {
    try await servers.check(address, .imap, login: login)
  }
}

/// The last mail that was looked at, in a mailbox that numbers its mails as it did then (RFC 3501 §2.3.1.1).
struct InboxPosition: Hashable, CustomStringConvertible {
  var validity: UInt32
  var uid: UInt32

  init(validity: UInt32, uid: UInt32) {
    self.validity = validity
    self.uid = uid
  }

  init?(_ text: String) {
    let numbers = text.split(separator: ":", omittingEmptySubsequences: false).map { UInt32($0) }
    guard numbers.count == 2, let validity = numbers[0], let uid = numbers[1] else { return nil }
    self.init(validity: validity, uid: uid)
  }

  var description: String { "\(validity):\(uid)" }
}
