import Crypto
import Foundation
import JSONModel
import Synchronization

/// Zoom's sign-in: consent, tokens, revocation.
extension ZoomEmulator {
  /// The consent page, the person's decision, or an immediate redirect when `login_hint` names an account, as for a
  /// person who is signed in and has already consented to the application.
  func authorize(_ request: EmulatorRequest) -> EmulatorResponse {
    let wish: ConsentRequest
    switch ConsentRequest.read(request.method == "POST" ? request.form : request.query, clientID: clientID) {
    case .success(let value): wish = value
    case .failure:
      return .html(HTMLPage.document("Invalid", "<h1>Invalid client or redirect</h1>"), status: 400)
    }
    if let error = wish.error { return .redirect(to: wish.redirect(["error": error])) }
    if request.method == "POST" { return decide(wish, request.form) }
    if let hint = wish.loginHint, let account = accounts.first(where: { $0.email == hint.lowercased() }) {
      return consent(wish, account, scopes: wish.scopes.filter { account.grantedScopes.contains($0) })
    }
    let page = AccountPage(
      title: "Sign in",
      permissions: "The application wants to",
      allow: "Allow",
      deny: "Decline",
      action: "/oauth/authorize"
    )
    return .html(page.html(accounts: accounts, scopes: wish.scopes, items: wish.items))
  }

  private func decide(_ wish: ConsentRequest, _ form: [EmulatorRequest.QueryItem]) -> EmulatorResponse {
    let email = form.last { $0.name == "account" }?.value ?? ""
    guard form.contains(where: { $0.name == "decision" && $0.value == "allow" }),
      let account = accounts.first(where: { $0.email == email.lowercased() })
    else { return .redirect(to: wish.redirect(["error": "access_denied"])) }
    let ticked = form.filter { $0.name == "granted" }.map(\.value)
    return consent(wish, account, scopes: wish.scopes.filter { ticked.contains($0) })
  }

  private func consent(_ wish: ConsentRequest, _ account: EmulatorAccount, scopes: [String])
    -> EmulatorResponse
  {
    let name = identifiers()
    let grant = ZoomGrant(
      id: identifiers(),
      account: account.email,
      scopes: scopes,
      refreshToken: "zr." + identifiers()
    )
    state.withLock { state in
      state.grants[grant.id] = grant
      remember(grant: grant)
      state.codes[name] = ZoomCode(
        grant: grant.id,
        redirectURI: wish.redirectURI,
        challenge: wish.challenge,
        expires: clock().addingTimeInterval(600)
      )
    }
    return .redirect(to: wish.redirect(["code": name]))
  }

  func token(_ request: EmulatorRequest) -> EmulatorResponse {
    guard isClient(request) else {
      return Self.refusal("invalid_client", "Invalid client_id or client_secret", 401)
    }
    let form = Dictionary(request.form.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    return state.withLock { state in
      switch form["grant_type"] {
      case "authorization_code":
        guard let code = state.codes.removeValue(forKey: form["code"] ?? ""), code.expires > clock(),
          code.redirectURI == form["redirect_uri"], Self.fits(form["code_verifier"], code.challenge),
          let grant = state.grants[code.grant], !grant.isRevoked
        else { return Self.refusal("invalid_grant", "Invalid authorization code") }
        return issue(grant, &state)
      case "refresh_token":
        // A used token is no better than a wrong one.
        guard
          let grant = state.grants.values.first(where: {
            $0.refreshToken == form["refresh_token"] && !$0.isRevoked
          })
        else { return Self.refusal("invalid_grant", "Invalid Token!") }
        return issue(grant, &state)
      default: return Self.refusal("unsupported_grant_type", "Invalid grant_type")
      }
    }
  }

  func revoke(_ request: EmulatorRequest) -> EmulatorResponse {
    guard isClient(request) else {
      return Self.refusal("invalid_client", "Invalid client_id or client_secret", 401)
    }
    let token = request.form.last { $0.name == "token" }?.value ?? ""
    return state.withLock { state in
      guard var grant = state.grant(ofAccess: token, at: clock()) else {
        return Self.refusal("invalid_token", "Invalid token")
      }
      grant.isRevoked = true
      state.grants[grant.id] = grant
      remember(grant: grant)
      return .json(["status": "success"])
    }
  }

  /// Issues an access token and the next refresh token.
  private func issue(_ old: ZoomGrant, _ state: inout ZoomState) -> EmulatorResponse {
    var grant = old
    grant.refreshToken = "zr." + identifiers()
    state.grants[grant.id] = grant
    remember(grant: grant)
    let token = "za." + identifiers()
    state.accesses[token] = (grant.id, clock().addingTimeInterval(3600))
    return .json(
      [
        "access_token": .string(token), "token_type": "bearer", "expires_in": 3600,
        "refresh_token": .string(grant.refreshToken), "scope": .string(grant.scopes.joined(separator: " ")),
        "api_url": "https://api.zoom.us",
      ],
      headers: ["Cache-Control": "no-store"]
    )
  }

  private func isClient(_ request: EmulatorRequest) -> Bool {
    guard let header = request.headers["authorization"], header.hasPrefix("Basic "),
      let data = Data(base64Encoded: String(header.dropFirst(6)))
    else { return false }
    return String(decoding: data, as: UTF8.self) == "\(clientID):\(clientSecret)"
  }

  private static func fits(_ verifier: String?, _ challenge: String?) -> Bool {
    guard let challenge else { return true }
    return verifier.map { Data(SHA256.hash(data: Data($0.utf8))).base64URL == challenge } ?? false
  }

  private static func refusal(_ code: String, _ reason: String, _ status: Int = 400) -> EmulatorResponse {
    .json(
      ["error": .string(code), "reason": .string(reason)],
      status: status,
      headers: ["Cache-Control": "no-store"]
    )
  }
}
