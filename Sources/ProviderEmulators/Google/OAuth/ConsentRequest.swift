import Foundation

/// An application's request for a person's consent.
struct ConsentRequest {
  var redirectURI: String
  var state: String?
  var scopes: [String]
  var challenge: String?
  var isHashed: Bool
  var isOffline: Bool
  var asksConsent: Bool
  var loginHint: String?
  /// The error that is returned to the application instead of asking the person.
  var error: String?
  /// The request's parameters, to be sent again with the decision.
  var items: [EmulatorRequest.QueryItem]

  struct Refusal: Error {
    var code: String
  }

  /// Reads a request; fails at once if its redirect address is not to be trusted.
  static func read(
    _ items: [EmulatorRequest.QueryItem],
    clientID: String
  ) -> Result<ConsentRequest, Refusal> {
    func value(_ name: String) -> String? { items.last { $0.name == name }?.value }
    guard value("client_id") == clientID else { return .failure(Refusal(code: "invalid_client")) }
    // Redirects go to this machine only: the emulator must not become an open redirect.
    guard let redirect = value("redirect_uri"), let url = URLComponents(string: redirect),
      ["http", "https"].contains(url.scheme ?? ""), url.fragment == nil,
      ["127.0.0.1", "localhost", "[::1]", "::1"].contains(url.host ?? "")
    else { return .failure(Refusal(code: "redirect_uri_mismatch")) }
    let names = (value("scope") ?? "").split(separator: " ").map(String.init)
    var wish = ConsentRequest(
      redirectURI: redirect,
      state: value("state"),
      scopes: names.reduce(into: []) { list, scope in if !list.contains(scope) { list.append(scope) } },
      challenge: value("code_challenge"),
      isHashed: value("code_challenge_method") == "S256",
      isOffline: value("access_type") == "offline",
      asksConsent: (value("prompt") ?? "").split(separator: " ").contains("consent"),
      loginHint: value("login_hint"),
      items: items.filter { sent.contains($0.name) }
    )
    if value("response_type") != "code" { wish.error = "unsupported_response_type" }
    if wish.scopes.isEmpty { wish.error = "invalid_scope" }
    if let method = value("code_challenge_method"), !["S256", "plain"].contains(method) {
      wish.error = "invalid_request"
    }
    return .success(wish)
  }

  private static let sent: Set = [
    "client_id", "redirect_uri", "state", "scope", "code_challenge", "code_challenge_method", "access_type",
    "prompt", "response_type", "include_granted_scopes",
  ]

  /// The redirect URL with an answer; the application's own query is kept.
  func redirect(_ answer: [String: String]) -> String {
    var answer = answer
    answer["state"] = state
    let added = answer.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.encoded($0.value))" }
    return redirectURI + (redirectURI.contains("?") ? "&" : "?") + added.joined(separator: "&")
  }

  private static func encoded(_ text: String) -> String {
    let unreserved = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
    return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }
}
