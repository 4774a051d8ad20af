import CalendarCore
import Synchronization
import TestSupport

/// A service for video meetings in the world outside, which behaves as badly as real ones do.
///
/// The same request finds the room that it has made, as the drivers do.
final class ModelRooms: StandaloneConferenceProvider {
  static let id = ConferenceProviderID(rawValue: "MODEL_ROOMS")

  private struct State {
    var random: SeededRandom
    var isFoul = true
    var rooms: Set<String> = []
    var refused: Set<String> = []
  }

  let providerID = ModelRooms.id
  let displayName = "Model rooms"
  let icon = ProviderIcon(key: "room", shapes: "")
  private let state: Mutex<State>

  init(seed: UInt64) { state = Mutex(State(random: SeededRandom(seed: seed))) }

  /// The requests of all that are there.
  var rooms: Set<String> { state.withLock { $0.rooms } }
  func clearUp() { state.withLock { $0.isFoul = false } }

  func createConference(
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) -> ConferenceCreation {
    let id = options.requestID
    try visit { state throws(ProviderError) in
      if state.refused.contains(id) { throw .forbidden(reason: "No.") }
      // Refused once is refused for ever.
      if state.isFoul, !state.rooms.contains(id), state.random.chance(0.04) {
        state.refused.insert(id)
        throw .forbidden(reason: "No.")
      }
      state.rooms.insert(id)
    }
    return .ready(Conference(link: "https://rooms.example/\(id)", conferenceID: id))
  }

  func updateConference(
    _ conference: StandaloneConference,
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) {
    try visit { state throws(ProviderError) in
      guard state.rooms.contains(conference.requestID) else { throw .notFound }
    }
  }

  func deleteConference(
    _ conference: StandaloneConference,
    session: AccountSession?
  ) async throws(ProviderError) {
    try visit { state in state.rooms.remove(conference.requestID) }
  }

  /// Does what it is asked for, or not, and tells of it, or not.
  private func visit<Result>(
    _ act: (inout State) throws(ProviderError) -> Result
  ) throws(ProviderError) {
    let answer = state.withLock { state -> ProviderError? in
      if state.isFoul, state.random.chance(0.1) { return .unavailable(reason: "refused") }
      do throws(ProviderError) { _ = try act(&state) } catch { return error }
      return state.isFoul && state.random.chance(0.15) ? .unavailable(reason: "answer lost") : nil
    }
    if let answer { throw answer }
  }
}
