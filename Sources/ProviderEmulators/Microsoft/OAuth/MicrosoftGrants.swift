import Foundation

/// Authorization codes, refresh tokens and access tokens, with the consents they belong to.
struct MicrosoftGrants {
  /// A consent, valid until it is revoked.
  struct Grant: Codable, Sendable {
    var id: String
    var account: String
    var scopes: [String]
    /// The refresh token; nil without offline access.
    var refreshToken: String?
    /// The earlier refresh tokens, which remain valid for their lifetime.
    var superseded: [String] = []
    var isRevoked = false
  }

  /// An authorization code that has not been redeemed.
  struct Code {
    var grant: String
    var redirectURI: String
    var challenge: String?
    var isHashed: Bool
    var expires: Date
  }

  private struct Access {
    var grant: String
    var expires: Date
  }

  private(set) var grants: [String: Grant] = [:]
  private var codes: [String: Code] = [:]
  private var accesses: [String: Access] = [:]
  /// The lifetime of an access token in seconds; Microsoft's is about an hour.
  static let accessLifetime = 3599
  private static let limit = 10_000

  mutating func restore(_ grant: Grant) {
    grants[grant.id] = grant
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
      accesses[token] = Access(grant: grant, expires: now.addingTimeInterval(Double(Self.accessLifetime)))
    }
  }

  func grant(ofAccess token: String, at now: Date) -> Grant? {
    guard let access = accesses[token], access.expires > now else { return nil }
    return grants[access.grant].flatMap { $0.isRevoked ? nil : $0 }
  }

  func grant(ofRefresh token: String) -> Grant? {
    grants.values.first {
      ($0.refreshToken == token || $0.superseded.contains(token)) && !$0.isRevoked
    }
  }

  /// Gives a grant its next refresh token; earlier ones remain valid for their lifetime.
  mutating func rotate(_ id: String, to token: String) -> Grant? {
    guard var grant = grants[id] else { return nil }
    grant.superseded = Array((grant.superseded + [grant.refreshToken].compactMap { $0 }).suffix(50))
    grant.refreshToken = token
    grants[id] = grant
    return grant
  }

  /// Revokes the consents of an account, and returns them.
  mutating func revoke(of account: String) -> [Grant] {
    let ended = grants.values.filter { $0.account == account && !$0.isRevoked }.map { grant in
      var grant = grant
      grant.isRevoked = true
      return grant
    }
    for grant in ended { grants[grant.id] = grant }
    return ended
  }

  /// Expires every refresh token that was replaced, and returns the grants that lost some.
  mutating func expireSuperseded() -> [Grant] {
    let changed = grants.values.filter { !$0.superseded.isEmpty }.map { grant in
      var grant = grant
      grant.superseded = []
      return grant
    }
    for grant in changed { grants[grant.id] = grant }
    return changed
  }

  /// Expires every access token, as an hour would.
  mutating func expireAccess() {
    accesses = [:]
  }

  /// Adds the consents given before the emulator started; revoked or rotated ones stay so.
  mutating func seed(_ accounts: [EmulatorAccount]) {
    for account in accounts {
      let id = "seeded:\(account.email)"
      guard grants[id] == nil else { continue }
      restore(
        Grant(
          id: id,
          account: account.email,
          scopes: account.grantedScopes.map(MicrosoftScope.short),
          refreshToken: account.refreshToken
        )
      )
    }
  }
}
