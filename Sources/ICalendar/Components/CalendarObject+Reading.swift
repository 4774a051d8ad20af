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
    var builder = CalendarObjectBuilder()
    var reader = ComponentReader(limits: limits)
    try reader.read(bytes, into: &builder)
    try reader.finish(into: &builder)
    return try builder.object()
  }

  /// Reads a VCALENDAR.
  ///
  /// - Throws: `ICalendarError` when it is none, or none of its events can be read.
  public init(component: Component) throws(ICalendarError) {
    guard component.name == "VCALENDAR" else { throw .unexpectedComponent(component.name) }
    var builder = CalendarObjectBuilder()
    builder.beginCalendar()
    for line in component.properties { builder.property(line) }
    for part in component.components { builder.component(part) }
    builder.endCalendar()
    self = try builder.object()
  }
}
