import CalendarCore
import Crypto
import DriverTestSupport
import Foundation
import HTTPTypes
import JSONModel
import ProviderConformance
import ProviderEmulators
import ProviderKit
import TestSupport
import Testing
import ZoomDriver

@Suite(.timeLimit(.minutes(5))) struct ZoomTests {
  @Test(arguments: ConferenceConformance.checks)
  func `what every conference driver does`(check: ConferenceCheck) async throws {
    try await ZoomFixture.run { try await check.run(on: $0) }
  }

  private func options(_ edit: (inout CreateConferenceOptions) -> Void = { _ in }) -> CreateConferenceOptions
  {
    var options = CreateConferenceOptions(
      requestID: "r1",
      title: "Review",
      startsAt: Date(timeIntervalSince1970: 1_801_126_800),
      endsAt: Date(timeIntervalSince1970: 1_801_130_430),
      timeZone: "Europe/Berlin",
      attendees: []
    )
    edit(&options)
    return options
  }

  @Test func `a meeting has its time, on its own clock, and its length rounded up`() async throws {
    try await ZoomFixture.run { fixture in
      _ = try await fixture.provider.createConference(options(), session: fixture.session)
      let meeting = try #require(fixture.emulator.meetings.first)
      #expect(meeting["start_time"] == "2027-01-28T09:00:00Z" && meeting["timezone"] == "Europe/Berlin")
      #expect(meeting["duration"] == 61 && meeting["type"] == 2 && meeting["topic"] == "Review")
    }
  }

  @Test func `a series has one room without a time of its own`() async throws {
    try await ZoomFixture.run { fixture in
      let series = options { $0.isRecurring = true }
      _ = try await fixture.provider.createConference(series, session: fixture.session)
      let meeting = try #require(fixture.emulator.meetings.first)
      #expect(meeting["type"] == 3 && meeting["start_time"] == nil)
    }
  }

  @Test func `a title that is too long for Zoom is cut, and no reason to refuse the meeting`() async throws {
    try await ZoomFixture.run { fixture in
      let long = options { $0.title = String(repeating: "ä", count: 500) }
      _ = try await fixture.provider.createConference(long, session: fixture.session)
      #expect(fixture.emulator.meetings.first?["topic"]?.string?.count == 200)
    }
  }

  @Test func `moving and renaming arrive`() async throws {
    try await ZoomFixture.run { fixture in
      let made = try #require(
        try await fixture.provider.createConference(options(), session: fixture.session).made
      )
      let later = options {
        ($0.title, $0.startsAt) = ("Renamed", $0.startsAt.addingTimeInterval(3600))
        $0.endsAt += 3600
      }
      let kept = StandaloneConference(
        requestID: "r1",
        eventID: .init(UUID()),
        providerID: .zoom,
        accountID: nil,
        conferenceID: made.conferenceID,
        createdAt: .distantPast
      )
      try await fixture.provider.updateConference(kept, later, session: fixture.session)
      let meeting = try #require(fixture.emulator.meetings.first)
      #expect(meeting["topic"] == "Renamed" && meeting["start_time"] == "2027-01-28T10:00:00Z")
      #expect(meeting["join_url"]?.string == made.link)
    }
  }

  @Test func `the hundred meetings of a day are a reason to wait until midnight`() async throws {
    try await ZoomFixture.run { fixture in
      for number in 0..<100 {
        _ = try await fixture.provider.createConference(
          options { $0.requestID = "r\(number)" },
          session: fixture.session
        )
      }
      let error = await #expect(throws: ProviderError.self) {
        try await fixture.provider.createConference(
          options { $0.requestID = "more" },
          session: fixture.session
        )
      }
      let midnight = (fixture.clock.now.timeIntervalSince1970 / 86_400).rounded(.up) * 86_400
      let wait = Int(midnight - fixture.clock.now.timeIntervalSince1970)
      #expect(error == .rateLimited(retryAfter: .seconds(wait)))
    }
  }

  @Test func `every refresh token is stored before it is used, and works once`() async throws {
    try await ZoomFixture.run { fixture in
      for number in 0..<3 {
        _ = try await fixture.provider.createConference(
          options { $0.requestID = "r\(number)" },
          session: fixture.session
        )
        fixture.emulator.expireAccessTokens()
      }
      let tokens = fixture.vault.stored.compactMap { $0["refreshToken"] }
      #expect(tokens.count == 3 && Set(tokens).count == 3)
    }
  }

  @Test func `connecting asks for what is needed, and giving access back ends it`() async throws {
    try await ZoomFixture.run { fixture in
      let verifier = String(repeating: "v", count: 43)
      let challenge = Data(SHA256.hash(data: Data(verifier.utf8))).base64EncodedString()
        .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
      let address = fixture.provider.authorizationURL(
        OAuthAuthorizationRequest(
          redirectURL: "http://127.0.0.1/callback",
          state: "s",
          codeChallenge: challenge,
          loginHint: ZoomFixture.address
        )
      )
      let response = try await ProviderHTTP(transport: fixture.transport).send(
        ProviderRequest("GET", address)
      )
      let items = URLComponents(string: response.headers[values: .location].first ?? "")?.queryItems ?? []
      let code = try #require(items.first { $0.name == "code" }?.value)
      let found = try await fixture.provider.connect(
        code: code,
        codeVerifier: verifier,
        redirectURL: "http://127.0.0.1/callback"
      )
      #expect(found.handle.rawValue == ZoomFixture.address && found.calendars.isEmpty)
      var account = fixture.account.account
      account.grantedScopes = found.grantedScopes
      #expect(fixture.provider.canWrite(account))
      let session = CredentialVault(found.credentials).session(account)
      for _ in 0..<2 { try await fixture.provider.revokeAccess(session: session) }
      let error = await #expect(throws: ProviderError.self) {
        try await fixture.provider.createConference(options(), session: session)
      }
      #expect(error.map(ProviderErrorKind.init) == .authExpired)
    }
  }
}

extension ConferenceCreation {
  fileprivate var made: Conference? { if case .ready(let conference) = self { conference } else { nil } }
}
