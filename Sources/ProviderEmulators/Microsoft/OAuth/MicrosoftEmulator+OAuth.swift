import Crypto
import Foundation
import JSONModel
import Synchronization

/// Microsoft's sign-in: consent and tokens.
extension MicrosoftEmulator {
  private static let tenants: Set = ["common", "organizations", tenant]

  /// The consent page, the person's decision, or an immediate redirect when `login_hint` names an account.
  func authorize(_ request: EmulatorRequest, tenant: String) -> EmulatorResponse {
    let wish: SignInRequest
    do throws(SignInError) {
      try Self.check(tenant)
      wish = try SignInRequest(request.method == "POST" ? request.form : request.query, clientID: clientID)
    } catch {
      return .html(SignInPage.refusal(error), status: 400)
    }
    if let error = wish.error { return wish.redirect(error) }
    if request.method == "POST" { return decide(wish, request.form) }
    if let hint = wish.loginHint, let account = accounts.first(where: { $0.email == hint.lowercased() }) {
      let allowed = account.grantedScopes.map(MicrosoftScope.short)
      return consent(wish, account, scopes: wish.scopes.filter { allowed.contains(MicrosoftScope.short($0)) })
    }
    if wish.isSilent {
      return wish.redirect(
        SignInError(
          "login_required",
          "AADSTS50058: A silent sign-in request was sent but no user is signed in."
        )
      )
    }
    return .html(SignInPage.page(wish, tenant: tenant, accounts: accounts))
  }

  private static func check(_ tenant: String) throws(SignInError) {
    guard tenants.contains(tenant) else {
      throw SignInError("invalid_request", "AADSTS90002: Tenant '\(tenant)' not found.")
    }
  }

  private func decide(_ wish: SignInRequest, _ form: [EmulatorRequest.QueryItem]) -> EmulatorResponse {
    let email = form.last { $0.name == "account" }?.value ?? ""
    guard form.contains(where: { $0.name == "decision" && $0.value == "allow" }),
      let account = accounts.first(where: { $0.email == email.lowercased() })
    else {
      return wish.redirect(
        SignInError("access_denied", "AADSTS65004: User declined to consent to access the app.")
      )
    }
    let ticked = form.filter { $0.name == "granted" }.map(\.value)
    return consent(wish, account, scopes: wish.scopes.filter { ticked.contains($0) })
  }

  private func consent(_ wish: SignInRequest, _ account: EmulatorAccount, scopes: [String])
    -> EmulatorResponse
  {
    let granted = wish.scopes.filter { scopes.contains($0) || MicrosoftScope.identity.contains($0) }
    let isOffline = granted.contains("offline_access")
    let name = identifiers()
    let now = clock()
    state.withLock { state in
      let grant = MicrosoftGrants.Grant(
        id: identifiers(),
        account: account.email,
        scopes: granted.filter { $0 != "offline_access" }.map(MicrosoftScope.short),
        refreshToken: isOffline ? "1.AX" + identifiers() : nil
      )
      state.grants.restore(grant)
      remember(grant)
      state.grants.addCode(
        MicrosoftGrants.Code(
          grant: grant.id,
          redirectURI: wish.redirectURI,
          challenge: wish.challenge,
          isHashed: wish.isHashed,
          expires: now.addingTimeInterval(600)
        ),
        named: name,
        at: now
      )
    }
    return wish.redirect(["code": "1.AV" + name, "session_state": requestID()])
  }

