extension CalendarObject {
  /// Reads the first VCALENDAR of the data, however untidy, with the components beside it.
  ///
  /// Components without a VCALENDAR are read as if there were one around them.
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
    try read(bytes, limits, CalendarObjectsBuilder(floatingZone: floatingZone, onlyFirst: true)).first()
  }

  /// Reads all VCALENDARs of the data, as `parse` reads the first.
  ///
  /// - Returns: The objects in their order, also those of which no event can be read.
  /// - Throws: `ICalendarError` when a limit is passed or there is no VCALENDAR.
  public static func parseAll(
    _ bytes: some Collection<UInt8>,
    limits: ReadingLimits = .default,
    floatingZone: Zone? = nil
  ) throws(ICalendarError) -> [CalendarObject] {
    try read(bytes, limits, CalendarObjectsBuilder(floatingZone: floatingZone, onlyFirst: false)).all()
  }

  private static func read(
    _ bytes: some Collection<UInt8>,
    _ limits: ReadingLimits,
    _ builder: CalendarObjectsBuilder
  ) throws(ICalendarError) -> CalendarObjectsBuilder {
    var builder = builder
    var reader = ComponentReader(limits: limits)
    try reader.read(bytes, into: &builder)
    try reader.finish(into: &builder)
    return builder
  }

  /// Reads a VCALENDAR, with times without a zone as `parse` takes them.
  ///
  /// - Throws: `ICalendarError` when it is none, or none of its events can be read.
  public init(component: Component, floatingZone: Zone? = nil) throws(ICalendarError) {
    try self.init(component, CalendarObjectsBuilder(floatingZone: floatingZone, onlyFirst: true))
  }

  /// Reads a VCALENDAR, of which nothing is left out: events that cannot be read are in `otherComponents` as they came.
  ///
  /// - Throws: `ICalendarError` when it is none.
  public init(keepingAllOf component: Component, floatingZone: Zone? = nil) throws(ICalendarError) {
    let builder = CalendarObjectsBuilder(floatingZone: floatingZone, onlyFirst: true, keepsUnreadable: true)
    try self.init(component, builder)
  }

  private init(_ component: Component, _ builder: CalendarObjectsBuilder) throws(ICalendarError) {
    guard component.name == "VCALENDAR" else { throw .unexpectedComponent(component.name) }
    var builder = builder
    builder.beginCalendar()
    for line in component.properties { builder.property(line) }
    for part in component.components { builder.component(part) }
    self = try builder.first()
  }
}
