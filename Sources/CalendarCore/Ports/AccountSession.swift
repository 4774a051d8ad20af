/// One account's way to its provider: the account, its secrets, and where renewed secrets go.
///
/// A driver is handed this and nothing else, so that it cannot reach another account's credentials.
package struct AccountSession: Sendable {
  package let account: ConnectedAccount
  private let load: @Sendable () async throws -> Credentials
  private let save: @Sendable (Credentials) async throws -> Void
  private let claim: @Sendable () async throws -> Bool
  private let release: @Sendable () async throws -> Void

  /// `claim` says whether nobody else renews the secrets now, and that is this caller's part until `save` or `release`.
  package init(
    account: ConnectedAccount,
    load: @escaping @Sendable () async throws -> Credentials,
    save: @escaping @Sendable (Credentials) async throws -> Void,
    claim: @escaping @Sendable () async throws -> Bool = { true },
    release: @escaping @Sendable () async throws -> Void = {}
  ) {
    self.account = account
    self.load = load
    self.save = save
    self.claim = claim
    self.release = release
  }

  /// Whether the renewal of the secrets is this caller's: of all processes, one at a time.
  ///
  /// Ends with `replaceCredentials` or `giveUpRenewal`, and by itself when the process dies.
  package func claimRenewal() async throws(ProviderError) -> Bool {
    do { return try await claim() } catch {
      throw .unavailable(reason: Messages.renewalNotClaimed(error))
    }
  }

  /// Lets others renew; a claim that cannot be ended ends by itself.
  package func giveUpRenewal() async { try? await release() }

  /// The secrets as stored now.
  package func credentials() async throws(ProviderError) -> Credentials {
    do { return try await load() } catch {
      throw .unavailable(reason: Messages.credentialsUnreadable(error))
    }
  }

  /// Stores renewed secrets before they are used, so that a rotated refresh token is never lost.
  package func replaceCredentials(_ credentials: Credentials) async throws(ProviderError) {
    do { try await save(credentials) } catch {
      throw .unavailable(reason: Messages.credentialsNotStored(error))
    }
  }
}
