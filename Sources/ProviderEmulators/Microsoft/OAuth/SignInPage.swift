/// The page on which a person chooses an account and unticks what they do not want to allow.
enum SignInPage {
  static func page(_ wish: SignInRequest, tenant: String, accounts: [EmulatorAccount]) -> String {
    let people = accounts.enumerated().map { index, account in
      """
      <label><input type="radio" name="account" value="\(HTMLPage.escaped(account.email))"\(index == 0 ? " checked" : "")>
      \(HTMLPage.escaped(account.displayName)) <small>\(HTMLPage.escaped(account.email))</small></label>
      """
    }
    let scopes = wish.scopes.filter { !MicrosoftScope.identity.contains($0) }.map { scope in
      """
      <label><input type="checkbox" name="granted" value="\(HTMLPage.escaped(scope))" checked> \(HTMLPage.escaped(scope))</label>
      """
    }
    let hidden = wish.items.map { item in
      "<input type=\"hidden\" name=\"\(HTMLPage.escaped(item.name))\" value=\"\(HTMLPage.escaped(item.value))\">"
    }
    return HTMLPage.document(
      "Sign in",
      """
      <h1>Pick an account</h1>
      <p>This is an emulator: nothing leaves this machine.</p>
      <form method="post" action="/\(HTMLPage.escaped(tenant))/oauth2/v2.0/authorize">
      \(hidden.joined(separator: "\n"))
      <fieldset><legend>Account</legend>\(people.joined(separator: "\n"))</fieldset>
      <fieldset><legend>Permissions requested</legend>\(scopes.joined(separator: "\n"))</fieldset>
      <button name="decision" value="allow">Accept</button>
      <button name="decision" value="deny">Cancel</button>
      </form>
      """
    )
  }

  static func refusal(_ error: SignInError) -> String {
    HTMLPage.document("Sign in", "<h1>Sorry</h1><p>\(HTMLPage.escaped(error.description))</p>")
  }
}
