/// The page on which a person chooses an account and unticks what they do not want to allow.
enum ConsentPage {
  static func page(_ wish: ConsentRequest, accounts: [EmulatorAccount]) -> String {
    let people = accounts.enumerated().map { index, account in
      """
      <label><input type="radio" name="account" value="\(HTMLPage.escaped(account.email))"\(index == 0 ? " checked" : "")>
      \(HTMLPage.escaped(account.displayName)) <small>\(HTMLPage.escaped(account.email))</small></label>
      """
    }
    let scopes = wish.scopes.filter { !GoogleScope.identity.contains($0) }.map { scope in
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
      <h1>Choose an account</h1>
      <p>This is an emulator: nothing leaves this machine.</p>
      <form method="post" action="/o/oauth2/v2/auth">
      \(hidden.joined(separator: "\n"))
      <fieldset><legend>Account</legend>\(people.joined(separator: "\n"))</fieldset>
      <fieldset><legend>The application wants to</legend>\(scopes.joined(separator: "\n"))</fieldset>
      <button name="decision" value="allow">Allow</button>
      <button name="decision" value="deny">Cancel</button>
      </form>
      """
    )
  }

  static func refusal(_ code: String) -> String {
    HTMLPage.document("Access blocked", "<h1>Access blocked</h1><p>Error 400: \(HTMLPage.escaped(code))</p>")
  }
}
