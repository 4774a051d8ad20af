import CalendarCore
import Foundation
import ICalendar
import Synchronization

/// A calendar in memory that does what a test tells it, and remembers what it was asked.
final class FakeCalendar: CalendarProvider {
  typealias Script = @Sendable (ProviderEventDraft, Int) async throws(ProviderError) -> ProviderEvent
  typealias Obstacle = @Sendable (Int) async throws(ProviderError) -> Void

  /// A change that was written, or a deletion.
  struct Write: Sendable {
    var key: String
    var fields: Set<EventField>
    var conference: ConferenceChange?
    var notifies: Bool
  }

  let providerID = AccountProviderID(rawValue: "FAKE")
  let displayName = "Fake"
  let maximumAttendees = 5
  private let state = Mutex(State())

  fileprivate struct State {
    var drafts: [ProviderEventDraft] = []
    var reads = 0
    var create: Script = { draft, _ in made(draft) }
    var read: (@Sendable (Int) throws(ProviderError) -> ProviderEvent)?
    var beforeRead: Obstacle = { _ in }
    var beforeChange: Obstacle = { _ in }
    var beforeDeletion: Obstacle = { _ in }
    var attempts = 0
    var events: [String: ProviderEvent] = [:]
    var gone: Set<String> = []
    var changes: [Write] = []
    var deletions: [Write] = []
    var recurrenceProblem: String?
    var keepsExceptions = true
    var longestDescription = Int.max
    var conferenceLinks: [[String]] = []
    var losesNextAnswer = false

    mutating func answer() throws(ProviderError) {
      guard losesNextAnswer else { return }
      losesNextAnswer = false
      throw .unavailable(reason: "The answer was lost.")
    }
  }

  var drafts: [ProviderEventDraft] { state.withLock { $0.drafts } }
  /// How many different events there are, as a provider that keeps its promise counts.
  var eventCount: Int { Set(drafts.map(\.eventID)).count }
  var reads: Int { state.withLock { $0.reads } }
  var changes: [Write] { state.withLock { $0.changes } }
  var deletions: [Write] { state.withLock { $0.deletions } }
  /// The events by key: the external id, for a changed occurrence followed by `_` and its original start.
  var events: [String: ProviderEvent] { state.withLock { $0.events } }

  func whenCreating(_ script: @escaping Script) { state.withLock { $0.create = script } }

  func whenReading(_ script: @escaping @Sendable (Int) throws(ProviderError) -> ProviderEvent) {
    state.withLock { $0.read = script }
  }

  /// Runs before each reading, with how many there were.
  func beforeReading(_ obstacle: @escaping Obstacle) { state.withLock { $0.beforeRead = obstacle } }

  /// Runs before each change, with its number; may throw, or change the event as another person would.
  func beforeChanging(_ obstacle: @escaping Obstacle) { state.withLock { $0.beforeChange = obstacle } }
  func beforeDeleting(_ obstacle: @escaping Obstacle) { state.withLock { $0.beforeDeletion = obstacle } }
  /// The next change or new event is written, and nobody hears of it.
  func loseNextAnswer() { state.withLock { $0.losesNextAnswer = true } }
  /// From now on, every write of a series' time or rule drops its exceptions, as at Exchange.
  func dropExceptions() { state.withLock { $0.keepsExceptions = false } }
  var keepsExceptions: Bool { state.withLock { $0.keepsExceptions } }
  func refuseRecurrence(_ problem: String) { state.withLock { $0.recurrenceProblem = problem } }
  /// Refuses descriptions that are longer together with the conference's link.
  func limitDescriptions(to length: Int) { state.withLock { $0.longestDescription = length } }
  /// The links that each reading named.
  var conferenceLinks: [[String]] { state.withLock { $0.conferenceLinks } }

  /// Changes the event as a person does in their own calendar.
  func changeOutside(_ id: CalendarEvent.ID, at instant: Date? = nil, _ change: (inout ProviderEvent) -> Void)
  {
    state.withLock { state in
      guard var event = state.events["x-\(id)"] else { return }
      change(&event)
      event.changedAt = instant
      state.events["x-\(id)"] = Self.stamped(event)
    }
  }

  func deleteOutside(_ occurrence: EventReference) { state.withLock { $0.remove("x-\(occurrence)") } }

  func deleteOutside(_ id: CalendarEvent.ID) { state.withLock { $0.remove("x-\(id)") } }

  func event(_ id: CalendarEvent.ID) -> ProviderEvent? { events["x-\(id)"] }

  /// Everything that takes place there, each occurrence of a series with its own time.
  var takingPlace: [EventContent] { state.withLock { $0.takingPlace } }

  func recurrenceProblem(_ recurrence: [String], timing: EventTiming) -> String? {
    state.withLock { $0.recurrenceProblem }
  }

  func textProblem(_ content: EventContent, conference: EventConference) -> TextProblem? {
    let length = (content.details ?? "").count + (conference.link ?? "").count
    return state.withLock { $0.longestDescription } < length
      ? TextProblem(.details, reason: "Too long.") : nil
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
    let made = try await script(draft, attempt)
    return try state.withLock { state throws(ProviderError) in
      guard !state.gone.contains(made.externalID) else { throw .gone }
      if let known = state.events[made.externalID] { return known }
      state.events[made.externalID] = made
      try state.answer()
      return made
    }
  }

  func event(
    _ reference: ProviderEventReference,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    let (script, obstacle, attempt) = state.withLock { state in
      state.reads += 1
      state.conferenceLinks.append(reference.conferenceLinks)
      return (state.read, state.beforeRead, state.reads)
    }
    try await obstacle(attempt)
    if let script { return try script(attempt) }
    return try state.withLock { state throws(ProviderError) in try state.find(reference) }
  }

