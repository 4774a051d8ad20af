/// The person and the client who make a call.
struct GoogleCaller {
  var account: EmulatorAccount
  var scopes: [String]
  /// The consent that the access token comes from; nil for a script's token.
  var grant: String?
  /// The OAuth client, or the word `script`.
  var client: String

  var owner: ChannelOwner { ChannelOwner(account: account.email, client: client) }
}
