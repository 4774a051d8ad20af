import CalendarCore
import DriverTestSupport
import Foundation
import GoogleDriver
import HTTPTypes
import JSONModel
import ProviderEmulators
import ProviderKit
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct GoogleMeetTests {
  private let meet = GoogleMeetProvider()

  private func wish(_ requestID: String = "wish-1") async throws -> ConferenceCreation {
    try await meet.createConference(
      CreateConferenceOptions(
        requestID: requestID,
        title: "",
        startsAt: .distantPast,
        endsAt: .distantPast,
        attendees: []
      ),
      session: nil
    )
  }

  @Test func `a Meet is pending first, and has its link when it is ready`() async throws {
    try await GoogleFixture.run { fixture in
      let event = try await fixture.create(fixture.draft(conference: wish()))
      #expect(event.conference == .pending)
      fixture.clock.advance(by: 3)
      let later = try await fixture.provider.event(fixture.reference(event), session: fixture.session)
      guard case .success(let conference) = later.conference else {
        Issue.record("\(String(describing: later.conference))")
        return
      }
      #expect(conference.link.hasPrefix("https://meet.google.com/"))
      #expect(later.etag != event.etag)
    }
  }

  @Test func `a Meet that fails is told apart from one that is pending`() async throws {
    try await GoogleFixture.run { fixture in
      fixture.emulator.setConference(delay: .seconds(2), succeeds: false)
      let event = try await fixture.create(fixture.draft(conference: wish()))
      #expect(event.conference == .pending)
      fixture.clock.advance(by: 3)
      let later = try await fixture.provider.event(fixture.reference(event), session: fixture.session)
      #expect(later.conference == .failure)
    }
  }

  @Test func `a lost answer does not make a second Meet`() async throws {
    try await GoogleFixture.run { fixture in
      fixture.emulator.setConference(delay: .zero)
      fixture.emulator.faults.add(Fault(.lostAnswer, on: "events.insert", count: 1))
      let draft = try await fixture.draft(conference: wish())
      await #expect(throws: ProviderError.self) { try await fixture.create(draft) }
      let link = try #require(fixture.events.first?["hangoutLink"]?.string)
      let event = try await fixture.create(draft)
      #expect(event.hasLink(link))
      #expect(fixture.events.count == 1)
    }
  }

  @Test func `an account without Meet is refused, not left waiting`() async throws {
    try await GoogleFixture.run(allowsMeet: false) { fixture in
      let error = await #expect(throws: ProviderError.self) {
        try await fixture.create(fixture.draft(conference: wish()))
      }
      #expect(error?.isRetryable == false)
      #expect(fixture.events.isEmpty)
    }
  }

  @Test func `a wish that Google drops counts as failed`() async throws {
    let answer = #"{"id":"x","etag":"1","start":{"date":"2027-01-28"},"end":{"date":"2027-01-29"}}"#
    let network = ScriptedTransport { _, _ in ProviderResponse(200, [:], answer) }
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
    let draft = try await Samples.draft(calendar: "primary", conference: wish())
    #expect(try await provider.createEvent(draft, session: session).conference == .failure)
  }

  @Test func `it is offered where the calendar has it, and the reason said where not`() throws {
    let scopes = GoogleFixture.scopes
    let google = try Samples.account(.google, scopes: scopes)
    let channel = Samples.channel(solutions: ["eventHangout", "hangoutsMeet"])
    #expect(meet.availability(for: google, channel: channel) == .available)
    let refusals = [
      meet.availability(for: try Samples.account(AccountProviderID(rawValue: "OTHER")), channel: channel),
      meet.availability(for: google, channel: Samples.channel(solutions: ["eventHangout"])),
      meet.availability(for: try Samples.account(.google, scopes: []), channel: channel),
    ]
    var reasons: Set<String> = []
    for case .unavailable(let reason) in refusals { reasons.insert(reason) }
    #expect(reasons.count == 3)
    #expect(meet.requiredFlag == .meetIntegration)
  }
}

extension ProviderEvent {
  fileprivate func hasLink(_ link: String) -> Bool {
    if case .success(let conference) = conference { conference.link == link } else { false }
  }
}
