extension CalendarObject {
  /// Reads the first VCALENDAR of the data, however untidy.
  ///
  /// An event that cannot be read costs only itself, see `unreadable`.
  ///
  /// - Parameters:
  ///   - bytes: The data, UTF-8.
  ///   - limits: How much is taken.
  /// - Returns: The object with all events that could be read.
  /// - Throws: `ICalendarError` when a limit is passed, there is no VCALENDAR, or none of its events can be read.
  public static func parse(
    _ bytes: some Collection<UInt8>,
    limits: ReadingLimits = .default
  ) throws(ICalendarError) -> CalendarObject {
    let roots = try Component.parse(bytes, limits: limits)
    guard let root = roots.first(where: { $0.name == "VCALENDAR" }) else { throw .noCalendar }
    return try CalendarObject(component: root)
  }

  /// Reads a VCALENDAR.
  ///
  /// - Throws: `ICalendarError` when it is none, or none of its events can be read.
  public init(component: Component) throws(ICalendarError) {
    guard component.name == "VCALENDAR" else { throw .unexpectedComponent(component.name) }
    self.init(
      method: component.property("METHOD").flatMap { Method(rawValue: $0.value.uppercased()) },
      prodid: component.property("PRODID")?.text ?? "",
      events: []
    )
    // Not a standard property, yet everybody's way to say what times without a zone mean.
    let floatingZone = component.property("X-WR-TIMEZONE").flatMap { Zone($0.text) }
    for child in component.components where child.name == "VEVENT" {
      do {
        events.append(try EventComponent(component: child, floatingZone: floatingZone))
      } catch {
        unreadable.append(error)
      }
    }
    if events.isEmpty, let error = unreadable.first { throw error }
    let own: Set<String> = ["VERSION", "PRODID", "CALSCALE", "METHOD"]
    otherProperties = component.properties.filter { !own.contains($0.name.uppercased()) }
    otherComponents = component.components.filter { child in
      child.name != "VEVENT" && !(child.name == "VTIMEZONE" && Self.isKnownZone(child))
    }
  }

  /// Whether the VTIMEZONE is one that would be written anew.
  private static func isKnownZone(_ component: Component) -> Bool {
    component.property("TZID").flatMap { Zone($0.text) } != nil
  }
}
