/// The texts of Microsoft's sign-in page.
enum SignInPage {
  static func page(_ wish: SignInRequest, tenant: String, accounts: [EmulatorAccount]) -> String {
    AccountPage(
      title: "Pick an account",
      permissions: "Permissions requested",
      allow: "Accept",
      deny: "Cancel",
      action: "/\(tenant)/oauth2/v2.0/authorize"
    ).html(
      accounts: accounts,
      scopes: wish.scopes.filter { !MicrosoftScope.identity.contains($0) },
      items: wish.items
    )
  }

  static func refusal(_ error: SignInError) -> String {
    HTMLPage.document("Sign in", "<h1>Sorry</h1><p>\(HTMLPage.escaped(error.description))</p>")
  }
}
