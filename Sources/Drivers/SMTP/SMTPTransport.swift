package import CalendarCore
package import ProviderKit

/// Mail by SMTP (RFC 5321), through libcurl.
package struct SMTPTransport: MailTransport, VerifiesMailServer {
  /// The size that most servers accept (RFC 1870); those that accept less say so when they get it.
  package let largestMessage = 25 << 20
  private let server: MailServer?
  private let servers: MailServers

  /// `server` is the program's own.
  package init(server: MailServer?, servers: MailServers) {
    self.server = server
    self.servers = servers
  }

  /// Whatever account no other transport takes, if there is a server for it.
  package func handles(_ account: ConnectedAccount) -> Bool {
    server != nil || MailServers.hasOwn(.smtp, account)
  }

  package func unavailableReason(for account: ConnectedAccount) -> String? { nil }

  package func send(_ message: OutgoingMail, session: AccountSession) async throws(ProviderError) {
    let isMembers = MailServers.hasOwn(.smtp, session.account)
    let server = isMembers ? try await membersServer(session) : self.server
    guard let server else {
      throw .unavailable(reason: Messages.notConfigured, isUnsent: true)
    }
    try await servers.converse(with: server, isMembers: isMembers) { line throws(ProviderError) in
      try SMTPUpload(message).run(over: line)
    }
  }

  package func recognizes(server address: String) -> Bool { MailServer(.smtp, address) != nil }

  package func check(
    server address: String,
    login: (username: String, password: String)
  ) async throws(ProviderError) -> AccountMailServer {
    try await servers.check(address, .smtp, login: login)
  }

  private func membersServer(_ session: AccountSession) async throws(ProviderError) -> MailServer {
    let server: MailServer?
    do throws(ProviderError) { server = try await MailServers.own(.smtp, of: session) } catch {
      throw error.unsent
    }
    guard let server else {
      throw .rejected(reason: Messages.settingsMissing)
    }
    return server
  }
}
