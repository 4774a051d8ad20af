import Foundation

/// A task or a journal entry: it takes place and repeats as an event does (RFC 5545 §3.6.2, §3.6.3).
public protocol RecurringComponent: DatedComponent {}

extension CalendarObject {
  /// Tasks or journal entries as they are laid out in time, for `EventSeries.groups(of:)`, `between` and the like.
  ///
  /// A task that is due and does not begin takes place when it is due. `RecurringComponent.instance(_:)` makes the task
  /// or entry of an instance that is found.
  ///
  /// - Parameters:
  ///   - parts: Of this object, such as `todos` or `journals`.
  ///   - floatingZone: The zone of times that have none, as in `parse`.
  /// - Returns: An event for each, in their order; nil where there is no time, or none that can be read.
  public func schedules(
    of parts: [some RecurringComponent],
    floatingZone: Zone? = nil
  ) -> [EventComponent?] {
    var zones = ZoneResolver(definitions: otherComponents.filter { $0.name == "VTIMEZONE" })
    let floatingZone = line(.xWRTimezone).flatMap { zones.zone($0.text) } ?? floatingZone
    return parts.map { try? EventComponent(scheduling: $0, floatingZone: floatingZone, zones: &zones) }
  }
}

extension EventComponent {
  /// An event at the times of a task or a journal entry, with its rules.
  fileprivate init(
    scheduling part: some RecurringComponent,
    floatingZone: Zone?,
    zones: inout ZoneResolver
  ) throws(ICalendarError) {
    let component = part.component
    let end: PropertyName = component.name == TodoComponent.name ? .due : .dtend
    self.init(
      uid: part.uid,
      dtstamp: part.dtstamp ?? .distantPast,
      sequence: part.sequence,
      timing: try EventTiming(component, ending: end, floatingZone: floatingZone, zones: &zones),
      summary: part.summary
    )
    otherProperties = component.properties(.recurrenceID)
    let recurrence = component.properties.filter { line in
      Self.recurrenceNames.contains(line.name.uppercased()) && !line.valueRange.isEmpty
    }
    let start = component.property(.dtstart) ?? component.property(end)
    try take(recurrence, placedIn: start?.isFloating == true ? timing.zones.first : nil, &zones)
  }
}

extension RecurringComponent {
  /// The task or entry that an instance is: with its time and its RECURRENCE-ID, and without rules.
  ///
  /// - Parameter instance: One of an `EventSeries` made of `CalendarObject.schedules(of:)`, of this component or, where
  ///   it is overridden, of this override.
  /// - Returns: What is written for the instance alone.
  public func instance(_ instance: EventInstance) -> Self {
    var copy = self
    for name in [PropertyName.rrule, .rdate, .exdate, .exrule] { copy.replace(name, with: []) }
    copy.replace(.recurrenceID, with: [instance.id.line("RECURRENCE-ID")])
    let (start, end) = instance.timing.times
    if copy.line(.dtstart) != nil { copy.setTime(.dtstart, start) }
    if copy.line(.due) != nil { copy.setTime(.due, end) }
    return copy
  }
}

extension EventTiming {
  /// The start and the end as they stand in properties.
  fileprivate var times: (start: CalendarTime, end: CalendarTime) {
    switch self {
    case .allDay(let start, let end): (.date(start), .date(end))
    case .timed(let start, let end): (CalendarTime(start), CalendarTime(end))
    }
  }
}
