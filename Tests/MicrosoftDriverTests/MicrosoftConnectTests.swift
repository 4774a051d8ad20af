import CalendarCore
import Crypto
import DriverTestSupport
import Foundation
import HTTPTypes
import JSONModel
import MicrosoftDriver
import ProviderConformance
import ProviderEmulators
import ProviderKit
import Testing

/// Connecting an account, and what goes with every request.
@Suite(.timeLimit(.minutes(5))) struct MicrosoftConnectTests {
  private static let verifier = String(repeating: "v", count: 43)
  private static let redirect = "http://127.0.0.1/callback"

  /// Goes to the sign-in page as a browser would, and comes back with a code.
  private func code(_ fixture: MicrosoftFixture) async throws -> String {
    let challenge = Data(SHA256.hash(data: Data(Self.verifier.utf8))).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    let address = fixture.provider.authorizationURL(
      OAuthAuthorizationRequest(
        redirectURL: Self.redirect,
        state: "s",
        codeChallenge: challenge,
        loginHint: MicrosoftFixture.address
      )
    )
    let response = try await ProviderHTTP(transport: fixture.live).send(ProviderRequest("GET", address))
    let items = URLComponents(string: response.headers[values: .location].first ?? "")?.queryItems ?? []
    return try #require(items.first { $0.name == "code" }?.value)
  }

  private func connect(_ fixture: MicrosoftFixture) async throws -> AccountConnection {
    let code = try await code(fixture)
    return try await fixture.provider.connect(
      code: code,
      codeVerifier: Self.verifier,
      redirectURL: Self.redirect
    )
  }

  @Test func `connecting finds the address, what was granted, and the calendars`() async throws {
    try await MicrosoftFixture.run { fixture in
      let found = try await connect(fixture)
      #expect(found.handle.rawValue == MicrosoftFixture.address && found.displayName == "Ann")
      #expect(found.sendsInvitations && found.credentials["refreshToken"]?.isEmpty == false)
      #expect(found.calendars.map(\.displayName) == ["Calendar", "Birthdays"])
      #expect(found.calendars.map(\.isWritable) == [true, false] && found.calendars[0].isPrimary)
      #expect(found.calendars[0].conferenceSolutions == ["teamsForBusiness"])
      var account = fixture.session.account
      account.grantedScopes = found.grantedScopes
      #expect(fixture.provider.canWrite(account))
    }
  }

  @Test func `a permission that was not ticked is not believed to be granted`() async throws {
    try await MicrosoftFixture.run(scopes: ["User.Read", "Calendars.Read", "offline_access"]) { fixture in
      // Without the one to write there are no calendars to be read with it either.
      let error = await #expect(throws: ProviderError.self) { try await connect(fixture) }
      #expect(error.map(ProviderErrorKind.init) == .forbidden)
    }
  }

  @Test func `a code works once`() async throws {
    try await MicrosoftFixture.run { fixture in
      let code = try await code(fixture)
      for number in 0..<2 {
        let connected = try? await fixture.provider.connect(
          code: code,
          codeVerifier: Self.verifier,
          redirectURL: Self.redirect
        )
        #expect((connected != nil) == (number == 0))
      }
    }
  }

  @Test func `every refresh token is kept as it is replaced, and an expired access token costs nothing`()
    async throws
  {
    try await MicrosoftFixture.run { fixture in
      let event = try await fixture.create(fixture.draft())
      let first = fixture.vault.current["refreshToken"]
      #expect(first != "first-refresh-token")
      fixture.emulator.expireAccessTokens()
      fixture.emulator.expireSupersededTokens()
      #expect(try await fixture.read(event).content.title == event.content.title)
      #expect(fixture.vault.current["refreshToken"] != first)
    }
  }

  @Test func `access that was taken back means connecting again`() async throws {
    try await MicrosoftFixture.run { fixture in
      let event = try await fixture.create(fixture.draft())
      fixture.emulator.revokeConsents(of: MicrosoftFixture.address)
      let error = await #expect(throws: ProviderError.self) { try await fixture.read(event) }
      #expect(error.map(ProviderErrorKind.init) == .authExpired)
    }
  }

  @Test func `ids are those that stay, in every request`() async throws {
    try await MicrosoftFixture.run { fixture in
      var draft = try fixture.draft()
      draft.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=4"]
      let event = try await fixture.create(draft)
      try await fixture.change(event, "20270204T090000Z", [.title]) { $0.title = "Special" }
      _ = try await fixture.provider.changes(in: fixture.calendar, since: nil, session: fixture.session)
      _ = try await fixture.provider.busyTimes(
        in: fixture.calendar,
        from: .init(timeIntervalSince1970: 1_801_094_400),
        to: .init(timeIntervalSince1970: 1_801_180_800),
        session: fixture.session
      )
      try await fixture.delete(event)
      let requests = fixture.network.headers.filter { $0.url.contains("/v1.0/") }
      #expect(requests.count > 8)
      for request in requests {
        let prefer = request.prefer ?? ""
        #expect(prefer.contains("IdType=\"ImmutableId\"") && prefer.contains("outlook.timezone=\"UTC\""))
      }
    }
  }

  @Test func `an event that was moved to another folder is still the one that we know`() async throws {
    try await MicrosoftFixture.run { fixture in
      let event = try await fixture.create(fixture.draft())
      #expect(fixture.emulator.move(event.externalID, of: MicrosoftFixture.address) != nil)
      #expect(try await fixture.change(event, nil, [.title]) { $0.title = "Moved" }.content.title == "Moved")
    }
  }

  @Test func `a zone without a Windows name of its own is kept until the owner chooses another`()
    async throws
  {
    try await MicrosoftFixture.run { fixture in
      var draft = try fixture.draft()
      draft.timing = try Samples.timed(zone: "Europe/Vienna")
      let event = try await fixture.create(draft)
      #expect(event.content.timing == draft.timing)
      #expect(try await fixture.read(event).content.timing == draft.timing)
      let (start, end): (JSON, JSON) = (
        ["dateTime": "2027-01-28T10:00:00", "timeZone": "Tokyo Standard Time"],
        ["dateTime": "2027-01-28T11:00:00", "timeZone": "Tokyo Standard Time"]
      )
      let path = "/v1.0/me/events/\(FormEncoding.encode(event.externalID))"
      try await fixture.asOwner("PATCH", path, ["start": start, "end": end])
      #expect(try await fixture.read(event).content.timing == Samples.timed(zone: "Asia/Tokyo"))
    }
  }
}
