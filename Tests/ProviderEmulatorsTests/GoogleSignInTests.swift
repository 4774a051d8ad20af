import Crypto
import Foundation
import JSONModel
import TestSupport
import Testing

@testable import ProviderEmulators

@Suite(.timeLimit(.minutes(5))) struct GoogleSignInTests {
  private func refresh(_ probe: Probe) throws -> String {
    let answer = probe.token("grant_type=refresh_token&refresh_token=ada-refresh")
    return try #require(answer.json["access_token"]?.string)
  }

  @Test func `an access token ends when the clock says so and is refreshed`() throws {
    let probe = try Probe()
    let token = try refresh(probe)
    #expect(probe.send("GET", Probe.events, token: token).status == 200)
    probe.clock.advance(by: 3598)
    #expect(probe.send("GET", Probe.events, token: token).status == 200)
    probe.clock.advance(by: 2)
    let expired = probe.send("GET", Probe.events, token: token)
    #expect(expired.status == 401)
    #expect(expired.json.reason == "authError")
    #expect(probe.send("GET", Probe.events, token: try refresh(probe)).status == 200)
    #expect(probe.send("GET", Probe.events, token: "ada").status == 200)
  }

  @Test func `a withdrawn consent ends its tokens at once, the script's token stays`() throws {
    let probe = try Probe()
    let token = try refresh(probe)
    probe.google.revokeConsents(of: "ada@example.com")
    #expect(probe.send("GET", Probe.events, token: token).status == 401)
    let refused = probe.token("grant_type=refresh_token&refresh_token=ada-refresh")
    #expect(refused.status == 400)
    #expect(refused.json["error"] == "invalid_grant")
    #expect(probe.send("GET", Probe.events).status == 200)
    #expect(probe.token("grant_type=refresh_token&refresh_token=rex-refresh").status == 200)
  }

  @Test func `a code lapses after ten minutes`() throws {
    let probe = try Probe()
    let verifier = String(repeating: "v", count: 50)
    let challenge = Data(SHA256.hash(data: Data(verifier.utf8))).base64URL
    let query =
      "client_id=client&redirect_uri=http://localhost/cb&response_type=code&scope=\(Probe.scopes[0])"
      + "&code_challenge=\(challenge)&code_challenge_method=S256&login_hint=ada@example.com"
    func code() throws -> String {
      let answer = probe.google.answer(
        EmulatorRequest(
          method: "GET",
          path: ["o", "oauth2", "v2", "auth"],
          query: EmulatorRequest.items(query),
          headers: [:],
          body: Data()
        )
      )
      let location = try #require(answer.headers["Location"].flatMap { URLComponents(string: $0) })
      return try #require(location.queryItems?.first { $0.name == "code" }?.value)
    }
    let form = "grant_type=authorization_code&redirect_uri=http://localhost/cb&code_verifier=\(verifier)"
    #expect(probe.token("\(form)&code=\(try code())").status == 200)
    let late = try code()
    probe.clock.advance(by: 601)
    #expect(probe.token("\(form)&code=\(late)").json["error"] == "invalid_grant")
  }

  @Test func `a scope for reading does not let anyone write`() {
    let readers = [GoogleScope.base + "calendar.events.readonly"]
    for operation in [GoogleOperation.insertEvent, .patchEvent, .updateEvent, .deleteEvent, .getCalendar] {
      #expect(!GoogleScope.permits(operation, readers))
    }
    #expect(GoogleScope.permits(.listEvents, readers))
    #expect(GoogleScope.permits(.insertEvent, [GoogleScope.base + "calendar"]))
  }
}
