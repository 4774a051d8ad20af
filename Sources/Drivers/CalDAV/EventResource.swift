import CalendarCore
import ICalendar

/// A calendar object resource: an event and its changed occurrences (RFC 4791 §4.1).
///
/// Kept as the lines that were read. A change replaces the lines that it is for, and all others are written as they
/// came: properties that are not known here, alarms, attachments, tasks, events that cannot be read.
struct EventResource: Sendable {
  /// A VEVENT, and what it says.
  struct Part: Sendable {
    var component: Component
    var event: EventComponent
  }

  var master: Part
  var overrides: [Part] = []
  /// The VCALENDAR around them, with what is not of this event.
  private var calendar: Component

  /// The octets of the largest object that is read: it may have an attachment of 16 MiB inline, in base64.
  static let largest = 32 << 20
  private static let limits = ReadingLimits(bytes: largest, componentBytes: largest)

  init(_ octets: [UInt8]) throws(ProviderError) {
    // The reader closes what was left open, but an answer that ends early lacks more than its end.
    guard octets.endsCalendar, let roots = try? Component.parse(octets, limits: Self.limits),
      let calendar = roots.first(where: { $0.name == "VCALENDAR" })
    else {
      throw .malformedReply(reason: Messages.eventUnreadable)
    }
    self.calendar = calendar
    var parts: [Part] = []
    var others: [Component] = []
    for component in calendar.components {
      if let event = Self.event(component, in: calendar) {
        parts.append(Part(component: component, event: event))
      } else {
        others.append(component)
      }
    }
    guard let index = parts.firstIndex(where: { $0.component.property("RECURRENCE-ID") == nil }) else {
      throw .malformedReply(reason: Messages.noEvent)
    }
    master = parts.remove(at: index)
    for part in parts {
      if part.event.uid == master.event.uid, part.event.recurrenceID != nil {
        overrides.append(part)
      } else {
        others.append(part.component)
      }
    }
    self.calendar.components = others
  }

  /// The event with its changed occurrences.
  var series: EventSeries { EventSeries(master: master.event, overrides: overrides.map(\.event)) }

  /// Reads a VEVENT in the zones of this resource.
  func part(_ component: Component) throws(ProviderError) -> Part {
    guard let event = Self.event(component, in: calendar) else {
      throw .rejected(reason: Messages.notWritable)
    }
    return Part(component: component, event: event)
  }

  func serialized() -> [UInt8] {
    var whole = calendar
    whole.components += ([master] + overrides).map(\.component)
    var zones = calendar.components.filter { $0.name == "VTIMEZONE" }
    // The library knows which zones the times now name, and for how long.
    if let object = try? CalendarObject(component: whole) {
      let used = whole.components.reduce(into: Set()) { $1.addZoneNames(to: &$0) }
      let needed = object.component.components.filter { zone in
        zone.name == "VTIMEZONE" && zone.property("TZID").map { used.contains($0.text) } ?? false
      }
      let names = Set(needed.compactMap { $0.property("TZID")?.text })
      let hasUnread = calendar.components.contains { $0.name == "VEVENT" }
      zones.removeAll { zone in zone.property("TZID").map { names.contains($0.text) || !hasUnread } ?? true }
      zones = needed + zones
    }
    whole.components = zones + whole.components.filter { $0.name != "VTIMEZONE" }
    return whole.serialized()
  }

  private static func event(_ component: Component, in calendar: Component) -> EventComponent? {
    guard component.name == "VEVENT" else { return nil }
    let zones = calendar.components.filter { $0.name == "VTIMEZONE" }
    let alone = Component("VCALENDAR", properties: calendar.properties, components: zones + [component])
    return try? CalendarObject(component: alone).events.first
  }
}

extension Component {
  /// Adds the names of zones that the component and those in it give their times.
  fileprivate func addZoneNames(to names: inout Set<String>) {
    for line in properties {
      if let name = line.parameter("TZID") { names.insert(name) }
    }
    for part in components { part.addZoneNames(to: &names) }
  }
}

extension [UInt8] {
  /// Whether the last line is the end of a calendar.
  fileprivate var endsCalendar: Bool {
    let end = reversed().drop { [0x20, 0x0D, 0x0A, 0x09, 0x00].contains($0) }.prefix(13).reversed()
    return String(decoding: end, as: UTF8.self).uppercased() == "END:VCALENDAR"
  }
}
