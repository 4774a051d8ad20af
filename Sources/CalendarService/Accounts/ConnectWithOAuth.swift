package import CalendarCore
import Crypto
import Foundation

/// Connects an account by OAuth: the browser leaves with an address from `start`, and comes back to `complete`.
///
/// The data that has to survive the redirects (member, provider, PKCE verifier) travels in `state`, sealed under the
/// encryption key and good for ten minutes, so that any node can complete it and nobody can forge it. The caller's
/// member must be the one who started.
package struct ConnectWithOAuth: Sendable {
  private struct State: Codable {
    var provider: String
    var member: String
    var verifier: String
    var expires: Date
  }

  let providers: AccountProviderRegistry
  let store: StoreConnection
  /// The first one seals.
  let keys: [SymmetricKey]
  let clock: WallClock

  /// The address that the browser must open.
  package func start(
    _ providerID: AccountProviderID,
    redirectURL: String,
    caller: Caller
  ) async throws -> String {
    let member = try await store.database.read(caller.workspaceID) { reader in
      try reader.members.flags().require()
      return try reader.members.find(caller.memberID)
    }
    guard let provider = providers[providerID] as? any ConnectsWithOAuth else {
      throw InvalidInput("provider", Messages.Accounts.noSignInPage)
    }
    let verifier = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64URLEncodedString() }
    let state = State(
      provider: providerID.rawValue,
      member: caller.memberID.description,
      verifier: verifier,
      expires: clock.now.addingTimeInterval(600)
    )
    let sealed = try AES.GCM.seal(JSONEncoder().encode(state), using: keys[0]).combined ?? Data()
    return provider.authorizationURL(
      OAuthAuthorizationRequest(
        redirectURL: redirectURL,
        state: sealed.base64URLEncodedString(),
        codeChallenge: Data(SHA256.hash(data: Data(verifier.utf8))).base64URLEncodedString(),
        loginHint: member?.email.rawValue
      )
    )
  }

  /// Takes what the provider sent the browser back with.
  package func complete(
    providerName: String,
    state: String,
    code: String,
    redirectURL: String,
    caller: Caller
  ) async throws -> ConnectedAccount {
    let flags = try await store.database.read(caller.workspaceID) { try $0.members.flags() }
    try flags.require()
    guard let sealed = Data(base64URLEncoded: state),
      let box = try? AES.GCM.SealedBox(combined: sealed),
      let plain = keys.lazy.compactMap({ try? AES.GCM.open(box, using: $0) }).first,
      let state = try? JSONDecoder().decode(State.self, from: plain),
      state.provider.lowercased() == providerName.lowercased(),
      state.member == caller.memberID.description,
      state.expires > clock.now,
      let provider = providers[AccountProviderID(rawValue: state.provider)] as? any ConnectsWithOAuth
    else { throw Self.expired("state") }
    let found: AccountConnection
    do {
      found = try await provider.connect(
        code: code,
        codeVerifier: state.verifier,
        redirectURL: redirectURL
      )
    } catch .authExpired {
      // The code was used before, or came too late (RFC 6749 §5.2, invalid_grant).
      throw Self.expired("code")
    } catch {
      throw ConnectionFailure(error, field: nil)
    }
    return try await store(found, provider: provider.accountProviderID, caller: caller)
  }

  /// Whether the person let us write: they can untick that, and the account is stored all the same.
  package func canWrite(_ account: ConnectedAccount) -> Bool {
    providers[account.provider]?.canWrite(account) ?? false
  }

  private static func expired(_ field: String) -> InvalidInput {
    InvalidInput(field, Messages.Accounts.attemptExpired)
  }
}
