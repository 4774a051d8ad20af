package import CalendarCore
package import ProviderKit
import Foundation

/// A conference driver at its emulator, or by itself, as the suite needs it.
package protocol ConferenceUnderTest: Sendable {
  associatedtype Provider: ConferenceProvider
  var provider: Provider { get }
  /// A session of an account of the driver's own kind; nil when there is no such kind.
  var session: AccountSession? { get }
  /// The transport that carries all of the driver's requests; nil when it sends none.
  var network: FaultyTransport? { get }
  /// The number of conferences that the service stores, read without the driver.
  var conferenceCount: Int { get async throws }
  /// Texts that only a host may see.
  var hostSecrets: [String] { get }
  /// The vendor's own response to this case; nil when it never gives one.
  func answer(_ refusal: Refusal) -> ProviderResponse?
  /// Whether a request calls the API, rather than asking for a token.
  func isAPI(_ request: ProviderRequest) -> Bool
}

extension ConferenceUnderTest {
  package var session: AccountSession? { nil }
  package var network: FaultyTransport? { nil }
  package var hostSecrets: [String] { [] }
  package func answer(_ refusal: Refusal) -> ProviderResponse? { nil }
  package func isAPI(_ request: ProviderRequest) -> Bool { true }

  func options(_ requestID: String, _ title: String = "Quarterly review") throws -> CreateConferenceOptions {
    CreateConferenceOptions(
      requestID: requestID,
      title: title,
      startsAt: Date(timeIntervalSince1970: 1_801_126_800),
      endsAt: Date(timeIntervalSince1970: 1_801_130_400),
      timeZone: "Europe/Berlin",
      attendees: [try require(EmailAddress("bob@example.org"), "no address")],
      customLink: provider.requiresLink ? "https://video.example.com/mine" : nil
    )
  }

  /// Creates a conference that exists at once; nil when conferences are created with their events.
  func make(_ requestID: String, _ title: String = "Quarterly review") async throws -> Conference? {
    switch try await provider.createConference(try options(requestID, title), session: session) {
    case .ready(let conference): return conference
    case .withEvent(let request):
      try expect(request.requestID == requestID, "the request has another id")
      return nil
    }
  }

  func kept(_ requestID: String, _ conference: Conference?) -> StandaloneConference {
    StandaloneConference(
      requestID: requestID,
      eventID: .init(UUID()),
      providerID: provider.providerID,
      accountID: session?.account.id,
      conferenceID: conference?.conferenceID,
      createdAt: Date(timeIntervalSince1970: 1_790_000_000)
    )
  }
}

package typealias ConferenceCheck = ConformanceCheck<any ConferenceUnderTest>

/// The requirements that every conference driver meets, whatever its service.
package enum ConferenceConformance {
  package static let checks: [ConferenceCheck] = making + keeping + failing

  private static let making: [ConferenceCheck] = [
    ConferenceCheck("a conference has a link that is safe to show, and tells no host's secret") { service in
      guard let made = try await service.make("r1") else { return }
      try expect((try? ConferenceLink(made.link)) != nil, "the link is \(made.link)")
      let told = "\(made)"
      for secret in service.hostSecrets { try expect(!told.contains(secret), "a host's secret is told") }
    },
    ConferenceCheck("the same request has the same conference, another one another") { service in
      guard let made = try await service.make("r1") else { return }
      let again = try await service.make("r1", "Renamed since")
      try expect(again?.link == made.link, "a second one was made")
      guard !service.provider.requiresLink else { return }
      let other = try await service.make("r2")
      try expect(other?.link != made.link, "two meetings share one")
    },
    ConferenceCheck("after a lost answer there is one") { service in
      guard let network = service.network else { return }
      for turn in 0..<4 {
        let count = FaultCounter(turn)
        let before = network.sent.count
        network.set(.lostAnswer, where: { service.isAPI($0) && count.isDue() })
        let lost = try await failure { _ = try await service.make("r1") }
        network.set(nil)
        try expect(lost == nil || lost == .unavailable, "a lost answer is \(lost?.rawValue ?? "")")
        if network.sent.count - before <= turn { break }
      }
      _ = try await service.make("r1")
      let count = try await service.conferenceCount
      try expect(count == 1, "there are \(count)")
    },
  ]

  private static let keeping: [ConferenceCheck] = [
    ConferenceCheck("it follows its meeting, and goes with it, once") { service in
      guard let keeper = service.provider as? any StandaloneConferenceProvider else { return }
      let made = try await service.make("r1")
      let kept = service.kept("r1", made)
      try await keeper.updateConference(kept, try service.options("r1", "Renamed"), session: service.session)
      try await keeper.deleteConference(kept, session: service.session)
      let count = try await service.conferenceCount
      try expect(count == 0, "it is still there")
      try await keeper.deleteConference(kept, session: service.session)
      let error = try await failure {
        try await keeper.updateConference(kept, try service.options("r1"), session: service.session)
      }
      try expect(
        error == .notFound || error == .gone || error == nil,
        "changing it says \(error?.rawValue ?? "")"
      )
    },
    ConferenceCheck("one whose id was never told is found, and one that never was is no error") { service in
      guard let keeper = service.provider as? any StandaloneConferenceProvider else { return }
      _ = try await service.make("r1")
      try await keeper.deleteConference(service.kept("r1", nil), session: service.session)
      try await keeper.deleteConference(service.kept("never", nil), session: service.session)
      let count = try await service.conferenceCount
      try expect(count == 0, "it is still there")
    },
  ]

  private static let failing: [ConferenceCheck] = Refusal.allCases.map { refusal in
    ConferenceCheck("\(refusal.rawValue) is what it is") { service in
      guard let network = service.network, let answer = service.answer(refusal), refusal != .stale else {
        return
      }
      network.set(.answer(answer), where: { service.isAPI($0) })
      defer { network.set(nil) }
      do {
        _ = try await service.make("r1")
        throw Nonconformity("it is no error")
      } catch let error as ProviderError {
        let kind = ProviderErrorKind(error)
        try expect(refusal.expected.contains(kind), "it is \(kind.rawValue)")
        if let wait = refusal.retryAfter {
          try expect(error.retryAfter == wait, "it may come at another time")
        }
        try expect(!"\(error)".contains("bob@example.org"), "the error tells what is personal")
      }
    }
  }
}
