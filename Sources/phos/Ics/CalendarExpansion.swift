import Foundation
import ICalendar

/// The events and tasks of a calendar in the order of the file, ready to be expanded.
struct CalendarExpansion {
  /// An event or a task, with its changed instances.
  struct Entry {
    let series: EventSeries
    let uid: String
    /// The title of the instances that are as the series says.
    let title: String?
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
      let master = series.master
      uid = master.uid
      title = master.summary
    }
  }

  private(set) var entries: [Entry] = []

  init(_ calendar: Component) {
    // The inspection of the file tells what cannot be read.
    guard let object = Self.object(calendar) else { return }
    var places: [String: [Int]] = [:]
    for (place, component) in calendar.components.enumerated().reversed() where component.name == "VEVENT" {
      places[component.property("UID")?.text ?? "", default: []].append(place)
    }
    let order = object.events.map { places[$0.uid]?.popLast() ?? 0 }
    var placed = EventSeries.groups(of: object.events).map { (order[$0.place], Entry($0.group)) }

    let taskOrder = calendar.components.indices.filter { calendar.components[$0].name == "VTODO" }
    let tasks = zip(taskOrder, object.schedules(of: object.todos, floatingZone: .floating)).compactMap {
      place,
      task in task.map { (place, $0) }
    }
    placed += EventSeries.groups(of: tasks.map(\.1)).map { (tasks[$0.place].0, Entry($0.group)) }
    entries = placed.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// The calendar, without its events where none of them can be read.
  private static func object(_ calendar: Component) -> CalendarObject? {
    if let object = try? CalendarObject(component: calendar, floatingZone: .floating) { return object }
    var rest = calendar
    rest.components.removeAll { $0.name == "VEVENT" }
    return try? CalendarObject(component: rest, floatingZone: .floating)
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
