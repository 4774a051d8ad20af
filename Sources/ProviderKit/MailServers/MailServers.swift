import CCurl
package import CalendarCore
import Foundation
import Synchronization

/// Conversations with mail servers.
///
/// libcurl blocks: each conversation has a thread of a queue of its own, and ends when its task is cancelled.
package struct MailServers: Sendable {
  private let authorities: String?
  private let addressGuard: AddressGuard

  private static let queue = DispatchQueue(label: "phos.mail", attributes: .concurrent)
  /// Once in a program's life, before the first conversation.
  private static let isReady = phos_curl_begin() == CURLE_OK

  /// `authorities` is a file of certificates to trust in place of the system's.
  package init(authorities: String?, addressGuard: AddressGuard) {
    self.authorities = authorities
    self.addressGuard = addressGuard
  }

  /// Lets `talk` speak with the server on a thread that may block.
  ///
  /// `isMembers` is whether a member named the server: then it passes the guard, and the connection goes to the address
  /// that was checked.
  package func converse<Answer: Sendable>(
    with server: MailServer,
    isMembers: Bool,
    _ talk: @escaping @Sendable (MailServerConnection) throws(ProviderError) -> Answer
  ) async throws(ProviderError) -> Answer {
    let address = isMembers ? try await guardedAddress(of: server) : nil
    let stop = MailServerConnection.Stop()
    let result: Result<Answer, ProviderError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        Self.queue.async { [authorities] in
          continuation.resume(
            returning: Result { () throws(ProviderError) in
              guard Self.isReady,
                let line = MailServerConnection(server, at: address, authorities: authorities, stop: stop)
              else {
                throw .unavailable(reason: Messages.mailLibraryNotStarted, isUnsent: true)
              }
              return try talk(line)
            }
          )
        }
      }
    } onCancel: {
      stop.isAsked.store(true, ordering: .relaxed)
    }
    return try result.get()
  }

  /// Signs in at a server that a member names, and does nothing there: what the account keeps of it.
  ///
  /// `login` is used where the address has none. `ProviderError.rejected` says what is wrong, as a sentence for people.
  package func check(
    _ text: String,
    _ kind: MailServer.Kind,
    login: (username: String, password: String)
  ) async throws(ProviderError) -> AccountMailServer {
    // Read again, without what only an operator may say of a server.
    let secret = MailServer(kind, text)?.signingIn(as: login.username, login.password)?.secretText
    guard let secret, let server = MailServer(kind, secret) else {
      throw .rejected(reason: Messages.mailAddressExample(scheme: kind.rawValue))
    }
    try await converse(with: server, isMembers: true) { line throws(ProviderError) in try line.signIn() }
    return AccountMailServer(
      credentials: [Self.secretKey(kind): secret],
      parameters: [Self.parameter(kind): server.description]
    )
  }

  /// Whether a member named a server of this kind for the account.
  package static func hasOwn(_ kind: MailServer.Kind, _ account: ConnectedAccount) -> Bool {
    account.parameters[parameter(kind)] != nil
  }

  /// The server that a member named, with its login; nil when it is no longer stored.
  package static func own(
    _ kind: MailServer.Kind,
    of session: AccountSession
  ) async throws(ProviderError) -> MailServer? {
    try await session.credentials()[secretKey(kind)].flatMap { MailServer(kind, $0) }
  }

  /// Where an account keeps its server: the address with the login is a secret, the one without is none.
  private static func secretKey(_ kind: MailServer.Kind) -> String { "\(kind.rawValue)URL" }
  private static func parameter(_ kind: MailServer.Kind) -> String { "\(kind.rawValue)Server" }

  private func guardedAddress(of server: MailServer) async throws(ProviderError) -> IPAddress? {
    // A login goes over TLS only: to the guard that is as good as https.
    guard let address = WebAddress("https://\(server.hostInAddresses):\(server.port)/") else {
      throw .rejected(reason: Messages.notAMailServerAddress)
    }
    do throws(ProviderError) { return try await addressGuard.addresses(of: address).first } catch {
      throw error.unsent
    }
  }
}
