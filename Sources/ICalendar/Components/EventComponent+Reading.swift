import Foundation

extension EventComponent {
  /// Reads a VEVENT; a bad property costs that property, unless the event is nothing without it.
  ///
  /// - Parameters:
  ///   - component: The VEVENT.
  ///   - floatingZone: The zone of times that have none; without it they are refused.
  /// - Throws: `ICalendarError` when UID or the time is missing or unreadable, or the zone unknown.
  public init(component: Component, floatingZone: Zone? = nil) throws(ICalendarError) {
    guard component.name == "VEVENT" else { throw .unexpectedComponent(component.name) }
    guard let uid = component.property("UID")?.text, !uid.isEmpty else { throw .missing(property: "UID") }
    let created = component.property("CREATED")?.instant
    let lastModified = component.property("LAST-MODIFIED")?.instant
    self.init(
      uid: uid,
      // Required, and yet left out by some; the best that is known then.
      dtstamp: component.property("DTSTAMP")?.instant ?? lastModified ?? created
        ?? Date(timeIntervalSince1970: 0),
      sequence: component.property("SEQUENCE").flatMap { Int($0.value) }.map { max($0, 0) } ?? 0,
      timing: try EventTiming(component, floatingZone: floatingZone),
      summary: component.property("SUMMARY")?.text,
      description: component.property("DESCRIPTION")?.text,
      location: component.property("LOCATION")?.text,
      status: component.property("STATUS").flatMap { EventStatus(rawValue: $0.value.uppercased()) }
        ?? .confirmed,
      transparency: component.property("TRANSP").flatMap { Transparency(rawValue: $0.value.uppercased()) },
      organizer: component.property("ORGANIZER").map { CalendarUser($0) },
      attendees: component.properties("ATTENDEE").map { Attendee($0) },
      created: created,
      lastModified: lastModified
    )
    let conference = component.properties("CONFERENCE").first { $0.isVideoLink }
    conferenceLink = conference?.value
    // The writer repeats the conference as URL.
    url = component.property("URL").map(\.value).flatMap { $0 == conferenceLink ? nil : $0 }
    keepRecurrence(
      component.properties.filter {
        Self.recurrenceNames.contains($0.name.uppercased()) && !$0.value.isEmpty
      }
    )
    otherProperties = component.properties.filter { line in
      line.isNamed("CONFERENCE") ? line != conference : !Self.ownNames.contains(line.name.uppercased())
    }
    otherComponents = component.components
  }

  private static let ownNames: Set<String> = [
    "UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "SEQUENCE", "SUMMARY", "DESCRIPTION", "LOCATION", "URL",
    "STATUS", "TRANSP", "ORGANIZER", "ATTENDEE", "RRULE", "RDATE", "EXDATE", "EXRULE", "CREATED",
    "LAST-MODIFIED",
  ]
}

extension ContentLine {
  /// Whether a CONFERENCE is one that a browser can open to see and hear.
  fileprivate var isVideoLink: Bool {
    let features = parameters.first { $0.name.uppercased() == "FEATURE" }?.values.map { $0.uppercased() }
    return features?.contains("VIDEO") ?? true && value.lowercased().hasPrefix("http")
  }
}

extension EventTiming {
  init(_ component: Component, floatingZone: Zone?) throws(ICalendarError) {
    guard let line = component.property("DTSTART") else { throw .missing(property: "DTSTART") }
    let start = try Time(line, floatingZone: floatingZone)
    let end = try Self.end(of: component, floatingZone: start.zone ?? floatingZone)
    let duration = component.property("DURATION").flatMap { CalendarDuration($0.value) }
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
      self = .timed(start: first, end: last.instant < first.instant ? first : last)
    }
  }

  /// DTEND, or nil when it is missing or unreadable; an unknown zone is no such thing, but an error.
  private static func end(of component: Component, floatingZone: Zone?) throws(ICalendarError) -> Time? {
    guard let line = component.property("DTEND") else { return nil }
    do {
      return try Time(line, floatingZone: floatingZone)
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

    init(_ line: ContentLine, floatingZone: Zone?) throws(ICalendarError) {
      switch line.timeValue {
      case .date(let date):
        self = .date(date)
      case .utc(let local):
        self = .time(ZonedDateTime(local: local, zone: .utc))
      case .local(let local):
        guard let identifier = line.parameter("TZID") else {
          guard let floatingZone else { throw .floatingTime(property: line.name) }
          self = .time(ZonedDateTime(local: local, zone: floatingZone))
          return
        }
        // A zone that is not known is never taken for another: the meeting would be at the wrong hour.
        guard let zone = Zone(identifier) else {
          throw .unknownTimeZone(String(identifier.withoutControls.prefix(64)))
        }
        self = .time(ZonedDateTime(local: local, zone: zone))
      case nil:
        throw .invalid(property: line.name)
      }
    }
  }
}

extension ZonedDateTime {
  fileprivate func adding(_ duration: CalendarDuration) -> ZonedDateTime {
    let day = ZonedDateTime(local: local.adding(seconds: duration.days * 86_400), zone: zone)
    guard duration.seconds != 0 else { return day }
    return ZonedDateTime(instant: day.instant.addingTimeInterval(TimeInterval(duration.seconds)), zone: zone)
  }
}
