import Foundation

extension EventComponent {
  /// Reads a VEVENT; a bad property costs that property, unless the event is nothing without it.
  ///
  /// - Parameters:
  ///   - component: The VEVENT.
  ///   - floatingZone: The zone of times that have none; without it they are refused.
  /// - Throws: `ICalendarError` when the time is missing or unreadable, or its zone unknown.
  public init(component: Component, floatingZone: Zone? = nil) throws(ICalendarError) {
    var zones = ZoneResolver()
    self = try Self.reading(component, floatingZone: floatingZone, zones: &zones)
  }

  /// Reads a VEVENT whose TZIDs may be defined by the file.
  ///
  /// No initializer, which would copy the event when it is complete.
  static func reading(
    _ component: Component,
    floatingZone: Zone?,
    zones: inout ZoneResolver
  ) throws(ICalendarError) -> EventComponent {
    guard component.name == "VEVENT" else { throw .unexpectedComponent(component.name) }
    var event = EventComponent(
      // Whole feeds have none; their events take place all the same.
      uid: component.property(.uid)?.text ?? "",
      dtstamp: Date(timeIntervalSince1970: 0),
      timing: try EventTiming(component, floatingZone: floatingZone, zones: &zones)
    )
    // The calendar's zone is for what follows DTSTART where it is for DTSTART.
    let isPlaced = floatingZone != nil && component.property(.dtstart)?.isFloating == true
    try event.take(component, placedIn: isPlaced ? event.timing.zones.first : nil, &zones)
    return consume event
  }

  /// Takes all but UID and the event's time.
  private mutating func take(
    _ component: Component,
    placedIn calendarZone: Zone?,
    _ zones: inout ZoneResolver
  ) throws(ICalendarError) {
    attendees.reserveCapacity(component.lines.count(of: .attendee))
    var lines = ReadLines()
    component.lines.forEach { line in take(line, &lines) }
    // Required, and yet left out by some; the best that is known then.
    if !lines.hasDtstamp { dtstamp = lastModified ?? created ?? dtstamp }
    // The writer repeats the conference as URL.
    if url == conferenceLink { url = nil }
    try take(lines.recurrence, placedIn: calendarZone, &zones)
    otherComponents = component.components
    if let end = lines.end {
      let isOnly = lines.ends == 1 && end.layout.known == .dtend
      asRead.keepSpan(component, onlyEnd: isOnly ? end : nil, of: timing)
    }
    if !lines.adorned.isEmpty || !lines.unread.isEmpty {
      asRead.keep(lines.adorned, unread: lines.unread, plain: plainLines)
    }
  }

  /// The lines that are looked at once all are read.
  private struct ReadLines {
    /// A bit for each property that is there once only and was there.
    var seen = 0
    var hasDtstamp = false
    var recurrence: [ContentLine] = []
    /// How many DTENDs and DURATIONs there were, and the last of them.
    var ends = 0
    var end: ContentLine?
    /// Those that say more than their values.
    var adorned: [ContentLine] = []
    /// Those that cannot be read, and in whose place others are written.
    var unread: [ContentLine] = []
  }

  private mutating func take(_ line: ContentLine, _ lines: inout ReadLines) {
    guard let name = line.layout.known, let place = Self.ownPlace(of: name) else {
      otherProperties.append(line)
      return
    }
    switch name {
    case .attendee: attendees.append(Attendee(line))
    case .rrule, .rdate, .exdate, .exrule:
      // Nothing comes of an empty one; it is kept all the same.
      if line.valueRange.isEmpty { otherProperties.append(line) } else { lines.recurrence.append(line) }
    case .conference where conferenceLink == nil && line.isVideoLink:
      conferenceLink = line.value
      if line.isAdorned { lines.adorned.append(line) }
    case .conference: otherProperties.append(line)
    // `EventTiming` reads them, and `LinesAsRead` keeps what it does not tell.
    case .dtend, .duration:
      lines.ends += 1
      lines.end = line
      if line.isAdorned { lines.adorned.append(line) }
    default:
      // Of what is there once only, the first counts; the others are kept.
      guard lines.seen & 1 << place == 0 else {
        otherProperties.append(line)
        return
      }
      lines.seen |= 1 << place
      switch take(line, as: name) {
      case .taken:
        if name == .dtstamp { lines.hasDtstamp = true }
        if line.isAdorned { lines.adorned.append(line) }
      case .replaced: lines.unread.append(line)
      case .unwritten: otherProperties.append(line)
      }
    }
  }

  /// The fate of a line.
  private enum Taking {
    /// Its value was read.
    case taken
    /// It was not, and something else is written in its place.
    case replaced
    /// It was not, and nothing is written in its place.
    case unwritten
  }

  private mutating func take(_ line: ContentLine, as name: PropertyName) -> Taking {
    switch name {
    case .dtstamp:
      guard let instant = line.instant else { return .replaced }
      dtstamp = instant
    case .sequence:
      guard let number = Int(line.value), number >= 0 else { return .replaced }
      sequence = number
    case .uid: if line.valueRange.isEmpty { return .unwritten }
    case .summary: summaryText = DeferredText(valueOf: line)
    case .description: descriptionText = DeferredText(valueOf: line)
    case .location: locationText = DeferredText(valueOf: line)
    case .status:
      guard let word = line.word(EventStatus.self) else { return .replaced }
      status = word
    case .transp:
      transparency = line.word(Transparency.self)
      if transparency == nil { return .unwritten }
    case .organizer:
      organizer = CalendarUser(organizer: line)
      if organizer == nil { return .unwritten }
    case .created:
      created = line.instant
      if created == nil { return .unwritten }
    case .lastModified:
      lastModified = line.instant
      if lastModified == nil { return .unwritten }
    case .url: url = line.value
    default: break
    }
    return .taken
  }

