import CalendarCore
import Synchronization

/// A calendar in the world outside: it keeps its vendor's rules, and behaves as badly as real ones do.
///
/// An event's id is derived from ours; making it again finds it, as the drivers do.
final class ModelProvider: CalendarProvider {
  enum Weather {
    case foul
    case fair
  }

  private struct State {
    var random: SeededRandom
    var weather = Weather.foul
    var titles: [CalendarEvent.ID: String] = [:]
    var refused: Set<CalendarEvent.ID> = []
  }

  private enum Answer {
    case event
    case error(ProviderError)
    case silence
  }

  let providerID = CalendarProviderID(rawValue: "MODEL")
  let displayName = "Model"
  let maximumAttendees = 100
  private let state: Mutex<State>

  init(seed: UInt64) { state = Mutex(State(random: SeededRandom(seed: seed))) }

  var titles: [CalendarEvent.ID: String] { state.withLock { $0.titles } }
  func clearUp() { state.withLock { $0.weather = .fair } }
  func canWrite(_ account: ConnectedAccount) -> Bool { true }

  func createEvent(
    _ draft: ProviderEventDraft,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    let answer = state.withLock { state -> Answer in
      if state.titles[draft.eventID] == nil {
        if state.refused.contains(draft.eventID) { return .error(.rejected(reason: "No.")) }
        if state.weather == .foul {
          switch Int.random(in: 0..<100, using: &state.random) {
          case 0..<10: return .error(.unavailable(reason: "refused"))
          case 10..<15: return .error(.rateLimited(retryAfter: .seconds(30)))
          case 15..<18:
            state.refused.insert(draft.eventID)
            return .error(.rejected(reason: "No."))
          case 18..<20: return .error(.malformedReply(reason: "garbage"))
          default: break
          }
        }
        state.titles[draft.eventID] = draft.title
      }
      guard state.weather == .foul else { return .event }
      // It was done. Whether we hear of it is another matter.
      switch Int.random(in: 0..<100, using: &state.random) {
      case 0..<12: return .error(.unavailable(reason: "answer lost"))
      case 12..<15: return .error(.malformedReply(reason: "garbage"))
      case 15..<17: return .silence
      default: return .event
      }
    }
    switch answer {
    case .error(let error): throw error
    case .silence:
      // Until whoever asked gives up.
      try? await Task.sleep(for: .seconds(3600))
      throw .unavailable(reason: "no answer")
    case .event:
      return ProviderEvent(
        externalID: "\(draft.eventID)",
        iCalUID: draft.iCalUID,
        etag: "1",
        sequence: 0,
        content: EventContent(title: draft.title, timing: draft.timing, attendees: draft.attendees)
      )
    }
  }

  func event(
    _ reference: ProviderEventReference,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent { throw .notFound }

  func updateEvent(
    _ reference: ProviderEventReference,
    current: ProviderEvent,
    change: ProviderEventChange,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent { throw .notFound }

  func deleteEvent(
    _ reference: ProviderEventReference,
    notifyAttendees: Bool,
    session: AccountSession
  ) async throws(ProviderError) { throw .notFound }
}
