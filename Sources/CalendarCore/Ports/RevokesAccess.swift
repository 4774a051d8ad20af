/// A provider that can be told that its access is no longer needed.
package protocol RevokesAccess: AccountProvider {
  /// Gives back what was granted; access that is already gone is not an error.
  func revokeAccess(session: AccountSession) async throws(ProviderError)
}
