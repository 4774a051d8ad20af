import Foundation

extension EventComponent {
  /// The meaning of RRULE, RDATE, EXDATE and EXRULE.
  ///
  /// Setting it rewrites the lines; until then they stay as they were read.
  public var typedRecurrence: EventRecurrence {
    get { EventRecurrence(recurrenceLines, zones: namedZones) }
    set {
      keepRecurrence(newValue.lines)
      for date in newValue.dates {
        remember(date.start)
        if let end = date.end { remember(end) }
      }
      for time in newValue.exclusions { remember(time) }
    }
  }

  /// Which instance of its series the event stands for; nil for a series, a single event, or an unreadable one.
  public var recurrenceID: RecurrenceID? {
    get {
      guard let line = otherProperties.first(where: { $0.isNamed("RECURRENCE-ID") }),
        let time = RecurrenceTime(line.value, of: line, zones: namedZones)
      else { return nil }
      return RecurrenceID(time, includesFollowing: line.parameter("RANGE")?.uppercased() == "THISANDFUTURE")
    }
    set {
      let index = otherProperties.firstIndex { $0.isNamed("RECURRENCE-ID") }
      otherProperties.removeAll { $0.isNamed("RECURRENCE-ID") }
      guard let newValue else { return }
      let range = newValue.includesFollowing ? [ContentLine.Parameter("RANGE", "THISANDFUTURE")] : []
      otherProperties.insert(newValue.time.line("RECURRENCE-ID", more: range), at: index ?? 0)
      remember(newValue.time)
    }
  }

  /// When the event takes place, without what its `EventSeries` may have been changed to.
  public var recurrenceSet: RecurrenceSet {
    let recurrence = typedRecurrence
    return RecurrenceSet(
      start: timing.recurrenceStart,
      rules: recurrence.rules,
      dates: recurrence.dates,
      exclusions: recurrence.exclusions,
      exclusionRules: recurrence.exclusionRules
    )
  }
}

extension EventComponent {
  /// The zones that a name in the event may mean beside those of the IANA.
  private var namedZones: [Zone] { fileZones.isEmpty ? timing.zones : timing.zones + fileZones }

  /// Keeps a zone that only a file defines, so that the line of the time can be read again.
  private mutating func remember(_ time: RecurrenceTime) {
    guard let zone = time.zone, zone.definition != nil, !namedZones.contains(zone) else { return }
    fileZones.append(zone)
  }

  /// Takes the recurrence lines that were read, and the zones of the file that these and RECURRENCE-ID name.
  ///
  /// - Throws: `ICalendarError.unknownTimeZone` while the file's own zones are not known yet.
  mutating func take(
    _ recurrence: [ContentLine],
    placedIn calendarZone: Zone?,
    _ zones: inout ZoneResolver
  ) throws(ICalendarError) {
    var lines = recurrence.map { $0.placed(in: calendarZone) }
    if !lines.isEmpty { keepRecurrence(lines) }
    if let index = otherProperties.firstIndex(where: { $0.layout.known == .recurrenceID }) {
      otherProperties[index] = otherProperties[index].placed(in: calendarZone)
      lines.append(otherProperties[index])
    }
    for line in lines {
      guard line.hasParameters, let tzid = line.parameter("TZID") else { continue }
      if let zone = zones.zone(tzid) {
        if zone.definition != nil, !namedZones.contains(zone) { fileZones.append(zone) }
      } else if zones.onlyIANA {
        throw .unknownTimeZone(String(tzid.withoutControls.prefix(64)))
      }
    }
  }
}

extension ContentLine {
  /// Whether the value is a wall-clock time without a zone (RFC 5545 §3.3.5 form 1).
  var isFloating: Bool {
    if case .local(_) = timeValue { parameter("TZID") == nil } else { false }
  }

  /// The line with its floating times in the zone that the calendar names for such times.
  ///
  /// DTSTART is in it then, and EXDATE, RDATE, RECURRENCE-ID and UNTIL follow DTSTART.
  func placed(in zone: Zone?) -> ContentLine {
    guard let zone, !zone.isFloating else { return self }
    switch layout.known {
    case .rrule, .exrule: return withUntil(in: zone)
    case .rdate, .exdate, .recurrenceID:
      let first = ContentLine(name, value: String(value.prefix { $0 != "," && $0 != "/" }))
      guard parameter("TZID") == nil, case .local(_) = first.timeValue else { return self }
      guard zone.isUTC else {
        return ContentLine(name, parameters: [.init("TZID", zone.identifier)] + parameters, value: value)
      }
      let times = value.split(separator: ",").map { period in
        period.split(separator: "/").map { $0.uppercased().hasPrefix("P") ? String($0) : "\($0)Z" }
          .joined(separator: "/")
      }
      return ContentLine(name, parameters: parameters, value: times.joined(separator: ","))
    default: return self
    }
  }

  /// The rule with its UNTIL in UTC, as it has to be where DTSTART has a zone (RFC 5545 §3.3.10).
  private func withUntil(in zone: Zone) -> ContentLine {
    let parts = value.split(separator: ";", omittingEmptySubsequences: false).map { part -> String in
      guard part.uppercased().hasPrefix("UNTIL="),
        case .local(let local)? = ContentLine("UNTIL", value: String(part.dropFirst(6))).timeValue
      else { return String(part) }
      return "UNTIL=\(ContentLine("UNTIL", instant: ZonedDateTime(local: local, zone: zone).instant).value)"
    }
    return ContentLine(name, parameters: parameters, value: parts.joined(separator: ";"))
  }
}

extension EventTiming {
  var zones: [Zone] {
    switch self {
    case .allDay: []
    case .timed(let start, let end): [start.zone, end.zone]
    }
  }

  var recurrenceStart: RecurrenceTime {
    switch self {
    case .allDay(let start, _): .date(start)
    case .timed(let start, _) where start.zone.isFloating: .floating(start.local)
    case .timed(let start, _): .zoned(start)
    }
  }

  /// Days of an event of whole days, seconds of another.
  var length: Int {
    switch self {
    case .allDay(let start, let end): end.dayNumber - start.dayNumber
    case .timed(let start, let end): RecurrenceTime.zoned(end).second - RecurrenceTime.zoned(start).second
    }
  }

  /// The timing moved to another start, with its length kept (RFC 5545 §3.8.5.3: the exact one with DTEND).
  func moved(to start: RecurrenceTime) -> EventTiming {
    switch (self, start) {
    case (.allDay, _):
      return .allDay(start: start.local.date, end: start.local.date.adding(days: length))
    case (.timed(_, let end), .zoned(let first)):
      return .timed(
        start: first,
        end: ZonedDateTime(instant: first.instant.addingTimeInterval(Double(length)), zone: end.zone)
      )
    case (.timed(let old, let end), _):
      let first = ZonedDateTime(local: start.local, zone: old.zone)
      return .timed(
        start: first,
        end: ZonedDateTime(instant: first.instant.addingTimeInterval(Double(length)), zone: end.zone)
      )
    }
  }
}
