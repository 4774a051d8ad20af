package import CalendarCore
package import ProviderKit

/// Mail by SMTP (RFC 5321), through libcurl.
package struct SMTPTransport: ChecksMailServer {
  /// What most servers take (RFC 1870); those that take less say so when they get it.
  package let largestMessage = 25 << 20
  private let server: MailServer?
  private let connection: SMTPConnection
  private let addressGuard: AddressGuard

  /// Where an account keeps its own server: the address with the login is a secret, the one without is none.
  private static let secretKey = "smtpURL"
  private static let parameter = "smtpServer"

  /// `authorities` is a file of certificates to trust in place of the system's.
  package init(server: MailServer?, authorities: String? = nil, addressGuard: AddressGuard) {
    (self.server, self.addressGuard) = (server, addressGuard)
    connection = SMTPConnection(authorities: authorities)
  }

  /// Whatever account no other transport takes, if there is a server for it.
  package func handles(_ account: ConnectedAccount) -> Bool {
    server != nil || account.parameters[Self.parameter] != nil
  }

  package func unavailableReason(for account: ConnectedAccount) -> String? { nil }

  package func send(_ message: OutgoingMail, session: AccountSession) async throws(ProviderError) {
    let (server, address) = try await self.server(of: session)
    try await connection.perform(.send(message), at: server, address: address)
  }

  package func check(
    server text: String,
    login: (username: String, password: String)
  ) async throws(ProviderError) -> (credentials: [String: String], parameters: [String: String]) {
    // Read again, without what only an operator may say of a server.
    guard let secret = MailServer(text)?.signingIn(as: login.username, login.password)?.secretText,
      let server = MailServer(secret)
    else { throw .rejected(reason: "Enter an address such as smtps://mail.example.com.") }
    let address = try await guardedAddress(of: server)
    try await connection.perform(.signIn, at: server, address: address)
    return ([Self.secretKey: secret], [Self.parameter: server.description])
  }

  /// The server, and the address to connect to, where a member named the server.
  private func server(of session: AccountSession) async throws(ProviderError) -> (MailServer, IPAddress?) {
    guard session.account.parameters[Self.parameter] != nil else {
      guard let server else {
        throw .unavailable(reason: "There is no mail server in the settings.", isUnsent: true)
      }
      return (server, nil)
    }
    let secret: String?
    do throws(ProviderError) { secret = try await session.credentials()[Self.secretKey] } catch {
      throw error.unsent
    }
    guard let own = secret.flatMap(MailServer.init) else {
      throw .rejected(reason: "The account's mail server is not known any more. Connect the account again.")
    }
    return (own, try await guardedAddress(of: own))
  }

  /// Checked, and connected to: a name cannot lead elsewhere in between.
  private func guardedAddress(of server: MailServer) async throws(ProviderError) -> IPAddress? {
    let host = server.host.contains(":") ? "[\(server.host)]" : server.host
    // A login goes over TLS only: to the guard that is as good as https.
    guard let address = WebAddress("https://\(host):\(server.port)/") else {
      throw .rejected(reason: "This is not the address of a mail server.")
    }
    do throws(ProviderError) { return try await addressGuard.addresses(of: address).first } catch {
      throw error.unsent
    }
  }
}
