public import Foundation

/// When a person can be met: a VAVAILABILITY (RFC 7953 §3.1).
public struct AvailabilityComponent: DatedComponent {
  /// "VAVAILABILITY".
  public static let name = "VAVAILABILITY"

  private var content: ComponentContent

  /// Makes an availability of all times in which nobody is available.
  public init(uid: String, dtstamp: Date) {
    content = ComponentContent()
    self.uid = uid
    self.dtstamp = dtstamp
  }

  /// Takes a VAVAILABILITY as it was read.
  ///
  /// - Throws: `ICalendarError.unexpectedComponent` when it has another name.
  public init(component: Component) throws(ICalendarError) {
    content = try ComponentContent(component, Self.name)
  }

  /// The VAVAILABILITY.
  public var component: Component { content.component(Self.name) }
  /// The lines, in the order in which they are written.
  public var propertyLines: [ContentLine] {
    get { content.lines }
    set { content.lines = newValue }
  }
  /// The components within it.
  public var parts: [Component] {
    get { content.parts }
    set { content.parts = newValue }
  }

  /// When it ends (DTEND); nil where `duration` says so, or where it never does.
  public var end: CalendarTime? {
    get { time(.dtend) }
    set { setTime(.dtend, newValue) }
  }

  /// How long it lasts from its start (DURATION), which excludes `end`.
  public var duration: CalendarDuration? {
    get { duration(.duration) }
    set { setDuration(.duration, newValue) }
  }

  /// The kind of the times that are not available, in upper case: "BUSY-UNAVAILABLE" by default (RFC 7953 §3.2).
  public var busyType: String {
    get { text(.busytype)?.uppercased() ?? "BUSY-UNAVAILABLE" }
    set { setText(.busytype, newValue) }
  }

  /// The times that are available.
  public var available: [AvailableComponent] {
    get { parts.parts() }
    set { parts = newValue.map(\.component) + parts.filter { $0.name != AvailableComponent.name } }
  }

  /// From when to when it says anything; an end that is nil is open, and so is a start.
  ///
  /// Whole days and times without a zone are in `zone`, and so are zones that are not known.
  public func span(in zone: Zone) -> (start: Date?, end: Date?) {
    let start = start?.zoned(in: zone)
    let end = end?.zoned(in: zone) ?? duration.flatMap { start?.adding($0) }
    return (start?.instant, end?.instant)
  }
}

/// Times at which a person can be met: an AVAILABLE (RFC 7953 §3.1).
public struct AvailableComponent: DatedComponent {
  /// "AVAILABLE".
  public static let name = "AVAILABLE"

  private var content: ComponentContent

  /// Makes available times.
  public init(uid: String, dtstamp: Date) {
    content = ComponentContent()
    self.uid = uid
    self.dtstamp = dtstamp
  }

  /// Takes an AVAILABLE as it was read.
  ///
  /// - Throws: `ICalendarError.unexpectedComponent` when it has another name.
  public init(component: Component) throws(ICalendarError) {
    content = try ComponentContent(component, Self.name)
  }

  /// The AVAILABLE.
  public var component: Component { content.component(Self.name) }
  /// The lines, in the order in which they are written.
  public var propertyLines: [ContentLine] {
    get { content.lines }
    set { content.lines = newValue }
  }
  /// The components within it.
  public var parts: [Component] {
    get { content.parts }
    set { content.parts = newValue }
  }

  /// When the first of the times ends (DTEND); nil where `duration` says so.
  public var end: CalendarTime? {
    get { time(.dtend) }
    set { setTime(.dtend, newValue) }
  }

  /// How long each of the times lasts (DURATION), which excludes `end`.
  public var duration: CalendarDuration? {
    get { duration(.duration) }
    set { setDuration(.duration, newValue) }
  }

  /// The place at which the person can be met.
  public var location: String? {
    get { text(.location) }
    set { setText(.location, newValue) }
  }

  /// The times as an event takes place.
  ///
  /// - Throws: `ICalendarError` when they cannot be read, or name a zone that is not known.
  public func event(floatingZone: Zone? = nil) throws(ICalendarError) -> EventComponent {
    let event = Component(read: "VEVENT", lines: ComponentLines(propertyLines), components: [])
    return try EventComponent(component: event, floatingZone: floatingZone)
  }
}

extension CalendarObject {
  /// When the calendar's owner can be met (RFC 7953).
  public var availabilities: [AvailabilityComponent] {
    get { otherComponents.parts() }
    set { otherComponents.replaceParts(with: newValue) }
  }
}

extension CalendarTime {
  func zoned(in zone: Zone) -> ZonedDateTime {
    switch self {
    case .date(let date): ZonedDateTime(local: LocalDateTime(startOf: date), zone: zone)
    case .utc(let local): ZonedDateTime(local: local, zone: .utc)
    case .floating(let local): ZonedDateTime(local: local, zone: zone)
    case .zoned(let local, let tzid):
      ZonedDateTime(local: local, zone: Zone(tzid) ?? Zone(otherName: tzid) ?? zone)
    }
  }
}