  func token(_ request: EmulatorRequest, tenant: String) -> EmulatorResponse {
    let form = Dictionary(request.form.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    do throws(SignInError) {
      try Self.check(tenant)
      try checkClient(form, request)
      switch form["grant_type"] {
      case "authorization_code": return try exchange(form)
      case "refresh_token": return try refresh(form)
      case nil: throw Self.missing("grant_type")
      case let other?:
        throw SignInError(
          "unsupported_grant_type",
          "AADSTS70003: The app requested an unsupported grant type '\(other)'."
        )
      }
    } catch {
      return error.response(at: clock(), traceID: requestID())
    }
  }

  private func checkClient(_ form: [String: String], _ request: EmulatorRequest) throws(SignInError) {
    let basic = Self.basic(request)
    guard let id = form["client_id"] ?? basic?.id else { throw Self.missing("client_id") }
    guard id == clientID else {
      throw SignInError(
        "unauthorized_client",
        "AADSTS700016: Application with identifier '\(id)' was not found in the directory."
      )
    }
    guard (form["client_secret"] ?? basic?.secret) == clientSecret else {
      throw SignInError("invalid_client", "AADSTS7000215: Invalid client secret provided.", status: 401)
    }
  }

  private func exchange(_ form: [String: String]) throws(SignInError) -> EmulatorResponse {
    guard let text = form["code"] else { throw Self.missing("code") }
    guard let redirectURI = form["redirect_uri"] else { throw Self.missing("redirect_uri") }
    let now = clock()
    let result: Result<EmulatorResponse, SignInError> = state.withLock { state in
      guard text.hasPrefix("1.AV"), let code = state.grants.redeem(String(text.dropFirst(4)), at: now),
        let grant = state.grants.grants[code.grant], !grant.isRevoked
      else {
        let text =
          "AADSTS70008: The provided authorization code or refresh token has expired or was used already."
        return .failure(SignInError("invalid_grant", text))
      }
      guard code.redirectURI == redirectURI else {
        let text = "AADSTS500112: The reply address does not match the one given when requesting the code."
        return .failure(SignInError("invalid_grant", text))
      }
      if let challenge = code.challenge {
        guard let verifier = form["code_verifier"] else { return .failure(Self.missing("code_verifier")) }
        let own = code.isHashed ? Data(SHA256.hash(data: Data(verifier.utf8))).base64URL : verifier
        guard own == challenge else {
          let text = "AADSTS501481: The Code_Verifier does not match the code_challenge."
          return .failure(SignInError("invalid_grant", text))
        }
      }
      return .success(issue(grant, scopes: grant.scopes, &state))
    }
    return try result.get()
  }

  private func refresh(_ form: [String: String]) throws(SignInError) -> EmulatorResponse {
    guard let token = form["refresh_token"] else { throw Self.missing("refresh_token") }
    let asked = form["scope"]?.split(separator: " ").map { MicrosoftScope.short(String($0)) }
    let result: Result<EmulatorResponse, SignInError> = state.withLock { state in
      guard let grant = state.grants.grant(ofRefresh: token) else {
        let text = "AADSTS700082: The refresh token has expired or was revoked."
        return .failure(SignInError("invalid_grant", text))
      }
      let scopes = asked.map { names in grant.scopes.filter(names.contains) } ?? grant.scopes
      guard let next = state.grants.rotate(grant.id, to: "1.AX" + identifiers()) else {
        return .failure(SignInError("invalid_grant", "AADSTS65001: The user has not consented."))
      }
      remember(next)
      return .success(issue(next, scopes: scopes, &state))
    }
    return try result.get()
  }

  private func issue(
    _ grant: MicrosoftGrants.Grant,
    scopes: [String],
    _ state: inout MicrosoftState
  ) -> EmulatorResponse {
    let token = "EwB" + identifiers() + identifiers()
    state.grants.issueAccess(to: grant.id, token: token, at: clock())
    var answer: JSON = [
      "token_type": "Bearer", "scope": .string(scopes.joined(separator: " ")),
      "expires_in": .integer(MicrosoftGrants.accessLifetime),
      "ext_expires_in": .integer(MicrosoftGrants.accessLifetime), "access_token": .string(token),
    ]
    answer["refresh_token"] = grant.refreshToken.map { .string($0) }
    return .json(answer, headers: ["Cache-Control": "no-store"])
  }

  private static func missing(_ name: String) -> SignInError {
    SignInError(
      "invalid_request",
      "AADSTS900144: The request body must contain the following parameter: '\(name)'."
    )
  }

  private static func basic(_ request: EmulatorRequest) -> (id: String, secret: String)? {
    guard let header = request.headers["authorization"], header.hasPrefix("Basic "),
      let data = Data(base64Encoded: String(header.dropFirst(6)))
    else { return nil }
    let parts = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1).map(String.init)
    return parts.count == 2 ? (parts[0], parts[1]) : nil
  }
}
