import CalendarCore
import CalendarService
import Foundation
import ICalendar
import JobQueue
import TestSupport

extension ChangeSchedule {
  /// Ends all faults and runs everything; then both sides must agree, and match what every caller was told.
  mutating func finish() async throws {
    note("the weather clears up")
    provider.clearUp()
    try await settle()
    let failed = try await checkRefusals()
    // What was changed outside is learnt when something is delivered.
    for round in 0..<3 {
      for event in Self.masters(try await listed()) { try await touch(event, "final \(round)") }
      try await settle()
    }
    let shown = try await listed()
    try await checkNothingWaits(shown)
    try await compare(shown)
    for meeting in meetings { check(meeting, shown, wasRefused: failed.contains(meeting.id)) }
    for expected in series where expected.isCertain { check(expected, shown, failed) }
  }

  /// One event for each meeting and series that is shown.
  private static func masters(_ shown: [CalendarEvent]) -> [CalendarEvent] {
    Dictionary(grouping: shown) { $0.seriesID ?? $0.id }.sorted { $0.key.description < $1.key.description }
      .compactMap(\.value.first)
  }

  private mutating func touch(_ event: CalendarEvent, _ text: String) async throws {
    let name = event.reference
    if event.push.status == .conflict {
      let keepsOurs = random.chance(0.5)
      let answer = await Self.outcome { [caller, pool] in
        try await pool.immortal().events.resolveConflict(name, keepCRM: keepsOurs, caller: caller)
      }
      note("\(name) resolve, ours \(keepsOurs): \(answer)")
      return
    }
    var input = UpdateEventInput()
    input.details = .set(text)
    if event.seriesID != nil { input.scope = .all }
    let answer = await Self.outcome { [caller, pool, input] in
      try await pool.immortal().events.update(name, input, caller: caller)
    }
    note("\(name) \(text): \(answer)")
  }

  /// Checks that every job given up shows a reason; returns the ids of the failed events or of their series.
  private func checkRefusals() async throws -> Set<CalendarEvent.ID> {
    let dead = try await database.read(caller.workspaceID) { [accounts] in
      try $0.jobs.discarded(resources: accounts.map(\.uuid), limit: 1000).map(\.job.eventID)
    }
    var failed: Set<CalendarEvent.ID> = []
    for event in try await listed() where event.push.status == .failed {
      failed.insert(event.seriesID ?? event.id)
      if event.push.error == nil { fail("\(event.reference) was given up without a reason") }
      let master = try await stored(event.id)?.id ?? event.seriesID
      if master.map(dead.contains) != true { fail("\(event.reference) was given up without a dead letter") }
    }
    return failed
  }

  /// No job is left; nothing waits for one, or is hidden until one runs.
  private func checkNothingWaits(_ shown: [CalendarEvent]) async throws {
    for event in shown where event.push.status == .pending { fail("\(event.reference) waits for ever") }
    let ids = Set(
      shown.map { $0.seriesID ?? $0.id } + meetings.map(\.id)
        + series.flatMap { $0.occurrences.values.map(\.eventID) }
    )
    let rows = try await database.read(caller.workspaceID) { reader in
      try reader.events.find(ids: Array(ids)) + reader.events.exceptions(ofSeries: Array(ids))
    }
    for event in rows where event.pendingDeletion != nil && event.deletedAt == nil {
      fail("\(event.reference) is hidden for ever")
    }
  }

  private func compare(_ shown: [CalendarEvent]) async throws {
    var apart = Set(
      shown.filter { $0.push.status != .synced }.map { $0.seriesID ?? $0.id }
        + meetings.filter(\.isDeletedOutside).map(\.id)
    )
    // A series of which nothing is left to be shown may be given up, too.
    for id in Set(provider.takingPlace.map(\.eventID)) {
      guard let event = try await stored(id), event.deletedAt == nil, event.push.status != .synced else {
        continue
      }
      if event.push.error == nil { fail("\(id) is \(event.push.status) without a reason") }
      apart.insert(id)
    }
    let here = shown.map { TakingPlace($0.seriesID ?? $0.id, $0.content, $0.timing) }
      .filter { !apart.contains($0.eventID) }
    let there = provider.takingPlace.filter { !apart.contains($0.eventID) }
    guard Set(here) != Set(there) || here.count != there.count else { return }
    let (left, right) = (Set(here).subtracting(there), Set(there).subtracting(here))
    fail("here and there differ: here \(left), there \(right)")
  }

  private func check(_ meeting: ExpectedMeeting, _ shown: [CalendarEvent], wasRefused: Bool) {
    let found = shown.first { $0.id == meeting.id }
    guard let found else {
      if meeting.deletion == .none { fail("\(meeting.id) was accepted and is lost") }
      return
    }
    if meeting.deletion == .accepted, !wasRefused { fail("\(meeting.id) was deleted and is back") }
    guard !meeting.isDeletedOutside, found.push.status == .synced else { return }
    if !meeting.allows(found.title, for: .title) { fail("\(meeting.id) has the title \(found.title)") }
    let location = found.location ?? ""
    if !meeting.allows(location, for: .location) { fail("\(meeting.id) has the location \(location)") }
    let lost = meeting.guests.subtracting(found.attendees.map(\.handle.rawValue))
    if !lost.isEmpty { fail("\(meeting.id) has lost \(lost)") }
  }

  private func check(_ expected: ExpectedSeries, _ shown: [CalendarEvent], _ failed: Set<CalendarEvent.ID>) {
    let mine = Set(expected.occurrences.values.map(\.eventID))
    guard mine.isDisjoint(with: failed) else { return }
    let found = shown.compactMap { event -> (Int, ExpectedSeries.Occurrence)? in
      guard let id = event.seriesID, mine.contains(id) else { return nil }
      let week = Self.week(of: event.timing.startInstant(in: .utc))
      return (week, .init(eventID: id, title: event.title, location: event.location ?? ""))
    }
    let actual = Dictionary(found, uniquingKeysWith: { $1 })
    if actual != expected.occurrences || found.count != actual.count {
      let all = Set(actual.keys).union(expected.occurrences.keys).sorted()
      let lines = all.filter { actual[$0] != expected.occurrences[$0] }.map { week in
        "week \(week): \(String(describing: actual[week])), not \(String(describing: expected.occurrences[week]))"
      }
      fail("a series is not as it was made: \(lines.joined(separator: "; "))")
    }
  }
}
