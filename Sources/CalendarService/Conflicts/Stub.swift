import CalendarCore
import Foundation
import ICalendar
enum Side: Sendable { case mine, theirs }
struct EventMerge {
  let mine: EventVersion
  init(base: EventVersion, mine: EventVersion, theirs: EventVersion) { self.mine = mine; contested = [] }
  let contested: [EventField]
  func merged(_ winner: (EventField) -> Side) -> EventVersion { mine }
  static func difference(from: EventVersion, to: EventVersion) -> Set<EventField> { from == to ? [] : [.title] }
}
extension ConflictResolutionStrategy {
  func winner(mineEditedAt: Date, theirsChangedAt: Date?) -> Side? { nil }
}
extension RecurringEvent {
  func moved(from old: EventTiming, to new: EventTiming) throws -> EventContent { master.content }
  func exceptions(following new: CalendarEvent) -> (kept: [CalendarEvent], dropped: [CalendarEvent]) { ([], []) }
  func split(at start: OriginalStart) throws -> (before: EventContent, after: EventContent, later: [CalendarEvent]) { (master.content, master.content, []) }
  func shifted(_ start: OriginalStart, to new: CalendarEvent) -> OriginalStart { start }
}
