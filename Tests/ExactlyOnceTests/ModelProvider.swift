import CalendarCore
import Foundation
import ICalendar
import Synchronization
import TestSupport

/// A calendar in the world outside: it keeps its vendor's rules, and behaves as badly as real ones do.
///
/// An event's id is derived from ours; making it again finds it, as the drivers do.
final class ModelProvider: CalendarProvider {
  enum Weather {
    case foul
    case fair
  }

  struct State {
    var random: SeededRandom
    var weather = Weather.foul
    /// By external id; a changed occurrence's is its series', `_` and its original start.
    var events: [String: ProviderEvent] = [:]
    var gone: Set<String> = []
    fileprivate var refused: Set<CalendarEvent.ID> = []
    fileprivate var writes = 0
  }

  private enum Answer<Result: Sendable>: Sendable {
    case result(Result)
    case error(ProviderError)
    case silence
  }

  let providerID = AccountProviderID(rawValue: "MODEL")
  let displayName = "Model"
  let maximumAttendees = 100
  /// Half of them drop all exceptions of a series with every write of its time or rule, as Exchange does.
  let keepsExceptions: Bool
  let state: Mutex<State>
  private let clock: WallClock

  init(seed: UInt64, clock: WallClock) {
    state = Mutex(State(random: SeededRandom(seed: seed)))
    keepsExceptions = seed.isMultiple(of: 2)
    self.clock = clock
  }

  func clearUp() { state.withLock { $0.weather = .fair } }
  func canWrite(_ account: ConnectedAccount) -> Bool { true }

  func createEvent(
    _ draft: ProviderEventDraft,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    let key = "\(draft.eventID)"
    return try await visit { [now = clock.now] state throws(ProviderError) in
      guard !state.gone.contains(key) else { throw .gone }
      if let known = state.events[key] { return known }
      if state.refused.contains(draft.eventID) { throw .rejected(reason: "No.") }
      // Refused once is refused for ever.
      if state.weather == .foul, state.random.chance(0.03) {
        state.refused.insert(draft.eventID)
        throw .rejected(reason: "No.")
      }
      let content = EventContent(
        title: draft.title,
        details: draft.details,
        location: draft.location,
        timing: draft.timing,
        recurrence: draft.recurrence,
        attendees: draft.attendees
      )
      let made = ProviderEvent(externalID: key, iCalUID: draft.iCalUID, etag: nil, content: content)
      return state.store(made, at: now)
    }
  }

  func event(
    _ reference: ProviderEventReference,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    try await visit { state throws(ProviderError) in try state.find(reference) }
  }

  func updateEvent(
    _ reference: ProviderEventReference,
    current: ProviderEvent,
    change: ProviderEventChange,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    try await visit { [now = clock.now] state throws(ProviderError) in
      var event = try state.find(reference)
      guard event.etag == current.etag else { throw .conflict(etag: event.etag) }
      if state.weather == .foul, state.random.chance(0.04) { throw .rejected(reason: "Not so.") }
      for field in change.fields { change.content.copy(field, to: &event.content) }
      state.dropExceptions(of: event, after: change.fields, all: !keepsExceptions)
      return state.store(event, at: now)
    }
  }

  func deleteEvent(
    _ reference: ProviderEventReference,
    notifyAttendees: Bool,
    session: AccountSession
  ) async throws(ProviderError) {
    try await visit { state throws(ProviderError) in
      let event = try state.find(reference)
      if state.weather == .foul, state.random.chance(0.04) { throw .rejected(reason: "It stays.") }
      state.remove(event.externalID)
    }
  }

  /// Does what it is asked for, or not, and tells of it, or not.
  private func visit<Result: Sendable>(
    _ act: (inout State) throws(ProviderError) -> Result
  ) async throws(ProviderError) -> Result {
    let answer = state.withLock { state -> Answer<Result> in
      if let error = state.mood() { return .error(error) }
      let result: Result
      do throws(ProviderError) { result = try act(&state) } catch { return .error(error) }
      // It was done. Whether we hear of it is another matter.
      guard state.weather == .foul else { return .result(result) }
      switch Int.random(in: 0..<100, using: &state.random) {
      case 0..<10: return .error(.unavailable(reason: "answer lost"))
      case 10..<13: return .error(.malformedReply(reason: "garbage"))
      case 13..<15: return .silence
      default: return .result(result)
      }
    }
    switch answer {
    case .result(let result): return result
    case .error(let error): throw error
    case .silence:
      // This lasts until the caller gives up.
      try? await Task.sleep(for: .seconds(3600))
      throw .unavailable(reason: "no answer")
    }
  }
}

extension ModelProvider.State {
  /// Why it will not even look at the request.
  fileprivate mutating func mood() -> ProviderError? {
    guard weather == .foul else { return nil }
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<8: return .unavailable(reason: "refused")
    case 8..<12: return .rateLimited(retryAfter: .seconds(30))
    case 12..<14: return .malformedReply(reason: "garbage")
    default: return nil
    }
  }

  /// The event; the occurrence as it was changed, or as its series has it.
  func find(_ reference: ProviderEventReference) throws(ProviderError) -> ProviderEvent {
    let series = reference.externalID ?? "\(reference.eventID)"
    let key = reference.originalStart.map { "\(series)_\($0)" } ?? series
    guard !gone.contains(key) else { throw .gone }
    if let event = events[key] { return event }
    guard let start = reference.originalStart, var event = events[series],
      let instance = event.content.instance(start)
    else { throw .notFound }
    event.content.timing = instance.timing
    event.content.recurrence = []
    event.externalID = key
    event.changedAt = nil
    return event
  }

  mutating func store(_ event: ProviderEvent, at now: Date?) -> ProviderEvent {
    writes += 1
    var stored = event
    stored.etag = "\(writes)"
    stored.changedAt = now
    events[stored.externalID] = stored
    return stored
  }

  /// An event goes with all its occurrences, and never comes back.
  mutating func remove(_ key: String) {
    for other in events.keys where other == key || other.hasPrefix("\(key)_") { events[other] = nil }
    gone.insert(key)
  }

  /// Drops a series' exceptions when it moves, and when it is shortened those that no longer belong to it.
  fileprivate mutating func dropExceptions(of series: ProviderEvent, after fields: Set<EventField>, all: Bool)
  {
    guard !fields.isDisjoint(with: [.timing, .recurrence]) else { return }
    func isLost(_ key: String) -> Bool {
      guard key.hasPrefix("\(series.externalID)_") else { return false }
      let start = OriginalStart(String(key.dropFirst(series.externalID.count + 1)))
      return all || fields.contains(.timing) || start.flatMap { series.content.instance($0) } == nil
    }
    for key in events.keys where isLost(key) { events[key] = nil }
    gone = gone.filter { !isLost($0) }
  }
}

extension EventContent {
  fileprivate func instance(_ start: OriginalStart) -> EventInstance? {
    EventSeries(timing, repeating: recurrence).first { OriginalStart($0.id) == start }
  }

  fileprivate func copy(_ field: EventField, to other: inout EventContent) {
    switch field {
    case .title: other.title = title
    case .details: other.details = details
    case .location: other.location = location
    case .timing: other.timing = timing
    case .recurrence: other.recurrence = recurrence
    case .attendees: other.attendees = attendees
    case .conference: break
    }
  }
}
