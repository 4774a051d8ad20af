import Foundation
import JSONModel
import Synchronization

/// Changing and deleting: events, series and instances alike.
extension EventCall {
  func change(_ id: String, replacing: Bool) throws(GoogleError) -> Outcome {
    let options = try WriteOptions(request)
    guard let old = calendar.event(id) else { throw .notFound }
    let written = EventFields.writable(body)
    try checkLife(of: old, written)
    try checkMatch(old)
    try checkRoom(for: old)
    if written["status"]?.string == "cancelled" { return try delete(id) }
    var event = old
    event.isDeleted = false
    event.fields = try fields(replacing ? written : old.fields.merged(with: written), over: old, options)
    if event.recurringEventID != nil, event.fields["recurrence"] != nil {
      throw .invalid("An instance of a recurring event cannot recur.")
    }
    try setConference(of: &event, over: old, options)
    try ForeignEvent.check(event, over: old, calendar.account)
    event.sequence = try sequence(of: event, over: old, given: written["sequence"]?.integer)
    var changed = calendar
    // A read-only field is sent back unchanged with the rest and says nothing about the intention.
    let named = replacing ? [] : options.named(written)
    let gone: [StoredEvent]
    (event, gone) = keep(event, over: old, written: named, in: &changed)
    GuestMail(calendar: changed, emulator: emulator).announce(
      event,
      // Guests who received the cancellation are invited again.
      over: old.isDeleted ? nil : old,
      without: gone,
      to: options.sendUpdates
    )
    return (try response(event, in: changed), changed)
  }

  func delete(_ id: String) throws(GoogleError) -> Outcome {
    let sendUpdates = try WriteOptions(request).sendUpdates
    guard var event = calendar.event(id) else { throw .notFound }
    guard !event.isDeleted else { throw .deleted }
    try checkMatch(event)
    try checkRoom(for: event)
    let gone = RecurringEvent(event).map(calendar.resolvedExceptions)?.filter { !$0.isDeleted } ?? []
    event.sequence += 1
    event.isDeleted = true
    event.awaited = nil
    var changed = calendar
    (event, _) = keep(event, over: event, written: [], in: &changed)
    for var exception in gone.compactMap({ calendar.events[$0.id] }).sorted(by: { $0.change < $1.change }) {
      exception.isDeleted = true
      exception.awaited = nil
      _ = emulator.store(exception, in: &changed)
    }
    GuestMail(calendar: changed, emulator: emulator).cancel(event, with: gone, to: sendUpdates)
    guard request.method == "DELETE" else { return (try response(event, in: changed), changed) }
    return (EmulatorResponse(status: 204), changed)
  }

  /// Stores an event, or an instance as an exception, and removes the exceptions that no longer belong to the series.
  ///
  /// - Returns: The event as answered, and the exceptions that were removed.
  func keep(
    _ event: StoredEvent,
    over old: StoredEvent,
    written: Set<String>,
    in changed: inout GoogleCalendar
  ) -> (event: StoredEvent, gone: [StoredEvent]) {
    if let series = event.recurringEventID.flatMap({ changed.events[$0] }).flatMap(RecurringEvent.init) {
      let before = changed.exceptions(of: series.master.id)[event.id]
      _ = emulator.store(series.exception(event, written: written, over: before), in: &changed)
      return (changed.event(event.id) ?? event, [])
    }
    let stored = emulator.store(event, in: &changed)
    guard let before = RecurringEvent(old), !stored.isDeleted else { return (stored, []) }
    let now = RecurringEvent(stored)
    var gone: [StoredEvent] = []
    for exception in calendar.resolvedExceptions(of: before).sorted(by: { $0.id < $1.id }) {
      guard let time = exception.originalTime, now?.hasInstance(at: time) != true,
        var kept = changed.events[exception.id]
      else { continue }
      kept.isGone = true
      kept.isDeleted = true
      kept.awaited = nil
      _ = emulator.store(kept, in: &changed)
      if !exception.isDeleted { gone.append(exception) }
    }
    return (stored, gone)
  }

  /// Refuses any change of a deleted event except the one that restores it.
  private func checkLife(of old: StoredEvent, _ written: JSON) throws(GoogleError) {
    guard old.isDeleted else { return }
    let isOfDeletedSeries = old.recurringEventID.flatMap { calendar.events[$0]?.isDeleted } ?? false
    guard ["confirmed", "tentative"].contains(written["status"]?.string), !isOfDeletedSeries else {
      throw .deleted
    }
    if !calendar.exceptions(of: old.id).isEmpty { throw .notEmulated("restoring a series with exceptions") }
  }

  /// Checks `If-Match`: the write is for the version that the client saw, or unconditional.
  private func checkMatch(_ event: StoredEvent) throws(GoogleError) {
    guard let match = request.headers["if-match"], match != "*" else { return }
    let tags = match.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    guard tags.contains(event.etag) else { throw .stale }
  }

  func fields(_ wanted: JSON, over old: StoredEvent?, _ options: WriteOptions) throws(GoogleError)
    -> JSON
  {
    var wanted = wanted
    if wanted["attendeesOmitted"] == true, let old { setOwnAnswer(in: &wanted, over: old) }
    wanted["attendeesOmitted"] = nil
    if !options.supportsAttachments { wanted["attachments"] = old?.fields["attachments"] }
    return try EventFields.checked(wanted, in: calendar)
  }

  /// Applies the owner's response, and nothing else, from a list that omits other guests.
  private func setOwnAnswer(in wanted: inout JSON, over old: StoredEvent) {
    func isOwn(_ guest: JSON) -> Bool { guest["email"]?.string?.lowercased() == calendar.account.email }
    let answer = wanted["attendees"]?.array?.first(where: isOwn)
    wanted["attendees"] = old.fields["attendees"]
    guard let answer, !old.attendees.isEmpty else { return }
    wanted["attendees"] = .array(old.attendees.map { isOwn($0) ? $0.merged(with: answer) : $0 })
  }

  /// Ignores conference data without `conferenceDataVersion=1`, as the client does not know it; the old data stays.
  func setConference(
    of event: inout StoredEvent,
    over old: StoredEvent?,
    _ options: WriteOptions
  ) throws(GoogleError) {
    guard options.writesConferences else {
      event.fields["conferenceData"] = old?.fields["conferenceData"]
      return
    }
    let emulator = emulator
    let (data, awaited) = try EventConference.resolve(
      event.fields["conferenceData"],
      old: old,
      account: calendar.account,
      code: { Self.meetingCode(from: emulator.identifiers()) },
      behaviour: behaviour,
      now: emulator.clock()
    )
    event.fields["conferenceData"] = data
    event.awaited = awaited
  }

  /// Rises when time, place or recurrence change, so that guests are asked again (RFC 5546 §2.1.4).
  func sequence(of event: StoredEvent, over old: StoredEvent, given: Int?) throws(GoogleError) -> Int {
    if let given, given < old.sequence {
      throw .lowSequence
    }
    let moved = ["start", "end", "location", "recurrence"].contains { event.fields[$0] != old.fields[$0] }
    return max(given ?? 0, old.sequence + (moved ? 1 : 0))
  }

  func response(_ event: StoredEvent, in calendar: GoogleCalendar) throws(GoogleError)
    -> EmulatorResponse
  {
    let resource = EventResource(
      calendar: calendar,
      zone: try ReadOptions.zone(of: request) ?? calendar.zone,
      maxAttendees: try ReadOptions.integer("maxAttendees", of: request, in: 1...Int.max),
      home: emulator.home.withLock(\.self)
    )
    return .json(resource.json(event), headers: ["ETag": event.etag])
  }
}