  func updateEvent(
    _ reference: ProviderEventReference,
    current: ProviderEvent,
    change: ProviderEventChange,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    let (obstacle, attempt) = state.withLock { state in
      state.attempts += 1
      return (state.beforeChange, state.attempts)
    }
    try await obstacle(attempt)
    return try state.withLock { state throws(ProviderError) in
      var event = try state.find(reference)
      guard event.etag == current.etag else { throw .conflict(etag: event.etag) }
      Self.apply(change, to: &event)
      event = Self.stamped(event)
      state.events[State.key(reference)] = event
      if !change.fields.isDisjoint(with: [.timing, .recurrence]) { state.dropStrays(of: reference) }
      state.changes.append(
        Write(
          key: State.key(reference),
          fields: change.fields,
          conference: change.conference,
          notifies: change.notifyAttendees
        )
      )
      try state.answer()
      return event
    }
  }

  func deleteEvent(
    _ reference: ProviderEventReference,
    notifyAttendees: Bool,
    session: AccountSession
  ) async throws(ProviderError) {
    let (obstacle, attempt) = state.withLock { ($0.beforeDeletion, $0.deletions.count + 1) }
    try await obstacle(attempt)
    try state.withLock { state throws(ProviderError) in
      _ = try state.find(reference)
      state.remove(State.key(reference))
      state.deletions.append(
        Write(key: State.key(reference), fields: [], notifies: notifyAttendees)
      )
    }
  }

  private static func apply(_ change: ProviderEventChange, to event: inout ProviderEvent) {
    for field in change.fields {
      switch field {
      case .title: event.content.title = change.content.title
      case .details: event.content.details = change.content.details
      case .location: event.content.location = change.content.location
      case .timing: event.content.timing = change.content.timing
      case .recurrence: event.content.recurrence = change.content.recurrence
      case .attendees: event.content.attendees = change.content.attendees
      case .conference: break
      }
    }
    if !change.fields.isDisjoint(with: [.timing, .recurrence]) { event.sequence += 1 }
    switch change.conference {
    case nil: break
    case .remove: event.conference = nil
    case .set(.ready(let conference)): event.conference = .success(conference)
    case .set(.withEvent): event.conference = .pending
    }
  }

  private static func stamped(_ event: ProviderEvent) -> ProviderEvent {
    var event = event
    event.etag = "\((Int(event.etag ?? "0") ?? 0) + 1)"
    return event
  }

  static func made(_ draft: ProviderEventDraft, _ conference: ProviderConference? = nil) -> ProviderEvent {
    ProviderEvent(
      externalID: "x-\(draft.eventID)",
      iCalUID: "\(draft.eventID)@fake",
      etag: "1",
      url: "https://calendar.example/x",
      content: EventContent(
        title: draft.title,
        details: draft.details,
        location: draft.location,
        timing: draft.timing,
        recurrence: draft.recurrence,
        attendees: draft.attendees
      ),
      conference: conference ?? draft.conference.map { _ in .pending }
    )
  }
}

extension FakeCalendar.State {
  static func key(_ reference: ProviderEventReference) -> String {
    let id = reference.externalID ?? "x-\(reference.eventID)"
    return reference.originalStart.map { "\(id)_\($0)" } ?? id
  }

  mutating func remove(_ key: String) {
    events[key] = nil
    gone.insert(key)
  }

  /// Forgets the exceptions that are no longer occurrences of the changed series.
  mutating func dropStrays(of reference: ProviderEventReference) {
    let id = Self.key(reference)
    guard reference.originalStart == nil, let series = events[id] else { return }
    for key in Set(events.keys).union(gone) where key.hasPrefix("\(id)_") {
      guard let start = OriginalStart(String(key.dropFirst(id.count + 1))),
        !keepsExceptions || Self.instance(start, of: series) == nil
      else { continue }
      events[key] = nil
      gone.remove(key)
    }
  }

  private static func instance(_ start: OriginalStart, of series: ProviderEvent) -> EventInstance? {
    var component = EventComponent(uid: "x", dtstamp: .distantPast, timing: series.content.timing)
    try? component.setRecurrence(series.content.recurrence)
    let instances = EventSeries(master: component).between(start.instant, start.instant.addingTimeInterval(1))
    return instances.instances.first { OriginalStart($0.id) == start }
  }

  var takingPlace: [EventContent] {
    events.filter { !$0.key.contains("_") && !$0.value.isCanceled }.flatMap { key, event in
      guard !event.content.recurrence.isEmpty else { return [event.content] }
      return EventSeries(event.content.timing, repeating: event.content.recurrence).compactMap { instance in
        let name = "\(key)_\(OriginalStart(instance.id))"
        if gone.contains(name) { return nil }
        if let exception = events[name] { return exception.content }
        var content = event.content
        content.timing = instance.timing
        return content
      }
    }
  }

  /// The event, or the occurrence as it was changed, or as its series has it.
  func find(_ reference: ProviderEventReference) throws(ProviderError) -> ProviderEvent {
    let key = Self.key(reference)
    guard !gone.contains(key) else { throw .gone }
    if let event = events[key] { return event }
    guard let start = reference.originalStart,
      var series = events[reference.externalID ?? "x-\(reference.eventID)"]
    else { throw .notFound }
    guard let instance = Self.instance(start, of: series) else { throw .notFound }
    series.content.timing = instance.timing
    series.content.recurrence = []
    series.externalID = key
    return series
  }
}
