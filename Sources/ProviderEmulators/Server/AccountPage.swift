/// The page on which a person chooses an account and unchecks permissions, in a vendor's words.
struct AccountPage {
  var title: String
  /// The heading of the permissions.
  var permissions: String
  var allow: String
  var deny: String
  /// The URL that receives the answer.
  var action: String

  /// The page's HTML; `items` are the request's own parameters, which are sent with the answer.
  func html(
    accounts: [EmulatorAccount],
    scopes: [String],
    items: [EmulatorRequest.QueryItem]
  ) -> String {
    let people = accounts.enumerated().map { index, account in
      """
      <label><input type="radio" name="account" value="\(HTMLPage.escaped(account.email))"\(index == 0 ? " checked" : "")>
      \(HTMLPage.escaped(account.displayName)) <small>\(HTMLPage.escaped(account.email))</small></label>
      """
    }
    let boxes = scopes.map { scope in
      """
      <label><input type="checkbox" name="granted" value="\(HTMLPage.escaped(scope))" checked> \(HTMLPage.escaped(scope))</label>
      """
    }
    let hidden = items.map { item in
      "<input type=\"hidden\" name=\"\(HTMLPage.escaped(item.name))\" value=\"\(HTMLPage.escaped(item.value))\">"
    }
    return HTMLPage.document(
      "Sign in",
      """
      <h1>\(title)</h1>
      <p>This is an emulator: nothing leaves this machine.</p>
      <form method="post" action="\(HTMLPage.escaped(action))">
      \(hidden.joined(separator: "\n"))
      <fieldset><legend>Account</legend>\(people.joined(separator: "\n"))</fieldset>
      <fieldset><legend>\(permissions)</legend>\(boxes.joined(separator: "\n"))</fieldset>
      <button name="decision" value="allow">\(allow)</button>
      <button name="decision" value="deny">\(deny)</button>
      </form>
      """
    )
  }
}
