import Foundation

/// Authorization codes, refresh tokens and access tokens, with the consents they belong to.
struct GoogleGrants {
  /// A consent, valid until it is revoked.
  struct Grant: Codable, Sendable {
    var id: String
    var account: String
    var scopes: [String]
    var refreshToken: String
    var isRevoked = false
  }

  /// An authorization code that has not been redeemed.
  struct Code {
    var grant: String
    var clientID: String
    var redirectURI: String
    var challenge: String?
    var isHashed: Bool
    var givesRefreshToken: Bool
    var expires: Date
  }

  struct Access {
    var grant: String
    var expires: Date
  }

  private(set) var grants: [String: Grant] = [:]
  private var codes: [String: Code] = [:]
  private var accesses: [String: Access] = [:]
  /// The lifetime of an access token in seconds; Google's is 3599.
  var accessLifetime = 3599
  private static let limit = 10_000

  mutating func restore(_ grant: Grant) {
    grants[grant.id] = grant
  }

  func hasConsent(of account: String) -> Bool {
    grants.values.contains { $0.account == account && !$0.isRevoked }
  }

  mutating func addCode(_ code: Code, named name: String, at now: Date) {
    codes = codes.filter { $0.value.expires > now }
    if codes.count < Self.limit { codes[name] = code }
  }

  /// Redeems a code, once: the second use returns nil.
  mutating func redeem(_ name: String, at now: Date) -> Code? {
    guard let code = codes.removeValue(forKey: name), code.expires > now else { return nil }
    return code
  }

  mutating func issueAccess(to grant: String, token: String, at now: Date) {
    accesses = accesses.filter { $0.value.expires > now }
    if accesses.count < Self.limit {
      accesses[token] = Access(grant: grant, expires: now.addingTimeInterval(Double(accessLifetime)))
    }
  }

  func grant(ofAccess token: String, at now: Date) -> Grant? {
    guard let access = accesses[token], access.expires > now else { return nil }
    return grants[access.grant].flatMap { $0.isRevoked ? nil : $0 }
  }

  func grant(ofRefresh token: String) -> Grant? {
    grants.values.first { $0.refreshToken == token && !$0.isRevoked }
  }

  /// Ends the grant to which an access or a refresh token belongs.
  mutating func revoke(_ token: String, at now: Date) -> Grant? {
    guard var grant = grant(ofAccess: token, at: now) ?? grant(ofRefresh: token) else { return nil }
    grant.isRevoked = true
    grants[grant.id] = grant
    accesses = accesses.filter { $0.value.grant != grant.id }
    return grant
  }

  /// Expires every access token, as an hour would.
  mutating func expireAccess() {
    accesses = [:]
  }
}

extension GoogleGrants {
  /// Adds the consents given before the emulator started; a revoked one stays revoked.
  mutating func seed(_ accounts: [EmulatorAccount]) {
    for account in accounts {
      let id = "seeded:\(account.email)"
      guard grants[id]?.refreshToken != account.refreshToken else { continue }
      restore(
        Grant(
          id: id,
          account: account.email,
          scopes: account.grantedScopes,
          refreshToken: account.refreshToken
        )
      )
    }
  }
}