  /// A number below 64 for each property that has a place of its own; nil for the others.
  private static func ownPlace(of name: PropertyName) -> Int? {
    switch name {
    case .uid: 0
    case .dtstamp: 1
    case .dtstart: 2
    case .dtend: 3
    case .duration: 4
    case .sequence: 5
    case .summary: 6
    case .description: 7
    case .location: 8
    case .url: 9
    case .status: 10
    case .transp: 11
    case .organizer: 12
    case .attendee: 13
    case .rrule: 14
    case .rdate: 15
    case .exdate: 16
    case .exrule: 17
    case .created: 18
    case .lastModified: 19
    case .conference: 20
    default: nil
    }
  }
}

extension ContentLine {
  /// Whether a CONFERENCE is one that a browser can open to see and hear.
  fileprivate var isVideoLink: Bool {
    let features = parameterValues("FEATURE").map { $0.uppercased() }
    return (features.isEmpty || features.contains("VIDEO")) && value.lowercased().hasPrefix("http")
  }
}

extension EventTiming {
  /// Reads when a component takes place; its end is DTEND, or DUE of a task, which may have no other time.
  init(
    _ component: Component,
    ending end: PropertyName = .dtend,
    floatingZone: Zone?,
    zones: inout ZoneResolver
  ) throws(ICalendarError) {
    guard let line = component.property(.dtstart) ?? (end == .due ? component.property(.due) : nil) else {
      throw .missing(property: "DTSTART")
    }
    let start = try Time(line, floatingZone: floatingZone, zones: &zones)
    let endLine = component.property(end)
    let end = try Self.end(endLine, floatingZone: start.zone ?? floatingZone, zones: &zones)
    let duration = component.property(.duration).flatMap { CalendarDuration($0.value) }
      .flatMap { $0.isNegative ? nil : $0 }
    switch start {
    case .date(let first):
      guard first.dayNumber < CalendarDate.lastDayNumber else { throw .invalid(property: "DTSTART") }
      let last =
        end?.date
        ?? duration.map { first.adding(days: $0.days + ($0.seconds + 86_399) / 86_400) }
        ?? first
      self = .allDay(start: first, end: max(last, first.adding(days: 1)))
    case .time(let first):
      let last: ZonedDateTime =
        switch (end, duration) {
        case (.time(let time), _): time
        case (.date(let date), _): ZonedDateTime(local: LocalDateTime(startOf: date), zone: first.zone)
        case (nil, let duration?): first.adding(duration)
        case (nil, nil): first
        }
      self = .timed(start: first, end: last.isBefore(first) ? first : last)
    }
  }

  /// The end, or nil when it is missing or unreadable; an unknown zone is no such thing, but an error.
  private static func end(
    _ line: ContentLine?,
    floatingZone: Zone?,
    zones: inout ZoneResolver
  ) throws(ICalendarError) -> Time? {
    guard let line else { return nil }
    do {
      return try Time(line, floatingZone: floatingZone, zones: &zones)
    } catch .unknownTimeZone(let identifier) {
      throw .unknownTimeZone(identifier)
    } catch {
      return nil
    }
  }

  private enum Time {
    case date(CalendarDate)
    case time(ZonedDateTime)

    var date: CalendarDate {
      switch self {
      case .date(let date): date
      case .time(let time): time.local.date
      }
    }

    var zone: Zone? {
      switch self {
      case .date: nil
      case .time(let time): time.zone
      }
    }

    init(_ line: ContentLine, floatingZone: Zone?, zones: inout ZoneResolver) throws(ICalendarError) {
      switch line.timeValue {
      case .date(let date):
        self = .date(date)
      case .utc(let local):
        self = .time(ZonedDateTime(local: local, zone: .utc))
      case .local(let local):
        guard let name = line.zoneName else {
          guard let floatingZone else { throw .floatingTime(property: line.name.uppercased()) }
          self = .time(ZonedDateTime(local: local, zone: floatingZone))
          return
        }
        // A zone that is not known is never taken for another: the meeting would be at the wrong hour.
        guard let zone = zones.zone(name, of: line) else {
          throw .unknownTimeZone(String(line.firstValue(in: name).withoutControls.prefix(64)))
        }
        self = .time(ZonedDateTime(local: local, zone: zone))
      case nil:
        throw .invalid(property: line.name.uppercased())
      }
    }
  }
}

extension ZonedDateTime {
  /// Whether it is the earlier of two times.
  func isBefore(_ other: ZonedDateTime) -> Bool {
    // No clock is ever changed by two days: what is that much later on the wall is later.
    let ahead = local.nominalSeconds - other.local.nominalSeconds
    if ahead == 0, zone == other.zone, isSecondPass == other.isSecondPass { return false }
    // Mostly no clock is changed from one to the other.
    if zone.rules === other.zone.rules, let stretch = zone.rules.stretch(ofWall: local.nominalSeconds),
      (stretch.lower..<stretch.upper).contains(other.local.nominalSeconds)
    {
      return ahead < 0
    }
    return zone == other.zone && abs(ahead) > 2 * 86_400 ? ahead < 0 : instant < other.instant
  }

  func adding(_ duration: CalendarDuration) -> ZonedDateTime {
    let day = ZonedDateTime(local: local.adding(seconds: duration.days * 86_400), zone: zone)
    guard duration.seconds != 0 else { return day }
    return ZonedDateTime(instant: day.instant.addingTimeInterval(TimeInterval(duration.seconds)), zone: zone)
  }
}
