import Foundation

/// An application's request for a person's consent.
struct SignInRequest {
  var redirectURI: String
  var state: String?
  var scopes: [String]
  var challenge: String?
  var isHashed: Bool
  var isSilent: Bool
  var loginHint: String?
  /// The error that is returned to the application instead of asking the person.
  var error: SignInError?
  /// The request's parameters, to be sent again with the decision.
  var items: [EmulatorRequest.QueryItem]

  private static let sent: Set = [
    "client_id", "redirect_uri", "state", "scope", "code_challenge", "code_challenge_method", "prompt",
    "response_type", "response_mode",
  ]

  /// Reads a request; throws at once if its redirect address is not to be trusted.
  init(_ items: [EmulatorRequest.QueryItem], clientID: String) throws(SignInError) {
    func value(_ name: String) -> String? { items.last { $0.name == name }?.value }
    guard value("client_id") == clientID else {
      throw SignInError(
        "unauthorized_client",
        "AADSTS700016: Application with identifier '\(value("client_id") ?? "")' was not found in the directory."
      )
    }
    // Redirects go to this machine only: the emulator must not become an open redirect.
    guard let redirect = value("redirect_uri"), let url = URLComponents(string: redirect),
      ["http", "https"].contains(url.scheme ?? ""), url.fragment == nil,
      ["127.0.0.1", "localhost", "[::1]", "::1"].contains(url.host ?? "")
    else {
      throw SignInError(
        "invalid_request",
        "AADSTS50011: The redirect URI specified in the request does not match those of the application."
      )
    }
    redirectURI = redirect
    state = value("state")
    let names = (value("scope") ?? "").split(separator: " ").map(String.init)
    scopes = names.reduce(into: []) { list, scope in if !list.contains(scope) { list.append(scope) } }
    challenge = value("code_challenge")
    isHashed = value("code_challenge_method") == "S256"
    isSilent = value("prompt") == "none"
    loginHint = value("login_hint")
    self.items = items.filter { Self.sent.contains($0.name) }
    error = Self.defect(value, scopes)
  }

  private static func defect(_ value: (String) -> String?, _ scopes: [String]) -> SignInError? {
    if value("response_type") != "code" {
      return SignInError("unsupported_response_type", "AADSTS700054: response_type is not enabled.")
    }
    if let mode = value("response_mode"), mode != "query" {
      return SignInError("invalid_request", "AADSTS70007: response_mode '\(mode)' is not emulated.")
    }
    if scopes.isEmpty {
      return SignInError("invalid_request", "AADSTS900144: The request must contain the parameter: 'scope'.")
    }
    if let unknown = scopes.first(where: { !MicrosoftScope.isKnown($0) }) {
      return SignInError("invalid_scope", "AADSTS70011: The scope '\(unknown)' is not valid.")
    }
    if let method = value("code_challenge_method"), !["S256", "plain"].contains(method) {
      return SignInError("invalid_request", "AADSTS501491: Invalid size or method of code challenge.")
    }
    return nil
  }

  /// The redirect URL with an answer; the application's own query is kept.
  func redirect(_ answer: [String: String]) -> EmulatorResponse {
    var answer = answer
    answer["state"] = state
    let added = answer.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.encoded($0.value))" }
    let mark = redirectURI.contains("?") ? "&" : "?"
    return .redirect(to: redirectURI + mark + added.joined(separator: "&"))
  }

  func redirect(_ error: SignInError) -> EmulatorResponse {
    redirect(["error": error.code, "error_description": error.description])
  }

  private static func encoded(_ text: String) -> String {
    let unreserved = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
    return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }
}
