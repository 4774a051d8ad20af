import CalendarCore
import Foundation
import Synchronization

/// Asks for its conference through the event, as long as the calendar knows "fakeMeet".
struct FakeMeet: ConferenceProvider {
  static let id = ConferenceProviderID(rawValue: "FAKE_MEET")
  let providerID = Self.id
  let displayName = "Fake Meet"
  let icon = ProviderIcon(key: "fake", shapes: "")
  let requiredFlag: FeatureFlagKey? = .meetIntegration

  func availability(for account: ConnectedAccount, channel: CalendarChannel) -> ConferenceAvailability {
    channel.conferenceSolutions.contains("fakeMeet")
      ? .available : .unavailable(reason: "This calendar offers no Fake Meet.")
  }

  func createConference(
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) -> ConferenceCreation {
    .withEvent(.init(solution: "fakeMeet", requestID: options.requestID))
  }
}

/// The person gives the link.
struct FakeLink: ConferenceProvider {
  static let id = ConferenceProviderID(rawValue: "FAKE_LINK")
  let providerID = Self.id
  let displayName = "Fake link"
  let icon = ProviderIcon(key: "link", shapes: "")
  let requiresLink = true

  func createConference(
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) -> ConferenceCreation {
    .ready(Conference(link: options.customLink ?? ""))
  }
}

/// Makes rooms that live by themselves, with an account of their own if there is a kind of it.
final class FakeRooms: StandaloneConferenceProvider {
  static let id = ConferenceProviderID(rawValue: "FAKE_ROOMS")
  static let studioID = ConferenceProviderID(rawValue: "FAKE_STUDIO")
  static let studioAccount = AccountProviderID(rawValue: "FAKE_STUDIO")

  private struct State {
    /// By the request that made it.
    var rooms: [String: CreateConferenceOptions] = [:]
    var updates: [CreateConferenceOptions] = []
    var deleted: [String] = []
    /// With whose secrets each call came.
    var tokens: [String?] = []
    var failures: [ProviderError] = []
    var losesNextAnswer = false
  }

  let providerID: ConferenceProviderID
  let displayName: String
  let icon = ProviderIcon(key: "room", shapes: "")
  let ownAccountProviderID: AccountProviderID?
  private let state = Mutex(State())

  init(_ providerID: ConferenceProviderID = FakeRooms.id, ownAccount: AccountProviderID? = nil) {
    self.providerID = providerID
    ownAccountProviderID = ownAccount
    displayName = ownAccount == nil ? "Fake rooms" : "Fake studio"
  }

  var rooms: [String: CreateConferenceOptions] { state.withLock { $0.rooms } }
  var updates: [CreateConferenceOptions] { state.withLock { $0.updates } }
  var deleted: [String] { state.withLock { $0.deleted } }
  var tokens: [String?] { state.withLock { $0.tokens } }

  /// Each next call fails like one of these.
  func fail(_ errors: ProviderError...) { state.withLock { $0.failures = errors } }
  func loseNextAnswer() { state.withLock { $0.losesNextAnswer = true } }
  /// Deletes all rooms, as their owner can in the service itself.
  func deleteOutside() { state.withLock { $0.rooms = [:] } }

  func createConference(
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) -> ConferenceCreation {
    try await begin(session)
    let isLost = state.withLock { state in
      if state.rooms[options.requestID] == nil { state.rooms[options.requestID] = options }
      defer { state.losesNextAnswer = false }
      return state.losesNextAnswer
    }
    if isLost { throw .unavailable(reason: "lost") }
    return .ready(
      Conference(
        link: "https://rooms.example/\(options.requestID)",
        conferenceID: "room-\(options.requestID)"
      )
    )
  }

  func updateConference(
    _ conference: StandaloneConference,
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) {
    try await begin(session)
    let isThere = state.withLock { state in
      guard state.rooms[conference.requestID] != nil else { return false }
      state.rooms[conference.requestID] = options
      state.updates.append(options)
      return true
    }
    if !isThere { throw .notFound }
  }

  func deleteConference(
    _ conference: StandaloneConference,
    session: AccountSession?
  ) async throws(ProviderError) {
    try await begin(session)
    state.withLock { state in
      state.rooms[conference.requestID] = nil
      state.deleted.append(conference.conferenceID ?? conference.requestID)
    }
  }

  private func begin(_ session: AccountSession?) async throws(ProviderError) {
    let token = try await session?.credentials()["token"]
    let failure = state.withLock { state -> ProviderError? in
      state.tokens.append(token)
      return state.failures.isEmpty ? nil : state.failures.removeFirst()
    }
    if let failure { throw failure }
  }
}

/// The accounts of the service, for rooms that belong to members.
extension FakeRooms: ConnectsWithOAuth {
  var accountProviderID: AccountProviderID {
    ownAccountProviderID ?? AccountProviderID(rawValue: "NO_ROOMS")
  }
  func canWrite(_ account: ConnectedAccount) -> Bool { true }
  func authorizationURL(_ request: OAuthAuthorizationRequest) -> String { "https://rooms.example/sign-in" }

  func connect(
    code: String,
    codeVerifier: String,
    redirectURL: String
  ) async throws(ProviderError) -> AccountConnection { throw .rejected(reason: "Nobody signs in here.") }
}

/// Its accounts are connected somewhere else, so they can be taken off.
extension FakeCalendar: ConnectsWithOAuth {
  func authorizationURL(_ request: OAuthAuthorizationRequest) -> String { "https://fake.example/sign-in" }

  func connect(
    code: String,
    codeVerifier: String,
    redirectURL: String
  ) async throws(ProviderError) -> AccountConnection { throw .rejected(reason: "Nobody signs in here.") }
}
