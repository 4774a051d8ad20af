package import CalendarCore
import Foundation

/// Connects an account by its server's address and a password.
package struct ConnectServerAccount: Sendable {
  /// What the person typed.
  package struct Input: Sendable {
    package var serverURL: String
    package var username: String
    package var password: String
    /// The calendar's mail address; nil when the user name is it.
    package var handle: String?
    /// The server that takes the account's mail; nil for the program's own, if it has one.
    package var mailServerURL: String?
    /// The server where the account's mail arrives, to be looked into for answers; nil for none.
    package var inboxURL: String?

    package init(
      serverURL: String,
      username: String,
      password: String,
      handle: String? = nil,
      mailServerURL: String? = nil,
      inboxURL: String? = nil
    ) {
      (self.mailServerURL, self.inboxURL) = (mailServerURL, inboxURL)
      (self.serverURL, self.username) = (serverURL, username)
      (self.password, self.handle) = (password, handle)
    }
  }

  let providers: AccountProviderRegistry
  let mail: MailTransportRegistry
  let inboxes: MailInboxRegistry
  let store: StoreConnection

  package func callAsFunction(_ input: Input, caller: Caller) async throws -> ConnectedAccount {
    let flags = try await store.database.read(caller.workspaceID) { try $0.flags() }
    try flags.require()
    guard let handle = EmailAddress(input.handle ?? input.username) else {
      throw InvalidInput("handle", "Enter the mail address that this calendar belongs to.")
    }
    let address = input.serverURL.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !address.isEmpty, address.utf8.count <= 2048 else {
      throw InvalidInput("serverUrl", "Enter the address of the calendar server.")
    }
    guard !input.username.isEmpty, input.username.utf8.count <= 512, !input.username.contains("\n") else {
      throw InvalidInput("username", "Enter the user name.")
    }
    guard !input.password.isEmpty, input.password.utf8.count <= 1024 else {
      throw InvalidInput("password", "Enter the password.")
    }
    let provider = providers.providers.lazy.compactMap { $0 as? any ConnectsWithServerLogin }.first
    guard let provider else { throw AccessError.notFound(what: "This kind of account", field: nil) }
    var found: AccountConnection
    do {
      found = try await provider.connect(
        serverURL: address,
        username: input.username,
        password: input.password,
        handle: handle
      )
    } catch {
      throw ConnectionFailure(error)
    }
    let servers = [
      ("smtpUrl", input.mailServerURL, mail.serverChecking),
      ("imapUrl", input.inboxURL, inboxes.serverChecking),
    ]
    for case (let field, let address?, let checker) in servers where !address.trimmed.isEmpty {
      let kept = try await check(address.trimmed, checker, input, field: field)
      found.credentials.values.merge(kept.credentials) { _, new in new }
      found.parameters.merge(kept.parameters) { _, new in new }
    }
    return try await store(found, provider: provider.accountProviderID, caller: caller)
  }
}

extension ConnectServerAccount {
  /// Signs in at the mail server, so that a mistake is told while the person is there to mend it.
  private func check(
    _ address: String,
    _ checker: (any ChecksMailServer)?,
    _ input: Input,
    field: String
  ) async throws -> AccountMailServer {
    guard address.utf8.count <= 2048, let checker else {
      throw InvalidInput(field, "Mail servers cannot be used here.")
    }
    do {
      return try await checker.check(server: address, login: (input.username, input.password))
    } catch {
      let reason =
        switch error {
        case .rejected(let reason): reason
        case .authExpired: "The mail server refused this user name and password."
        default: "The mail server cannot be reached at this address. Check it, or try again later."
        }
      throw InvalidInput(field, reason)
    }
  }
}

/// Why an account could not be connected.
package struct ConnectionFailure: UseCaseError {
  let cause: ProviderError

  init(_ cause: ProviderError) { self.cause = cause }

  package var code: ErrorCode {
    switch cause {
    case .authExpired, .rejected, .forbidden, .notFound, .gone, .conflict: .validationFailed
    case .rateLimited, .unavailable, .malformedReply: .providerUnavailable
    }
  }

  package var message: String {
    switch cause {
    case .authExpired: "The server refused this user name and password."
    case .rejected(let reason): reason
    case .forbidden: "The server does not let this user see calendars."
    case .notFound, .gone: "There is no calendar at this address."
    case .conflict: "The server reports a conflict. Try again."
    case .rateLimited: "The server asks us to wait. Try again in a few minutes."
    case .unavailable: "The server cannot be reached at this address. Check it, or try again later."
    case .malformedReply: "What answers at this address does not speak a calendar server's language."
    }
  }

  package var field: String? {
    switch cause {
    case .authExpired: "password"
    default: "serverUrl"
    }
  }
}
