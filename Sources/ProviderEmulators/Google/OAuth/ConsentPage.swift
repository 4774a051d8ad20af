/// The texts of Google's consent page.
enum ConsentPage {
  static func page(_ wish: ConsentRequest, accounts: [EmulatorAccount]) -> String {
    AccountPage(
      title: "Choose an account",
      permissions: "The application wants to",
      allow: "Allow",
      deny: "Cancel",
      action: "/o/oauth2/v2/auth"
    ).html(
      accounts: accounts,
      scopes: wish.scopes.filter { !GoogleScope.identity.contains($0) },
      items: wish.items
    )
  }

  static func refusal(_ code: String) -> String {
    HTMLPage.document("Access blocked", "<h1>Access blocked</h1><p>Error 400: \(HTMLPage.escaped(code))</p>")
  }
}
