/// A message between the organizer and the attendees of an event: iTIP (RFC 5546), to be sent by mail (RFC 6047).
///
/// Kept as the component tree that it is, since many messages hold less than an event does.
public struct SchedulingMessage: Sendable, Hashable {
  /// The request that the message makes of its reader.
  public let method: Method
  /// The VCALENDAR.
  public let component: Component

  /// The VEVENTs.
  public var events: [Component] { component.components.filter { $0.name == "VEVENT" } }

  /// The message as UTF-8, lines folded at 75 octets and ended by CRLF.
  public func serialized() -> [UInt8] { component.serialized() }

  /// The message as text; the same as `serialized()`.
  public var text: String { String(decoding: serialized(), as: UTF8.self) }

  /// The media type of the message's calendar part, whose method must be the object's (RFC 6047 §2.4).
  public var contentType: String { "text/calendar; method=\(method.rawValue); charset=UTF-8" }

  /// Reads the message in the first VCALENDAR of the data, whether or not it is as its method wants it.
  ///
  /// See `violations` for that.
  ///
  /// - Parameters:
  ///   - bytes: The data, UTF-8.
  ///   - limits: How much is taken.
  /// - Returns: The message.
  /// - Throws: `ICalendarError` when a limit is passed, there is no VCALENDAR, or it has no known METHOD.
  public static func parse(
    _ bytes: some Collection<UInt8>,
    limits: ReadingLimits = .default
  ) throws(ICalendarError) -> SchedulingMessage {
    let calendars = try Component.parseCalendars(bytes, limits: limits)
    return try SchedulingMessage(component: calendars[0])
  }

  /// Reads the messages in all VCALENDARs of the data, as `parse` reads the first.
  ///
  /// - Returns: The messages in their order; VCALENDARs without a known METHOD are left out.
  /// - Throws: `ICalendarError` when a limit is passed, there is no VCALENDAR, or none has a known METHOD.
  public static func parseAll(
    _ bytes: some Collection<UInt8>,
    limits: ReadingLimits = .default
  ) throws(ICalendarError) -> [SchedulingMessage] {
    let calendars = try Component.parseCalendars(bytes, limits: limits)
    let messages = calendars.compactMap { try? SchedulingMessage(component: $0) }
    return messages.isEmpty ? [try SchedulingMessage(component: calendars[0])] : messages
  }

  /// Takes a VCALENDAR as a message.
  ///
  /// - Throws: `ICalendarError` when it is none, or has no known METHOD.
  public init(component: Component) throws(ICalendarError) {
    guard component.name == "VCALENDAR" else { throw .unexpectedComponent(component.name) }
    guard let line = component.property("METHOD") else { throw .missing(property: "METHOD") }
    guard let method = Method(rawValue: line.value.uppercased()) else { throw .invalid(property: "METHOD") }
    self.method = method
    self.component = component
  }

  /// Makes a message of events, of which only the properties that `names` has are sent; nil sends all.
  init(_ method: Method, _ events: [EventComponent], only names: Set<String>? = nil) {
    var component = CalendarObject(method: method, events: events.map(\.forSending)).component
    if let names {
      component.components = component.components.map { child in
        guard child.name == "VEVENT" else { return child }
        var child = child
        child.properties.removeAll { !names.contains($0.name.uppercased()) }
        return child
      }
      // No time is left that would need a zone.
      let zones = Set(component.components.flatMap(\.timeZoneNames))
      component.components.removeAll { child in
        child.name == "VTIMEZONE" && child.property("TZID").map { !zones.contains($0.text) } ?? false
      }
    }
    self.method = method
    self.component = component
  }
}

extension Component {
  /// The TZIDs that the component's own properties refer to.
  var timeZoneNames: [String] {
    name == "VTIMEZONE" ? [] : properties.compactMap { $0.parameter("TZID") }
  }
}

extension EventComponent {
  /// The event without what is its owner's: alarms, private properties, and scheduling parameters, which must not
  /// leave the server (RFC 6638 §7.1).
  fileprivate var forSending: EventComponent {
    var event = self
    event.otherComponents = []
    event.otherProperties.removeAll { $0.name.uppercased().hasPrefix("X-") }
    event.attendees = event.attendees.map { attendee in
      var attendee = attendee
      attendee.scheduleAgent = nil
      attendee.otherParameters.removeAll { $0.name.uppercased().hasPrefix("SCHEDULE-") }
      return attendee
    }
    return event
  }
}
