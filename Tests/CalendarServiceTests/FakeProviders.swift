import CalendarCore
import Foundation
import Synchronization

/// A calendar that does what a test tells it, and remembers what it was asked.
final class FakeCalendar: CalendarProvider {
  typealias Script = @Sendable (ProviderEventDraft, Int) async throws(ProviderError) -> ProviderEvent

  let providerID = CalendarProviderID(rawValue: "FAKE")
  let displayName = "Fake"
  let maximumAttendees = 5
  private let state = Mutex(State())

  private struct State {
    var drafts: [ProviderEventDraft] = []
    var reads = 0
    var create: Script = { draft, _ in made(draft) }
    var read: @Sendable (Int) throws(ProviderError) -> ProviderEvent = {
      (_: Int) throws(ProviderError) -> ProviderEvent in throw .notFound
    }
  }

  var drafts: [ProviderEventDraft] { state.withLock { $0.drafts } }
  /// How many different events there are, as a provider that keeps its promise counts.
  var eventCount: Int { Set(drafts.map(\.eventID)).count }

  func whenCreating(_ script: @escaping Script) { state.withLock { $0.create = script } }

  func whenReading(_ script: @escaping @Sendable (Int) throws(ProviderError) -> ProviderEvent) {
    state.withLock { $0.read = script }
  }

  func canWrite(_ account: ConnectedAccount) -> Bool { account.grantedScopes.contains("write") }

  func createEvent(
    _ draft: ProviderEventDraft,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    let (script, attempt) = state.withLock { state in
      state.drafts.append(draft)
      return (state.create, state.drafts.count)
    }
    return try await script(draft, attempt)
  }

  func event(
    _ reference: ProviderEventReference,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    let (script, attempt) = state.withLock { state in
      state.reads += 1
      return (state.read, state.reads)
    }
    return try script(attempt)
  }

  static func made(_ draft: ProviderEventDraft, _ conference: ProviderConference? = nil) -> ProviderEvent {
    ProviderEvent(
      externalID: "x-\(draft.eventID)",
      iCalUID: "\(draft.eventID)@fake",
      etag: "1",
      url: "https://calendar.example/x",
      conference: conference ?? draft.conference.map { _ in .pending }
    )
  }
}

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

/// A clock that a test turns.
final class Clock: Sendable {
  private let instant: Mutex<Date>

  init(_ instant: Date) { self.instant = Mutex(instant) }

  var now: Date { instant.withLock { $0 } }
  func advance(by seconds: TimeInterval) { instant.withLock { $0 += seconds } }
  var wallClock: WallClock { WallClock { self.now } }
}
