import Foundation

extension EventComponent {
  /// Reads a VEVENT; a bad property costs that property, unless the event is nothing without it.
  ///
  /// - Parameters:
  ///   - component: The VEVENT.
  ///   - floatingZone: The zone of times that have none; without it they are refused.
  /// - Throws: `ICalendarError` when UID or the time is missing or unreadable, or the zone unknown.
  public init(component: Component, floatingZone: Zone? = nil) throws(ICalendarError) {
    var zones = ZoneResolver()
    try self.init(component: component, floatingZone: floatingZone, zones: &zones)
  }

  /// Reads a VEVENT whose TZIDs may be defined by the file.
  init(component: Component, floatingZone: Zone?, zones: inout ZoneResolver) throws(ICalendarError) {
    guard component.name == "VEVENT" else { throw .unexpectedComponent(component.name) }
    guard let uid = component.property(.uid)?.text, !uid.isEmpty else { throw .missing(property: "UID") }
    self.init(
      uid: uid,
      dtstamp: Date(timeIntervalSince1970: 0),
      timing: try EventTiming(component, floatingZone: floatingZone, zones: &zones)
    )
    var seen = 0
    var recurrence: [ContentLine] = []
    var hasDtstamp = false
    component.lines.forEach { line in
      guard let name = line.shape.known, let place = Self.ownPlace(of: name) else {
        otherProperties.append(line)
        return
      }
      switch name {
      case .attendee: attendees.append(Attendee(line))
      case .rrule, .rdate, .exdate, .exrule: if !line.valueRange.isEmpty { recurrence.append(line) }
      case .conference:
        if conferenceLink == nil, line.isVideoLink {
          conferenceLink = line.value
          keepIfAdorned(line)
        } else {
          otherProperties.append(line)
        }
      default:
        // Of what is there once only, the first counts.
        guard seen & 1 << place == 0 else { return }
        seen |= 1 << place
        if name == .dtstamp { hasDtstamp = line.instant != nil }
        take(line, as: name)
        keepIfAdorned(line)
      }
    }
    // Required, and yet left out by some; the best that is known then.
    if !hasDtstamp { dtstamp = lastModified ?? created ?? dtstamp }
    // The writer repeats the conference as URL.
    if url == conferenceLink { url = nil }
    if !recurrence.isEmpty { keepRecurrence(recurrence) }
    otherComponents = component.components
    dropUselessAdornments()
  }

  private mutating func take(_ line: ContentLine, as name: PropertyName) {
    switch name {
    case .dtstamp: if let instant = line.instant { dtstamp = instant }
    case .sequence: sequence = Int(line.value).map { max($0, 0) } ?? 0
    case .summary: summary = line.text
    case .description: description = line.text
    case .location: location = line.text
    case .status: status = line.word(EventStatus.self) ?? .confirmed
    case .transp: transparency = line.word(Transparency.self)
    case .organizer: organizer = CalendarUser(line)
    case .created: created = line.instant
    case .lastModified: lastModified = line.instant
    case .url: url = line.value
    default: break
    }
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
  init(_ component: Component, floatingZone: Zone?, zones: inout ZoneResolver) throws(ICalendarError) {
    guard let line = component.property(.dtstart) else { throw .missing(property: "DTSTART") }
    let start = try Time(line, floatingZone: floatingZone, zones: &zones)
    let end = try Self.end(of: component, floatingZone: start.zone ?? floatingZone, zones: &zones)
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

  /// DTEND, or nil when it is missing or unreadable; an unknown zone is no such thing, but an error.
  private static func end(
    of component: Component,
    floatingZone: Zone?,
    zones: inout ZoneResolver
  ) throws(ICalendarError) -> Time? {
    guard let line = component.property(.dtend) else { return nil }
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
        guard let identifier = line.parameter("TZID") else {
          guard let floatingZone else { throw .floatingTime(property: line.name.uppercased()) }
          self = .time(ZonedDateTime(local: local, zone: floatingZone))
          return
        }
        // A zone that is not known is never taken for another: the meeting would be at the wrong hour.
        guard let zone = zones.zone(identifier) else {
          throw .unknownTimeZone(String(identifier.withoutControls.prefix(64)))
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
    return zone == other.zone && abs(ahead) > 2 * 86_400 ? ahead < 0 : instant < other.instant
  }

  func adding(_ duration: CalendarDuration) -> ZonedDateTime {
    let day = ZonedDateTime(local: local.adding(seconds: duration.days * 86_400), zone: zone)
    guard duration.seconds != 0 else { return day }
    return ZonedDateTime(instant: day.instant.addingTimeInterval(TimeInterval(duration.seconds)), zone: zone)
  }
}
