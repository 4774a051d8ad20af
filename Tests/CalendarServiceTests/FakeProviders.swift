import CalendarCore
import Foundation
import Synchronization

/// Asks for its conference through the event, as long as the calendar knows "fakeMeet".
struct FakeMeet: ConferenceProvider {
  static let id = ConferenceProviderID(rawValue: "FAKE_MEET")
  let providerID = Self.id
  let displayName = "Fake Meet"
  let iconKey = "fake"
  let requiredFlag: FeatureFlagKey? = .meetIntegration

  func availability(for account: ConnectedAccount, channel: CalendarChannel) -> ConferenceAvailability {
    channel.conferenceSolutions.contains("fakeMeet")
      ? .available : .unavailable(reason: "This calendar offers no Fake Meet.")
  }

  func createConference(
    _ options: CreateConferenceOptions
  ) async throws(ProviderError) -> ConferenceCreation {
    .withEvent(.init(solution: "fakeMeet", requestID: options.requestID))
  }
}

/// The person gives the link.
struct FakeLink: ConferenceProvider {
  static let id = ConferenceProviderID(rawValue: "FAKE_LINK")
  let providerID = Self.id
  let displayName = "Fake link"
  let iconKey = "link"
  let requiresLink = true

  func availability(for account: ConnectedAccount, channel: CalendarChannel) -> ConferenceAvailability {
    .available
  }

  func createConference(
    _ options: CreateConferenceOptions
  ) async throws(ProviderError) -> ConferenceCreation {
    .ready(Conference(link: options.customLink ?? ""))
  }
}

/// Makes rooms that live by themselves.
final class FakeRooms: KeepsConferences {
  static let id = ConferenceProviderID(rawValue: "FAKE_ROOMS")
  let providerID = FakeRooms.id
  let displayName = "Fake rooms"
  let iconKey = "room"
  private let calls = Mutex<(updates: [CreateConferenceOptions], deleted: [String?])>(([], []))

  var updates: [CreateConferenceOptions] { calls.withLock { $0.updates } }
  var deleted: [String?] { calls.withLock { $0.deleted } }

  func availability(for account: ConnectedAccount, channel: CalendarChannel) -> ConferenceAvailability {
    .available
  }

  func createConference(
    _ options: CreateConferenceOptions
  ) async throws(ProviderError) -> ConferenceCreation {
    .ready(Conference(link: "https://rooms.example/\(options.requestID)", conferenceID: options.requestID))
  }

  func updateConference(
    _ conference: EventConference,
    _ options: CreateConferenceOptions,
    session: AccountSession
  ) async throws(ProviderError) {
    calls.withLock { $0.updates.append(options) }
  }

  func deleteConference(
    _ conference: EventConference,
    session: AccountSession
  ) async throws(ProviderError) {
    calls.withLock { $0.deleted.append(conference.conferenceID) }
  }
}

/// A clock that a test turns.
final class Clock: Sendable {
  private let instant: Mutex<Date>

  init(_ instant: Date) { self.instant = Mutex(instant) }

  var now: Date { instant.withLock { $0 } }
  func advance(by seconds: TimeInterval) { instant.withLock { $0 += seconds } }
  var wallClock: WallClock { WallClock { self.now } }
}
