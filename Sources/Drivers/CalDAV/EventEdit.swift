import CalendarCore
import Foundation
import ICalendar

/// Changes lines of a VEVENT, and leaves the others as they are.
struct EventEdit {
  private(set) var component: Component
  private let event: EventComponent

  init(_ part: EventResource.Part) {
    component = part.component
    event = part.event
  }

  /// Puts lines where the old ones of that name were.
  mutating func set(_ name: String, _ lines: [ContentLine]) {
    let place = component.properties.firstIndex { $0.isNamed(name) } ?? component.properties.count
    component.properties.removeAll { $0.isNamed(name) }
    component.properties.insert(contentsOf: lines, at: place)
  }

  /// Puts the lines of that name which another component has.
  mutating func set(_ name: String, from other: Component) { set(name, other.properties(name)) }

  mutating func append(_ lines: [ContentLine]) { component.properties += lines }

  mutating func remove(_ name: String, where isMeant: (ContentLine) -> Bool = { _ in true }) {
    component.properties.removeAll { $0.isNamed(name) && isMeant($0) }
  }

  mutating func setRecurrence(_ lines: [ContentLine]) {
    for name in ["RDATE", "EXDATE", "EXRULE"] { remove(name) }
    set("RRULE", lines)
  }

  /// Marks the component as a new version; its SEQUENCE rises when guests have to look at it again.
  mutating func stamp(_ instant: Date, raisingSequence: Bool) {
    let template = EventComponent(
      uid: event.uid,
      dtstamp: instant,
      sequence: event.sequence + 1,
      timing: event.timing,
      lastModified: instant
    ).component
    set("DTSTAMP", from: template)
    set("LAST-MODIFIED", from: template)
    if raisingSequence { set("SEQUENCE", from: template) }
  }
}
