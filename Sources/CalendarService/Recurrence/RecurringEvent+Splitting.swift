package import CalendarCore
import ICalendar

extension RecurringEvent {
  /// The series cut in two before an occurrence: "this and following".
  ///
  /// - Parameter start: The occurrence that the second part begins with, which may have been changed or canceled.
  /// - Returns: What the first part is, and the second with its exceptions: as it was, for the change to be made to it.
  ///   It has the id of the whole until the caller gives it one of its own.
  /// - Throws: `InvalidInput` where there is no such occurrence, it is the first, or the series cannot be divided there.
  package func split(
    at start: OriginalStart
  ) throws(InvalidInput) -> (before: EventContent, after: RecurringEvent) {
    guard let instance = instance(start) else {
      throw InvalidInput("occurrenceStart", Messages.Recurrence.noOccurrence)
    }
    guard firstOriginalStart.map({ $0.instant < start.instant }) ?? false else { throw Self.isFirst }
    let parts: (before: EventSeries, after: EventSeries)
    do {
      parts = try series.splitting(at: instance.id, uid: "")
    } catch {
      switch error {
      case .isFirstInstance: throw Self.isFirst
      case .notAnInstance, .notDivisible:
        throw InvalidInput(
          "scope",
          Messages.Recurrence.notDivisible
        )
      }
    }
    var (before, second) = (master.content, master)
    before.recurrence = parts.before.master.typedRecurrence.compactLines
    second.timing = instance.timing
    second.recurrence = parts.after.master.typedRecurrence.compactLines
    let earlier = Set(exceptions(before: start).map(\.id))
    return (before, RecurringEvent(second, exceptions: exceptions.filter { !earlier.contains($0.id) }))
  }

  /// The exceptions that stay with the first part when the series is cut in two before an occurrence.
  func exceptions(before start: OriginalStart) -> [CalendarEvent] {
    exceptions.filter { exception in
      exception.originalStart.map { $0.instant < start.instant } ?? false
    }
  }

  private static let isFirst = InvalidInput(
    "scope",
    Messages.Recurrence.isFirst
  )
}
