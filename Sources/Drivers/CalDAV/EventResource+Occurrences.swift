import CalendarCore
import Foundation
import ICalendar

extension EventResource {
  /// An occurrence as it is now.
  ///
  /// `.notFound` when the rules do not make it, `.gone` when it was removed or canceled.
  func occurrence(_ start: OriginalStart) throws(ProviderError) -> EventComponent {
    let event = series.event(for: try instance(start))
    guard event.status != .cancelled else { throw .gone }
    return event
  }

  /// Changes one occurrence, which from then on has a component of its own.
  mutating func overrideOccurrence(
    _ start: OriginalStart,
    _ change: (Part) throws(ProviderError) -> Component
  ) throws(ProviderError) {
    let event = try occurrence(start)
    let id = try instance(start).id
    let own = overrides.first { part in
      part.event.recurrenceID.map { !$0.includesFollowing && OriginalStart($0.time) == start } ?? false
    }
    let changed = try part(try change(own ?? Part(component: event.component, event: event)))
    do {
      let new = try series.overriding(id, with: changed.event)
      keepOverrides(of: new, with: changed)
    } catch { throw .notFound }
  }

  /// Takes an occurrence out of the series (EXDATE).
  ///
  /// False when none would be left, which iCalendar has no form for.
  mutating func exclude(_ start: OriginalStart, at instant: Date) throws(ProviderError) -> Bool {
    _ = try occurrence(start)
    let new: EventSeries
    do { new = try series.excluding(try instance(start).id) } catch { throw .notFound }
    guard new.makeIterator().hasMore else { return false }
    var edit = EventEdit(master)
    if let excluded = new.master.typedRecurrence.exclusions.last {
      // A line of its own, so that those which are there stay as they are.
      edit.append(EventRecurrence(exclusions: [excluded]).lines)
    }
    edit.stamp(instant, raisingSequence: true)
    master = try part(edit.component)
    keepOverrides(of: new)
    return true
  }

  /// Removes the overrides and EXDATEs of occurrences that the rules no longer make.
  mutating func dropStrayOccurrences() throws(ProviderError) {
    var bare = master.event
    var recurrence = bare.typedRecurrence
    let exclusions = recurrence.exclusions
    recurrence.exclusions = []
    bare.typedRecurrence = recurrence
    let isRecurring = master.event.isRecurring
    let series = EventSeries(master: bare)
    func stays(_ time: RecurrenceTime) -> Bool {
      isRecurring && (time.isDate || !master.event.timing.isAllDay)
        && (try? series.instance(at: time)) != nil
    }
    overrides.removeAll { part in part.event.recurrenceID.map { !stays($0.time) } ?? false }
    let kept = exclusions.filter(stays)
    guard kept != exclusions else { return }
    recurrence.exclusions = kept
    var edit = EventEdit(master)
    edit.setRecurrence(recurrence.lines)
    master = try part(edit.component)
  }

  private func instance(_ start: OriginalStart) throws(ProviderError) -> EventInstance {
    guard master.event.isRecurring || !overrides.isEmpty,
      start.time.isDate == master.event.timing.isAllDay
    else { throw .notFound }
    if let instance = try? series.instance(at: start.time) { return instance }
    var whole = master.event
    whole.typedRecurrence.exclusions = []
    throw (try? EventSeries(master: whole).instance(at: start.time)) == nil ? .notFound : .gone
  }

  /// Takes over the overrides of a series, those that are as they were with their lines as they were.
  private mutating func keepOverrides(of series: EventSeries, with changed: Part? = nil) {
    let old = overrides
    overrides = series.overrides.map { event in
      if let changed, changed.event.recurrenceID == event.recurrenceID {
        return Part(component: changed.component, event: event)
      }
      return old.first { $0.event == event } ?? Part(component: event.component, event: event)
    }
  }
}

extension EventComponent {
  var isRecurring: Bool {
    let recurrence = typedRecurrence
    return !recurrence.rules.isEmpty || !recurrence.dates.isEmpty
  }
}

extension EventSeriesIterator {
  fileprivate var hasMore: Bool {
    var rest = self
    return rest.next() != nil
  }
}
