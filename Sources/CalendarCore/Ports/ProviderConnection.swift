/// How an account of a provider is connected; decides what the settings page offers.
package enum ProviderConnection: String, Sendable, CaseIterable {
  case oauth = "OAUTH"
  /// With what the driver's form asks for.
  case form = "FORM"
  /// Nothing to connect: every member has it.
  case builtIn = "BUILT_IN"
}
