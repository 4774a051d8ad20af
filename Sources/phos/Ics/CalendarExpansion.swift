import Foundation
import ICalendar

/// The events and tasks of a calendar in the order of the file, ready to be expanded.
struct CalendarExpansion {
  /// An event or a task, with its changed instances.
  struct Entry {
    let series: EventSeries
    /// Whether instances have identifiers of their own, since it repeats.
    let isRecurring: Bool
    /// RECURRENCE-ID of an instance that stands alone.
    let instance: RecurrenceTime?

    init(_ group: EventGroup) {
      switch group {
      case .series(let series):
        self.series = series
        isRecurring = !series.master.recurrence.isEmpty
        instance = nil
      case .instance(var event):
        instance = event.recurrenceID?.time
        isRecurring = false
        // One instance, whatever rules it has kept.
        event.typedRecurrence = EventRecurrence()
        series = EventSeries(master: event)
      }
    }
  }

  private(set) var entries: [Entry] = []

  init(_ calendar: Component) {
    var placed: [(place: Int, entry: Entry)] = []
    for kind in ["VEVENT", "VTODO"] {
      var parts: [Component] = []
      var places: [String: [Int]] = [:]
      for (place, component) in calendar.components.enumerated() where component.name == kind {
        // A task that is due is laid out in time as an event is that ends then.
        guard let part = Self.asEvent(component) else { continue }
        parts.append(part)
        places[part.property("UID")?.text ?? "", default: []].append(place)
      }
      let zones = calendar.components.filter { $0.name == "VTIMEZONE" }
      let object = Component("VCALENDAR", properties: calendar.properties, components: zones + parts)
      // What cannot be read is told by the inspection of the file.
      guard let read = try? CalendarObject(component: object, floatingZone: .floating) else { continue }
      let order = read.events.map { event in
        places[event.uid]?.isEmpty == false ? places[event.uid]?.removeFirst() ?? 0 : 0
      }
      for (place, group) in EventSeries.groups(of: read.events) {
        placed.append((order[place], Entry(group)))
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
