import Foundation
import ICalendar

/// The events and tasks of a calendar in the order of the file, ready to be expanded.
struct CalendarExpansion {
  /// An event or a task, with its changed instances.
  struct Entry {
    let series: EventSeries
    /// Whether instances have identifiers: it repeats, or is one instance of another calendar's series.
    let isInstance: Bool
  }

  private(set) var entries: [Entry] = []
  private(set) var unreadable: [ICalendarError] = []

  init(_ calendar: Component) {
    let zones = calendar.components.filter { $0.name == "VTIMEZONE" }
    var placed: [(place: Int, entry: Entry)] = []
    for kind in ["VEVENT", "VTODO"] {
      var parts: [Component] = []
      var places: [String: Int] = [:]
      for (place, component) in calendar.components.enumerated() where component.name == kind {
        guard let part = Self.asEvent(component) else { continue }
        parts.append(part)
        if let uid = part.property("UID")?.text, places[uid] == nil { places[uid] = place }
      }
      guard !parts.isEmpty else { continue }
      // A task that is due is laid out in time as an event is that ends then.
      let object = Component("VCALENDAR", components: zones + parts)
      do {
        let read = try CalendarObject(component: object, floatingZone: .floating)
        unreadable += read.unreadable
        let (series, alone) = EventSeries.grouping(read.events)
        for series in series + alone.map({ EventSeries(master: $0) }) {
          let place = places[series.master.uid] ?? 0
          placed.append(
            (
              place,
              Entry(
                series: series,
                isInstance: !series.master.recurrence.isEmpty || series.master.recurrenceID != nil
              )
            )
          )
        }
      } catch {
        unreadable.append(error)
      }
    }
    entries = placed.sorted { $0.place < $1.place }.map(\.entry)
  }

  /// The component as a VEVENT; nil for a task that is neither planned nor due at any time.
  private static func asEvent(_ component: Component) -> Component? {
    guard component.name == "VTODO" else { return component }
    var lines = component.properties.map { line in
      line.isNamed("DUE") ? ContentLine("DTEND", parameters: line.parameters, value: line.value) : line
    }
    if component.property("DTSTART") == nil {
      guard let due = component.property("DUE") else { return nil }
      lines.append(ContentLine("DTSTART", parameters: due.parameters, value: due.value))
    }
    return Component("VEVENT", properties: lines)
  }
}

extension CalendarExpansion.Entry {
  /// At most `limit` occurrences, by time where a span is given, otherwise as the series counts them; and whether
  /// looking for more of them was not given up.
  func instances(from: Date?, to: Date?, limit: Int) -> (instances: [EventInstance], isComplete: Bool) {
    if from == nil, to == nil {
      var iterator = series.makeIterator()
      var found: [EventInstance] = []
      while found.count < limit, let next = iterator.next() { found.append(next) }
      return (found, found.count == limit || !iterator.reachedLimit)
    }
    let start = from ?? .distantPast
    // There may be no end: ask for more and more of it.
    var reach: TimeInterval = 366 * 86_400
    while true {
      let end = to ?? min(start.addingTimeInterval(reach), .distantFuture)
      let found = series.between(start, end)
      if found.instances.count >= limit { return (Array(found.instances.prefix(limit)), true) }
      if end == to || end == .distantFuture || !found.isComplete {
        return (found.instances, found.isComplete)
      }
      reach *= 4
    }
  }
}
