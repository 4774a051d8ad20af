import Foundation

extension GoogleCalendar {
  /// The event, or the instance of a series, with an id; deleted ones too.
  func event(_ id: String) -> StoredEvent? {
    if let stored = events[id] { return resolved(stored) }
    guard let mark = id.lastIndex(of: "_"), let master = events[String(id[..<mark])],
      let series = RecurringEvent(master), let time = series.start(ofInstance: id)
    else { return nil }
    return series.instance(at: time)
  }

  /// A stored event as returned; nil for an exception whose series no longer has such an instance.
  func resolved(_ stored: StoredEvent) -> StoredEvent? {
    guard let seriesID = stored.recurringEventID else { return stored }
    guard let series = events[seriesID].flatMap(RecurringEvent.init), let time = stored.originalTime,
      series.hasInstance(at: time)
    else { return nil }
    return series.instance(at: time, exception: stored.isGone == true ? nil : stored)
  }

  /// The exceptions of a series as returned.
  func resolvedExceptions(of series: RecurringEvent) -> [StoredEvent] {
    exceptions(of: series.master.id).values.compactMap { stored in
      guard let time = stored.originalTime, series.hasInstance(at: time) else { return nil }
      return series.instance(at: time, exception: stored)
    }
  }
}
