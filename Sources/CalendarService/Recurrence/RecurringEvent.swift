package import CalendarCore
package import Foundation
import ICalendar

/// An event that repeats, together with the occurrences of it that differ.
///
/// Those are events of their own, with `seriesID` and `originalStart`; one with `deletedAt` is an occurrence that
/// was canceled. Days are read in UTC, as they are stored.
package struct RecurringEvent: Sendable {
  package let master: CalendarEvent
  package let exceptions: [CalendarEvent]
  /// As the rules have it, exceptions apart.
  let series: EventSeries
  private let exceptionsByStart: [OriginalStart: CalendarEvent]

  package init(_ master: CalendarEvent, exceptions: [CalendarEvent]) {
    self.master = master
    self.exceptions = exceptions
    series = master.series
    exceptionsByStart = Dictionary(
      exceptions.compactMap { event in event.originalStart.map { ($0, event) } },
      uniquingKeysWith: { $1 }
    )
  }

  /// The occurrences as the series has them that touch a span of time, by start, at most `limit`.
  ///
  /// Exceptions are left out, as they are found by their own time, and so is what is deleted or about to be.
  package func occurrences(from: Date, to: Date, limit: Int) -> [CalendarEvent] {
    guard limit > 0, let first = series.first(where: { _ in true }) else { return [] }
    let from = max(from, first.timing.startInstant(in: .utc))
    let to = min(to, master.repeatsUntil?.addingTimeInterval(1) ?? .distantFuture)
    var found: [CalendarEvent] = []
    var (start, span) = (from, Self.firstSpan)
    // A rule may be endless and the span too: look a little further each time, until there are enough.
    while start < to {
      let end = min(start.addingTimeInterval(span), to)
      for instance in series.between(start, end).instances
      where start == from || instance.timing.startInstant(in: .utc) >= start {
        let id = OriginalStart(instance.id)
        guard exceptionsByStart[id] == nil, !isHidden(id) else { continue }
        found.append(plain(instance))
        if found.count == limit { return found }
      }
      start = end
      span = span * 2
    }
    return found
  }

  /// The occurrence as it is now, changed or not; nil if there is none, or it is deleted or about to be.
  package func occurrence(_ start: OriginalStart) -> CalendarEvent? {
    guard !isHidden(start) else { return nil }
    if let exception = exceptionsByStart[start] {
      return exception.isDeleted || exception.pendingDeletion != nil ? nil : exception
    }
    return instance(start).map(plain)
  }

  /// Whether an occurrence, an exception or not, is not shown because the series or a part of it is being deleted.
  package func isHidden(_ start: OriginalStart) -> Bool {
    guard master.deletedAt == nil else { return true }
    guard let deletion = master.pendingDeletion else { return false }
    guard let first = deletion.originalStart else { return true }
    return switch deletion.scope {
    case .this: start == first
    case .thisAndFollowing: start.instant >= first.instant
    case .all: true
    }
  }

  /// The first occurrence that was not canceled; a change from it on is a change of all.
  package var firstOriginalStart: OriginalStart? {
    let first = series.lazy.map { OriginalStart($0.id) }
      .first { exceptionsByStart[$0]?.isDeleted != true }
    let changed = exceptions.filter { !$0.isDeleted }.compactMap(\.originalStart)
    return (changed + [first].compactMap(\.self)).min { $0.instant < $1.instant }
  }

  /// Whether an occurrence is the last one left: the others, if there were any, are deleted.
  func isLastLeft(_ start: OriginalStart) -> Bool {
    guard !exceptions.contains(where: { !$0.isDeleted && $0.originalStart != start }) else { return false }
    return series.lazy.map { OriginalStart($0.id) }
      .first { $0 != start && exceptionsByStart[$0] == nil } == nil
  }

  /// The first occurrence from here on as it is now; nil if there is none.
  func firstOccurrence(from start: OriginalStart) -> CalendarEvent? {
    occurrence(start)
      ?? series.lazy.map { OriginalStart($0.id) }.filter { $0.instant >= start.instant }
      .compactMap { self.occurrence($0) }.first
  }

  /// When the last occurrence ends; nil if never, or more than 5,000 occurrences away.
  package var endsAt: Date? {
    guard !series.recurrenceSet.isEndless else { return nil }
    var last: Date?
    for (count, instance) in series.enumerated() {
      guard count < 5000 else { return nil }
      guard exceptionsByStart[OriginalStart(instance.id)] == nil else { continue }
      last = max(last ?? .distantPast, instance.timing.endInstant(in: .utc))
    }
    for exception in exceptions where !exception.isDeleted {
      last = max(last ?? .distantPast, exception.timing.endInstant(in: .utc))
    }
    return last
  }

  /// The occurrence as the rules have it; nil where they have none.
  func instance(_ start: OriginalStart) -> EventInstance? {
    series.between(start.instant, start.instant.addingTimeInterval(1)).instances
      .first { OriginalStart($0.id) == start }
  }

  /// The series' event as it is at one occurrence.
  func plain(_ instance: EventInstance) -> CalendarEvent {
    var event = master
    event.timing = instance.timing
    event.recurrence = []
    event.seriesID = master.id
    event.originalStart = OriginalStart(instance.id)
    event.pendingDeletion = nil
    event.agreed = agreed(at: instance)
    return event
  }

  /// The agreed version of one occurrence; nil where the series was moved since.
  private func agreed(at instance: EventInstance) -> EventVersion? {
    guard var agreed = master.agreed, agreed.content.timing == master.timing,
      agreed.content.recurrence == master.recurrence
    else { return nil }
    agreed.content.timing = instance.timing
    agreed.content.recurrence = []
    return agreed
  }

  private static let firstSpan: TimeInterval = 92 * 86_400
}

extension CalendarEvent {
  fileprivate var isDeleted: Bool { deletedAt != nil }
}
