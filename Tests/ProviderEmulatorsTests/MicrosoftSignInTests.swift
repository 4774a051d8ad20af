import Crypto
import Foundation
import JSONModel
import Synchronization
import TestSupport
import Testing

@testable import ProviderEmulators

@Suite(.timeLimit(.minutes(5))) struct MicrosoftSignInTests {
  private let verifier = String(repeating: "v", count: 50)

  private func wish(_ scope: String, _ more: String = "") -> String {
    let challenge = Data(SHA256.hash(data: Data(verifier.utf8))).base64URL
    return "client_id=client&redirect_uri=http://localhost/cb&response_type=code&scope=\(scope)&state=s1"
      + "&code_challenge=\(challenge)&code_challenge_method=S256\(more)"
  }

  private func authorize(_ probe: MicrosoftProbe, _ query: String, tenant: String = "common")
    -> EmulatorResponse
  {
    probe.microsoft.answer(
      EmulatorRequest(
        method: "GET",
        path: [tenant, "oauth2", "v2.0", "authorize"],
        query: EmulatorRequest.items(query),
        headers: [:],
        body: Data()
      )
    )
  }

  private func answer(_ response: EmulatorResponse) throws -> [String: String] {
    let location = try #require(response.headers["Location"].flatMap { URLComponents(string: $0) })
    return Dictionary(
      (location.queryItems ?? []).map { ($0.name, $0.value ?? "") },
      uniquingKeysWith: { $1 }
    )
  }

  private func exchange(_ probe: MicrosoftProbe, _ code: String, verifier: String) -> (
    status: Int, json: JSON
  ) {
    probe.token(
      "grant_type=authorization_code&redirect_uri=http://localhost/cb&code_verifier=\(verifier)&code=\(code)"
    )
  }

  @Test func `a person signs in, and the tokens open what was granted and no more`() throws {
    let probe = try MicrosoftProbe()
    let scope = "offline_access+User.Read+https://graph.microsoft.com/Calendars.ReadWrite+Mail.Send"
    let redirect = try answer(authorize(probe, wish(scope, "&login_hint=ada@example.com")))
    #expect(redirect["state"] == "s1")
    let tokens = exchange(probe, redirect["code"] ?? "", verifier: verifier)
    #expect(tokens.status == 200)
    // Mail.Send was not granted; offline_access is no scope of the access token.
    #expect(tokens.json["scope"] == "User.Read Calendars.ReadWrite")
    let access = try #require(tokens.json["access_token"]?.string)
    #expect(probe.send("GET", "/v1.0/me", token: access).json["mail"] == "ada@example.com")
    #expect(probe.send("POST", MicrosoftProbe.events, MicrosoftProbe.event(), token: access).status == 201)
    #expect(probe.send("GET", "/v1.0/me/mailboxSettings", token: access).code == "ErrorAccessDenied")
    #expect(exchange(probe, redirect["code"] ?? "", verifier: verifier).json["error"] == "invalid_grant")
  }

  @Test func `a code opens nothing without its verifier, or after ten minutes`() throws {
    let probe = try MicrosoftProbe()
    let first = try answer(authorize(probe, wish("User.Read", "&login_hint=ada@example.com")))
    let stolen = exchange(probe, first["code"] ?? "", verifier: String(repeating: "x", count: 50))
    #expect(stolen.json["error"] == "invalid_grant")
    #expect(stolen.json["error_codes"] == [501481])
    let late = try answer(authorize(probe, wish("User.Read", "&login_hint=ada@example.com")))
    probe.clock.advance(by: 601)
    #expect(exchange(probe, late["code"] ?? "", verifier: verifier).json["error"] == "invalid_grant")
  }

  @Test func `no refresh token comes without offline access`() throws {
    let probe = try MicrosoftProbe()
    let redirect = try answer(authorize(probe, wish("User.Read", "&login_hint=ada@example.com")))
    #expect(exchange(probe, redirect["code"] ?? "", verifier: verifier).json["refresh_token"] == nil)
  }

  @Test func `every refresh gives another refresh token, and who kept the old one is out in the end`() throws
  {
    let probe = try MicrosoftProbe()
    let first = probe.token("grant_type=refresh_token&refresh_token=ada-refresh")
    let next = try #require(first.json["refresh_token"]?.string)
    #expect(next != "ada-refresh")
    #expect(probe.token("grant_type=refresh_token&refresh_token=ada-refresh").status == 200)
    probe.microsoft.expireSupersededTokens()
    #expect(
      probe.token("grant_type=refresh_token&refresh_token=ada-refresh").json["error"] == "invalid_grant"
    )
    #expect(probe.token("grant_type=refresh_token&refresh_token=\(next)").json["error"] == "invalid_grant")
    let last =
      probe.microsoft.state.withLock { $0.grants.grants["seeded:ada@example.com"]?.refreshToken } ?? ""
    #expect(probe.token("grant_type=refresh_token&refresh_token=\(last)").status == 200)
  }

  @Test func `an access token ends when the clock says so, a consent when it is withdrawn`() throws {
    let probe = try MicrosoftProbe()
    let tokens = probe.token("grant_type=refresh_token&refresh_token=ada-refresh")
    let access = try #require(tokens.json["access_token"]?.string)
    probe.clock.advance(by: 3598)
    #expect(probe.send("GET", MicrosoftProbe.events, token: access).status == 200)
    probe.clock.advance(by: 2)
    let expired = probe.send("GET", MicrosoftProbe.events, token: access)
    #expect(expired.status == 401)
    #expect(expired.code == "InvalidAuthenticationToken")
    probe.microsoft.revokeConsents(of: "ada@example.com")
    #expect(
      probe.token("grant_type=refresh_token&refresh_token=ada-refresh").json["error"] == "invalid_grant"
    )
    #expect(probe.send("GET", MicrosoftProbe.events).status == 200)
  }

  @Test func `the sign-in sends nobody to other machines and knows its tenants`() throws {
    let probe = try MicrosoftProbe()
    let elsewhere = wish("User.Read").replacing("http://localhost/cb", with: "https://evil.example/cb")
    #expect(authorize(probe, elsewhere).status == 400)
    #expect(authorize(probe, wish("User.Read"), tenant: "contoso.example").status == 400)
    #expect(authorize(probe, wish("User.Read")).status == 200)
    #expect(try answer(authorize(probe, wish("Nothing.Read")))["error"] == "invalid_scope")
    #expect(try answer(authorize(probe, wish("User.Read", "&prompt=none")))["error"] == "login_required")
  }

  @Test func `on the page a person may grant less than was asked for, or nothing`() throws {
    let probe = try MicrosoftProbe()
    let query = wish("offline_access+User.Read+Calendars.ReadWrite")
    let page = String(decoding: authorize(probe, query).body, as: UTF8.self)
    #expect(page.contains("value=\"Calendars.ReadWrite\" checked"))
    let decision = query + "&account=ada@example.com&granted=User.Read&decision=allow"
    let allowed = try answer(probe.form("/common/oauth2/v2.0/authorize", decision))
    let tokens = exchange(probe, allowed["code"] ?? "", verifier: verifier)
    #expect(tokens.json["scope"] == "User.Read")
    let denied = try answer(
      probe.form("/common/oauth2/v2.0/authorize", query + "&account=ada@example.com&decision=deny")
    )
    #expect(denied["error"] == "access_denied")
  }

  @Test func `who may only read may not write`() throws {
    let probe = try MicrosoftProbe()
    #expect(probe.send("GET", MicrosoftProbe.events, token: "rex").status == 200)
    let refused = probe.send("POST", MicrosoftProbe.events, MicrosoftProbe.event(), token: "rex")
    #expect(refused.status == 403)
    #expect(refused.code == "ErrorAccessDenied")
    #expect(refused.json["error"]?["innerError"]?["request-id"]?.string != nil)
    #expect(probe.send("GET", MicrosoftProbe.events, token: nil).status == 401)
  }
}
