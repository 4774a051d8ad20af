/// A person whose calendar an emulator keeps.
package struct EmulatorAccount: Sendable {
  package var email: String
  package var displayName: String
  /// The IANA zone of the person's calendar.
  package var timeZone: String
  /// A token that never expires, for scripts that inspect the account.
  package var bearerToken: String
  /// A refresh token granted before the emulator started, so that an account can be seeded as connected.
  package var refreshToken: String
  /// The scopes that the person grants; consent without a page grants no others.
  package var grantedScopes: [String]
  package var allowsMeet: Bool
  package var allowsTeams: Bool

  package init(
    email: String,
    displayName: String,
    timeZone: String = "UTC",
    bearerToken: String,
    refreshToken: String,
    grantedScopes: [String],
    allowsMeet: Bool = true,
    allowsTeams: Bool = true
  ) {
    self.email = email.lowercased()
    self.displayName = displayName
    self.timeZone = timeZone
    self.bearerToken = bearerToken
    self.refreshToken = refreshToken
    self.grantedScopes = grantedScopes
    self.allowsMeet = allowsMeet
    self.allowsTeams = allowsTeams
  }
}
