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

    package init(
      serverURL: String,
      username: String,
      password: String,
      handle: String? = nil,
      mailServerURL: String? = nil
    ) {
      self.mailServerURL = mailServerURL
      (self.serverURL, self.username) = (serverURL, username)
      (self.password, self.handle) = (password, handle)
    }
  }

  let providers: AccountProviderRegistry
  let mail: MailTransportRegistry
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
    if let server = input.mailServerURL?.trimmed, !server.isEmpty {
      let (credentials, parameters) = try await checkMailServer(server, input)
      found.credentials.values.merge(credentials) { _, new in new }
      found.parameters.merge(parameters) { _, new in new }
    }
    return try await store(found, provider: provider.accountProviderID, caller: caller)
  }
}

extension ConnectServerAccount {
  /// Signs in at the mail server, so that a mistake is told while the person is there to mend it.
  private func checkMailServer(
    _ address: String,
    _ input: Input
  ) async throws -> (credentials: [String: String], parameters: [String: String]) {
    guard address.utf8.count <= 2048, let transport = mail.serverChecking else {
      throw InvalidInput("smtpUrl", "Mail servers cannot be used here.")
    }
    do {
      return try await transport.check(server: address, login: (input.username, input.password))
    } catch {
      let reason =
        switch error {
        case .rejected(let reason): reason
        case .authExpired: "The mail server refused this user name and password."
        default: "The mail server cannot be reached at this address. Check it, or try again later."
        }
      throw InvalidInput("smtpUrl", reason)
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
