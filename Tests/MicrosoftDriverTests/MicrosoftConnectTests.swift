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
  private func code(_ world: MicrosoftWorld) async throws -> String {
    let challenge = Data(SHA256.hash(data: Data(Self.verifier.utf8))).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    let address = world.provider.authorizationURL(
      OAuthAuthorizationRequest(
        redirectURL: Self.redirect,
        state: "s",
        codeChallenge: challenge,
        loginHint: MicrosoftWorld.address
      )
    )
    let response = try await ProviderHTTP(transport: world.live).send(ProviderRequest("GET", address))
    let items = URLComponents(string: response.headers[values: .location].first ?? "")?.queryItems ?? []
    return try #require(items.first { $0.name == "code" }?.value)
  }

  private func connect(_ world: MicrosoftWorld) async throws -> AccountConnection {
    let code = try await code(world)
    return try await world.provider.connect(
      code: code,
      codeVerifier: Self.verifier,
      redirectURL: Self.redirect
    )
  }

  @Test func `connecting finds the address, what was granted, and the calendars`() async throws {
    try await MicrosoftWorld.run { world in
      let found = try await connect(world)
      #expect(found.handle.rawValue == MicrosoftWorld.address && found.displayName == "Ann")
      #expect(found.sendsInvitations && found.credentials["refreshToken"]?.isEmpty == false)
      #expect(found.calendars.map(\.displayName) == ["Calendar", "Birthdays"])
      #expect(found.calendars.map(\.isWritable) == [true, false] && found.calendars[0].isPrimary)
      #expect(found.calendars[0].conferenceSolutions == ["teamsForBusiness"])
      var account = world.session.account
      account.grantedScopes = found.grantedScopes
      #expect(world.provider.canWrite(account))
    }
  }

  @Test func `a permission that was not ticked is not believed to be granted`() async throws {
    try await MicrosoftWorld.run(scopes: ["User.Read", "Calendars.Read", "offline_access"]) { world in
      // Without the one to write there are no calendars to be read with it either.
      let error = await #expect(throws: ProviderError.self) { try await connect(world) }
      #expect(error.map(ProviderErrorKind.init) == .forbidden)
    }
  }

  @Test func `a code works once`() async throws {
    try await MicrosoftWorld.run { world in
      let code = try await code(world)
      for number in 0..<2 {
        let connected = try? await world.provider.connect(
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
    try await MicrosoftWorld.run { world in
      let event = try await world.create(world.draft())
      let first = world.vault.current["refreshToken"]
      #expect(first != "first-refresh-token")
      world.emulator.expireAccessTokens()
      world.emulator.expireSupersededTokens()
      #expect(try await world.read(event).content.title == event.content.title)
      #expect(world.vault.current["refreshToken"] != first)
    }
  }

  @Test func `access that was taken back means connecting again`() async throws {
    try await MicrosoftWorld.run { world in
      let event = try await world.create(world.draft())
      world.emulator.revokeConsents(of: MicrosoftWorld.address)
      let error = await #expect(throws: ProviderError.self) { try await world.read(event) }
      #expect(error.map(ProviderErrorKind.init) == .authExpired)
    }
  }

  @Test func `ids are those that stay, in every request`() async throws {
    try await MicrosoftWorld.run { world in
      var draft = try world.draft()
      draft.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=4"]
      let event = try await world.create(draft)
      try await world.change(event, "20270204T090000Z", [.title]) { $0.title = "Special" }
      _ = try await world.provider.changes(in: world.calendar, since: nil, session: world.session)
      _ = try await world.provider.busyTimes(
        in: world.calendar,
        from: .init(timeIntervalSince1970: 1_801_094_400),
        to: .init(timeIntervalSince1970: 1_801_180_800),
        session: world.session
      )
      try await world.delete(event)
      let requests = world.network.headers.filter { $0.url.contains("/v1.0/") }
      #expect(requests.count > 8)
      for request in requests {
        let prefer = request.prefer ?? ""
        #expect(prefer.contains("IdType=\"ImmutableId\"") && prefer.contains("outlook.timezone=\"UTC\""))
      }
    }
  }

  @Test func `an event that was moved to another folder is still the one that we know`() async throws {
    try await MicrosoftWorld.run { world in
      let event = try await world.create(world.draft())
      #expect(world.emulator.move(event.externalID, of: MicrosoftWorld.address) != nil)
      #expect(try await world.change(event, nil, [.title]) { $0.title = "Moved" }.content.title == "Moved")
    }
  }

  @Test func `a zone that Windows has no name of its own for is kept, until somebody chooses another`()
    async throws
  {
    try await MicrosoftWorld.run { world in
      var draft = try world.draft()
      draft.timing = try Samples.timed(zone: "Europe/Vienna")
      let event = try await world.create(draft)
      #expect(event.content.timing == draft.timing)
      #expect(try await world.read(event).content.timing == draft.timing)
      let (start, end): (JSON, JSON) = (
        ["dateTime": "2027-01-28T10:00:00", "timeZone": "Tokyo Standard Time"],
        ["dateTime": "2027-01-28T11:00:00", "timeZone": "Tokyo Standard Time"]
      )
      let path = "/v1.0/me/events/\(FormEncoding.encode(event.externalID))"
      try await world.asOwner("PATCH", path, ["start": start, "end": end])
      #expect(try await world.read(event).content.timing == Samples.timed(zone: "Asia/Tokyo"))
    }
  }
}
