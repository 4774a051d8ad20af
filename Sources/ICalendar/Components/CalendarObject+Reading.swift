extension CalendarObject {
  /// Reads the first VCALENDAR of the data, however untidy.
  ///
  /// An event that cannot be read costs only itself, see `unreadable`.
  ///
  /// - Parameters:
  ///   - bytes: The data, UTF-8.
  ///   - limits: How much is taken.
  ///   - floatingZone: The zone of times that have none, where the calendar names none (X-WR-TIMEZONE); `Zone.floating`
  ///     leaves them without one. Nil makes such events unreadable: nobody is to take them for another hour.
  /// - Returns: The object with all events that could be read.
  /// - Throws: `ICalendarError` when a limit is passed, there is no VCALENDAR, or none of its events can be read.
  public static func parse(
    _ bytes: some Collection<UInt8>,
    limits: ReadingLimits = .default,
    floatingZone: Zone? = nil
  ) throws(ICalendarError) -> CalendarObject {
    var builder = CalendarObjectBuilder(floatingZone: floatingZone)
    var reader = ComponentReader(limits: limits)
    try reader.read(bytes, into: &builder)
    try reader.finish(into: &builder)
    return try builder.object()
  }

  /// Reads a VCALENDAR, with times without a zone as `parse` takes them.
  ///
  /// - Throws: `ICalendarError` when it is none, or none of its events can be read.
  public init(component: Component, floatingZone: Zone? = nil) throws(ICalendarError) {
    guard component.name == "VCALENDAR" else { throw .unexpectedComponent(component.name) }
    var builder = CalendarObjectBuilder(floatingZone: floatingZone)
    builder.beginCalendar()
    for line in component.properties { builder.property(line) }
    for part in component.components { builder.component(part) }
    builder.endCalendar()
    self = try builder.object()
  }
}
