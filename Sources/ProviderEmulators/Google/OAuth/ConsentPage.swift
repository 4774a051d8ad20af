/// The page on which a person chooses an account and unticks what they do not want to allow.
enum ConsentPage {
  static func page(_ wish: ConsentRequest, accounts: [EmulatorAccount]) -> String {
    let people = accounts.enumerated().map { index, account in
      """
      <label><input type="radio" name="account" value="\(escaped(account.email))"\(index == 0 ? " checked" : "")>
      \(escaped(account.displayName)) <small>\(escaped(account.email))</small></label>
      """
    }
    let scopes = wish.scopes.filter { !GoogleScope.identity.contains($0) }.map { scope in
      """
      <label><input type="checkbox" name="granted" value="\(escaped(scope))" checked> \(escaped(scope))</label>
      """
    }
    let hidden = wish.items.map { item in
      "<input type=\"hidden\" name=\"\(escaped(item.name))\" value=\"\(escaped(item.value))\">"
    }
    return document(
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
    document("Access blocked", "<h1>Access blocked</h1><p>Error 400: \(escaped(code))</p>")
  }

  private static func document(_ title: String, _ content: String) -> String {
    """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>\(title)</title>
    <style>body{font:16px/1.5 sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}label{display:block}
    fieldset{margin:1rem 0}button{font:inherit;padding:.4rem 1rem}</style></head>
    <body>\(content)</body></html>
    """
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }
}
