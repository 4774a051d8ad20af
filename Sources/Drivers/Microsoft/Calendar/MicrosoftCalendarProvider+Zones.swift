import CalendarCore
import Foundation
import ICalendar
import JSONModel
import ProviderKit

/// Zones that Exchange does not name.
///
/// A meeting that another program made, or that came by email, can be in a zone that is known to Exchange alone:
/// `tzone://Microsoft/Custom`, or whatever its file called it. Graph tells its instants, and nothing of its rules. They are
/// in a property that Exchange keeps with the event, and the zone of the IANA with the same rules takes its place; where
/// there is no such property, the other zones that are known of the event and its mailbox are tried. A series is read in a
/// zone only if its rules make the occurrences that Graph lists. Where no zone fits, the event is refused, with a sentence
/// that says so: never is it read in UTC for want of better.
extension MicrosoftCalendarProvider {
  /// An event in this program's types, in whatever zone Exchange keeps it.
  func read(_ event: GraphEvent, _ session: AccountSession) async throws(ProviderError) -> ProviderEvent {
    guard event.isInUnknownZone, let start = GraphEvent.instant(event.json["start"]) else {
      return try ProviderEvent(event)
    }
    // What matters of a series is still to come.
    let first = event.type == "seriesMaster" ? max(start, clock.now) : start
    let definition = try await client.timeZoneDefinition(event.id, session)
    var candidates = definition?.zone(from: first)?.equivalent(from: first).map { [$0.zone] } ?? []
    candidates += [event.originalStartTimeZone].compactMap(\.self)
    if candidates.isEmpty, let name = try await client.mailboxZone(session) {
      candidates += [GraphEvent.zone(named: name)].compactMap(\.self)
    }
    for zone in candidates {
      let read = try ProviderEvent(event, zone: zone)
      if try await isRight(read, from: first, session) { return read }
    }
    throw .rejected(reason: Messages.unreadableZone)
  }

  /// Whether the rules of a series make what Graph lists: a year tells, in which the clocks are changed.
  private func isRight(
    _ series: ProviderEvent,
    from start: Date,
    _ session: AccountSession
  ) async throws(ProviderError) -> Bool {
    guard !series.content.recurrence.isEmpty else { return true }
    let window = DateInterval(start: start, duration: 400 * 86_400)
    let expected = series.occurrences(in: window)
    guard expected.isComplete else { return false }
    let starts = Set(expected.starts)
    return try await instances(of: series.externalID, in: window, session).compactMap(\.originalStart)
      .allSatisfy { starts.contains($0) || !(window.start..<window.end).contains($0.instant) }
  }

  /// The zone, by its name at Exchange, in which whole days are written: they are midnight to midnight somewhere, and
  /// block that time for colleagues.
  ///
  /// An occurrence stays in its series' zone. Without the permission to ask for the mailbox's zone it is UTC: the days are
  /// right then, and the time that is blocked is off by the offset.
  func dayZone(
    _ timing: EventTiming,
    over old: GraphEvent? = nil,
    _ session: AccountSession
  ) async throws(ProviderError) -> String {
    guard case .allDay(let day, _) = timing else { return "UTC" }
    var zone: Zone?
    if let old, old.seriesID != nil, old.isAllDay { zone = old.originalStartTimeZone }
    if zone == nil {
      do { zone = try await client.mailboxZone(session).flatMap(GraphEvent.zone(named:)) } catch {
        throw error.unsent
      }
    }
    let midnight = ZonedDateTime(local: LocalDateTime(startOf: day), zone: .utc).instant
    return zone?.windowsName(from: midnight) ?? "UTC"
  }
}

extension ProviderEvent {
  /// The occurrences that the rules of a series make in a span of time.
  func occurrences(in window: DateInterval) -> (starts: [OriginalStart], isComplete: Bool) {
    var master = EventComponent(uid: "", dtstamp: .distantPast, timing: content.timing)
    guard (try? master.setRecurrence(content.recurrence)) != nil else { return ([], false) }
    let found = EventSeries(master: master).between(window.start, window.end)
    return (found.instances.map { OriginalStart($0.id) }, found.isComplete)
  }
}
