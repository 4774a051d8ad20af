import Foundation

/// Who let which application do what: codes, refresh tokens, access tokens.
struct MicrosoftGrants {
  /// A consent that lasts until it is revoked.
  struct Grant: Codable, Sendable {
    var id: String
    var account: String
    var scopes: [String]
    /// Nil when offline access was not asked for.
    var refreshToken: String?
    /// Those before it, which go on working for their time.
    var superseded: [String] = []
    var isRevoked = false
  }

  /// A consent on its way through the browser.
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
  /// Lifetime of an access token in seconds; Microsoft's is about an hour.
  static let accessLifetime = 3599
  private static let limit = 10_000

  mutating func restore(_ grant: Grant) {
    grants[grant.id] = grant
  }

  mutating func addCode(_ code: Code, named name: String, at now: Date) {
    codes = codes.filter { $0.value.expires > now }
    if codes.count < Self.limit { codes[name] = code }
  }

  /// The code, once: a second use finds nothing.
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

  /// Gives a grant its next refresh token; those before it stay good for their time.
  mutating func rotate(_ id: String, to token: String) -> Grant? {
    guard var grant = grants[id] else { return nil }
    grant.superseded = Array((grant.superseded + [grant.refreshToken].compactMap { $0 }).suffix(50))
    grant.refreshToken = token
    grants[id] = grant
    return grant
  }

  /// Ends the consents of an account, and returns them.
  mutating func revoke(of account: String) -> [Grant] {
    let ended = grants.values.filter { $0.account == account && !$0.isRevoked }.map { grant in
      var grant = grant
      grant.isRevoked = true
      return grant
    }
    for grant in ended { grants[grant.id] = grant }
    return ended
  }

  /// Ends every refresh token that was followed by another, and returns the grants that lost some.
  mutating func expireSuperseded() -> [Grant] {
    let changed = grants.values.filter { !$0.superseded.isEmpty }.map { grant in
      var grant = grant
      grant.superseded = []
      return grant
    }
    for grant in changed { grants[grant.id] = grant }
    return changed
  }

  /// Lets every access token lapse, as an hour would.
  mutating func expireAccess() {
    accesses = [:]
  }

  /// The consents given before the emulator started; one that was revoked or rotated stays so.
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
