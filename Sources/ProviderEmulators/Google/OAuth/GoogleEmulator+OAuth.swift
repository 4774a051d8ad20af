import Crypto
import Foundation
import JSONModel
import Synchronization

/// Google's sign-in: consent, tokens, revocation.
extension GoogleEmulator {
  /// The consent page, the person's decision, or an immediate redirect when `login_hint` names an account.
  func authorize(_ request: EmulatorRequest) -> EmulatorResponse {
    let wish: ConsentRequest
    switch ConsentRequest.read(request.method == "POST" ? request.form : request.query, clientID: clientID) {
    case .success(let value): wish = value
    case .failure(let refusal): return .html(ConsentPage.refusal(refusal.code), status: 400)
    }
    if let error = wish.error { return .redirect(to: wish.redirect(["error": error])) }
    if request.method == "POST" { return decide(wish, request.form) }
    if let hint = wish.loginHint, let account = accounts.first(where: { $0.email == hint.lowercased() }) {
      return consent(wish, account, scopes: wish.scopes.filter { account.grantedScopes.contains($0) })
    }
    return .html(ConsentPage.page(wish, accounts: accounts))
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
    let granted = wish.scopes.filter { scopes.contains($0) || GoogleScope.identity.contains($0) }
      .map(GoogleScope.granted)
    let name = identifiers()
    let now = clock()
    state.withLock { state in
      // A refresh token is issued for offline access, at the first consent or when `prompt` requests consent.
      let isFirst = !state.grants.hasConsent(of: account.email)
      let grant = GoogleGrants.Grant(
        id: identifiers(),
        account: account.email,
        scopes: granted,
        refreshToken: "1//" + identifiers()
      )
      state.grants.restore(grant)
      remember(grant)
      state.grants.addCode(
        GoogleGrants.Code(
          grant: grant.id,
          clientID: clientID,
          redirectURI: wish.redirectURI,
          challenge: wish.challenge,
          isHashed: wish.isHashed,
          givesRefreshToken: wish.isOffline && (isFirst || wish.asksConsent),
          expires: now.addingTimeInterval(600)
        ),
        named: name,
        at: now
      )
    }
    return .redirect(to: wish.redirect(["code": "4/" + name, "scope": granted.joined(separator: " ")]))
  }

  func token(_ request: EmulatorRequest) -> EmulatorResponse {
    let form = Dictionary(request.form.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    guard form["client_id"] ?? basic(request)?.id == clientID,
      form["client_secret"] ?? basic(request)?.secret == clientSecret
    else { return Self.tokenError("invalid_client", "The OAuth client was not found.", status: 401) }
    switch form["grant_type"] {
    case "authorization_code": return exchange(form)
    case "refresh_token":
      guard let token = form["refresh_token"] else {
        return Self.tokenError("invalid_request", "Missing required parameter: refresh_token")
      }
      return state.withLock { state in
        guard let grant = state.grants.grant(ofRefresh: token) else { return Self.expired }
        return issue(grant, &state, withRefreshToken: false)
      }
    case nil: return Self.tokenError("invalid_request", "Missing required parameter: grant_type")
    default: return Self.tokenError("unsupported_grant_type", "Invalid grant_type")
    }
  }

  func revoke(_ request: EmulatorRequest) -> EmulatorResponse {
    let token = (request.form + request.query).first { $0.name == "token" }?.value ?? ""
    return state.withLock { state in
      guard let grant = state.grants.revoke(token, at: clock()) else {
        return Self.tokenError("invalid_token", "Token expired or revoked")
      }
      remember(grant)
      return .json([:])
    }
  }

  private func exchange(_ form: [String: String]) -> EmulatorResponse {
    guard let text = form["code"], let redirectURI = form["redirect_uri"] else {
      return Self.tokenError("invalid_request", "Missing required parameter: code or redirect_uri")
    }
    return state.withLock { state in
      guard text.hasPrefix("4/"), let code = state.grants.redeem(String(text.dropFirst(2)), at: clock()),
        let grant = state.grants.grants[code.grant], !grant.isRevoked
      else { return Self.expired }
      guard code.redirectURI == redirectURI else {
        return Self.tokenError("redirect_uri_mismatch", "Bad Request")
      }
      if let challenge = code.challenge {
        guard let verifier = form["code_verifier"] else {
          return Self.tokenError("invalid_grant", "Missing code verifier.")
        }
        guard Self.challenge(of: verifier, isHashed: code.isHashed) == challenge else {
          return Self.tokenError("invalid_grant", "Invalid code verifier.")
        }
      }
      return issue(grant, &state, withRefreshToken: code.givesRefreshToken)
    }
  }

  private func issue(
    _ grant: GoogleGrants.Grant,
    _ state: inout GoogleState,
    withRefreshToken: Bool
  ) -> EmulatorResponse {
    let token = "ya29." + identifiers()
    state.grants.issueAccess(to: grant.id, token: token, at: clock())
    var answer: JSON = [
      "access_token": .string(token), "expires_in": .integer(state.grants.accessLifetime),
      "token_type": "Bearer",
      "scope": .string(grant.scopes.joined(separator: " ")),
    ]
    if withRefreshToken { answer["refresh_token"] = .string(grant.refreshToken) }
    return .json(answer, headers: ["Cache-Control": "no-store"])
  }

  /// RFC 7636 §4.6.
  private static func challenge(of verifier: String, isHashed: Bool) -> String {
    isHashed ? Data(SHA256.hash(data: Data(verifier.utf8))).base64URL : verifier
  }

  private func basic(_ request: EmulatorRequest) -> (id: String, secret: String)? {
    guard let header = request.headers["authorization"], header.hasPrefix("Basic "),
      let data = Data(base64Encoded: String(header.dropFirst(6)))
    else { return nil }
    let parts = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1).map(String.init)
    return parts.count == 2 ? (parts[0], parts[1]) : nil
  }

  private static let expired = tokenError("invalid_grant", "Token has been expired or revoked.")

  private static func tokenError(_ code: String, _ text: String, status: Int = 400) -> EmulatorResponse {
    .json(
      ["error": .string(code), "error_description": .string(text)],
      status: status,
      headers: ["Cache-Control": "no-store"]
    )
  }
}
