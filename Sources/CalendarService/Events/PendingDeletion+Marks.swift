import CalendarCore
import Foundation
import JobQueue

extension WorkspaceTransaction {
  /// Shows again what was marked for a deletion that could be taken back, and lets what waited for that go on.
  ///
  /// With a series the occurrences that were marked with it, but none that bears a mark of its own.
  func removeMark(from event: CalendarEvent, now: Date) throws {
    var shown = event
    shown.pendingDeletion = nil
    try events.update(shown)
    try jobs.cancel(.deleteEvent, .event(event.id), now: now)
    try jobs.expedite(.event(event.id), now: now)
    guard event.isRecurring else { return }
    for var exception in try events.exceptions(ofSeries: [event.id])
    where exception.pendingDeletion?.originalStart != nil {
      exception.pendingDeletion = nil
      try events.update(exception)
      try jobs.expedite(.event(exception.id), now: now)
    }
  }
}
