/// One account's way to its provider: the account, its secrets, and where renewed secrets go.
///
/// A driver is handed this and nothing else, so that it cannot reach another account's credentials.
package struct AccountSession: Sendable {
  package let account: ConnectedAccount
  private let load: @Sendable () async throws -> Credentials
  private let save: @Sendable (Credentials) async throws -> Void

  package init(
    account: ConnectedAccount,
    load: @escaping @Sendable () async throws -> Credentials,
    save: @escaping @Sendable (Credentials) async throws -> Void
  ) {
    (self.account, self.load, self.save) = (account, load, save)
  }

  /// The secrets as stored now.
  package func credentials() async throws(ProviderError) -> Credentials {
    do { return try await load() } catch {
      throw .unavailable(reason: "The account's credentials cannot be read: \(type(of: error))")
    }
  }

  /// Stores renewed secrets before they are used, so that a rotated refresh token is never lost.
  package func replaceCredentials(_ credentials: Credentials) async throws(ProviderError) {
    do { try await save(credentials) } catch {
      throw .unavailable(reason: "The account's credentials cannot be stored: \(type(of: error))")
    }
  }
}
