import CalendarCore
import DriverTestSupport
import Foundation
import GoogleDriver
import HTTPTypes
import ProviderEmulators
import ProviderKit
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct GoogleErrorTests {
  private static let google = "Google answered"

  @Test(arguments: [
    (403, "rateLimitExceeded", ProviderError.rateLimited(retryAfter: .seconds(7))),
    (403, "userRateLimitExceeded", .rateLimited(retryAfter: .seconds(7))),
    (403, "quotaExceeded", .rateLimited(retryAfter: .seconds(7))),
    (429, "rateLimitExceeded", .rateLimited(retryAfter: .seconds(7))),
    (
      403, "insufficientPermissions",
      .authExpired(reason: "A required permission wasn't granted to this account.")
    ),
    (
      403, "forbiddenForNonOrganizer",
      .forbidden(reason: "Google answered 403 (forbiddenForNonOrganizer).")
    ),
    (400, "invalid", .rejected(reason: "Google answered 400 (invalid).")),
    (404, "notFound", .notFound),
    (410, "deleted", .gone),
    (412, "conditionNotMet", .conflict(etag: nil)),
    (
      500, "backendError",
      .unavailable(reason: "Google answered 500 (backendError).", retryAfter: .seconds(7))
    ),
    (
      503, "backendError",
      .unavailable(reason: "Google answered 503 (backendError).", retryAfter: .seconds(7))
    ),
  ])
  func `each refusal says what to do`(status: Int, reason: String, expected: ProviderError) async throws {
    try await GoogleFixture.run { fixture in
      fixture.emulator.faults.add(
        Fault(.status, on: "events.insert", status: status, reason: reason, retryAfter: 7, count: 1)
      )
      let draft = try fixture.draft()
      await #expect(throws: expected) { try await fixture.create(draft) }
      #expect(fixture.events.isEmpty)
      // And the next attempt goes through: nothing is left half-done.
      _ = try await fixture.create(draft)
      #expect(fixture.events.count == 1)
    }
  }

  @Test func `a server that refuses connections is unavailable`() async throws {
    try await GoogleFixture.run { fixture in
      fixture.emulator.faults.add(Fault(.refuse, on: "events.insert"))
      let error = await #expect(throws: ProviderError.self) { try await fixture.create(fixture.draft()) }
      guard case .unavailable = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test func `tokens that Google ended early are renewed, and the event is made once`() async throws {
    try await GoogleFixture.run { fixture in
      _ = try await fixture.create(fixture.draft())
      fixture.emulator.expireAccessTokens()
      _ = try await fixture.create(fixture.draft())
      #expect(fixture.events.count == 2)
      #expect(fixture.vault.stored.count == 2)
    }
  }

  @Test func `a withdrawn consent means connecting again`() async throws {
    try await GoogleFixture.run { fixture in
      fixture.emulator.revokeConsents(of: GoogleFixture.address)
      let error = await #expect(throws: ProviderError.self) { try await fixture.create(fixture.draft()) }
      guard case .authExpired = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test func `an account that may only read cannot write`() async throws {
    let scopes = ["https://www.googleapis.com/auth/calendar.readonly"]
    try await GoogleFixture.run(scopes: scopes) { fixture in
      #expect(!fixture.provider.canWrite(fixture.session.account))
      let error = await #expect(throws: ProviderError.self) { try await fixture.create(fixture.draft()) }
      guard case .authExpired = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test func `a calendar that is not there is not found`() async throws {
    try await GoogleFixture.run { fixture in
      var draft = try fixture.draft()
      draft.calendarExternalID = "team/../x@group.calendar.google.com"
      await #expect(throws: ProviderError.notFound) { try await fixture.create(draft) }
    }
  }

  @Test func `errors hold nothing of what Google or the user wrote`() async throws {
    let body = #"{"error":{"errors":[{"reason":"bob@example.org is bad","message":"Quarterly review"}]}}"#
    let network = ScriptedTransport { _, _ in ProviderResponse(400, [:], body) }
    let clock = ManualClock()
    let provider = GoogleCalendarProvider(
      configuration: GoogleConfiguration(clientID: "c", clientSecret: "s"),
      http: ProviderHTTP(transport: network),
      clock: clock.wallClock
    )
    let tokens = OAuthTokens(
      accessToken: "a",
      refreshToken: "r",
      expiresAt: clock.now.addingTimeInterval(600)
    )
    let session = CredentialVault(tokens.credentials).session(try Samples.account(.google))
    let error = await #expect(throws: ProviderError.self) {
      try await provider.createEvent(Samples.draft(calendar: "primary"), session: session)
    }
    #expect(error == .rejected(reason: "Google answered 400 (no reason given)."))
    #expect(
      network.sent.first?.request.url.hasPrefix("https://www.googleapis.com/calendar/v3/calendars/") == true
    )
  }
}
