extension EventComponent {
  /// The event as a VEVENT, without the VTIMEZONEs that its times need.
  public var component: Component {
    Component(
      read: "VEVENT",
      lines: asRead.applied(to: plainLines, of: timing),
      components: otherComponents
    )
  }

  /// The properties, without what their lines said beside their values when they were read.
  var plainLines: ComponentLines {
    var lines = LineAssembler(capacity: 512 + (descriptionText?.size ?? 0) + 128 * attendees.count)
    writePlainLines(to: &lines)
    return lines.lines
  }

  /// Writes the VEVENT.
  func write(to writer: inout ContentLineWriter) {
    // Mostly the properties tell all that was read.
    guard !asRead.changesLines(of: timing) else { return writer.append(component) }
    writer.begin("VEVENT")
    writePlainLines(to: &writer.lines)
    for part in otherComponents { writer.append(part) }
    writer.end("VEVENT")
  }

  private func writePlainLines(to lines: inout LineAssembler) {
    if !uid.isEmpty { lines.append(.uid, text: uid) }
    lines.append(.dtstamp, instant: dtstamp)
    timing.write(to: &lines)
    lines.append(.sequence, value: String(sequence))
    if let summaryText { lines.append(.summary, text: summaryText) }
    if let descriptionText { lines.append(.description, text: descriptionText) }
    if let locationText { lines.append(.location, text: locationText) }
    if let url = url ?? conferenceLink { lines.append(.url, value: url) }
    if let conferenceLink {
      lines.begin(.conference)
      lines.parameter("VALUE", word: "URI")
      lines.parameter("FEATURE", word: "VIDEO")
      lines.end(value: conferenceLink)
    }
    lines.append(.status, value: status.rawValue)
    if let transparency { lines.append(.transp, value: transparency.rawValue) }
    if let organizer {
      lines.begin(.organizer)
      organizer.writeParameters(to: &lines)
      lines.end(user: organizer)
    }
    for attendee in attendees { attendee.write(to: &lines) }
    for line in recurrenceLines { lines.append(line) }
    if let created { lines.append(.created, instant: created) }
    if let lastModified { lines.append(.lastModified, instant: lastModified) }
    for line in otherProperties { lines.append(line) }
  }

  /// The recurrence as content lines.
  var recurrenceLines: [ContentLine] {
    recurrence.compactMap { try? ContentLine.read(Array($0.utf8), limits: .default) }
  }
}

extension EventTiming {
  /// DTSTART, and DTEND unless it would not be after it, which RFC 5545 §3.8.2.2 forbids.
  fileprivate func write(to lines: inout LineAssembler) {
    switch self {
    case .allDay(let start, let end):
      for (name, date) in [(PropertyName.dtstart, start), (.dtend, end)] where name == .dtstart || start < end
      {
        lines.begin(name)
        lines.parameter("VALUE", word: "DATE")
        lines.end(date)
      }
    case .timed(let start, let end):
      let inUTC = isWrittenInUTC
      for (name, time) in [(PropertyName.dtstart, start), (.dtend, end)]
      where name == .dtstart || start.isBefore(end) {
        if inUTC { lines.append(name, instant: time.instant) } else { lines.append(name, time: time) }
      }
    }
  }

  /// Whether a time needs UTC: iCalendar cannot name the second pass of a repeated hour in a zone, and a
  /// start and an end that differ in form confuse readers.
  var isWrittenInUTC: Bool {
    switch self {
    case .allDay: false
    case .timed(let start, let end): start.isSecondPass || end.isSecondPass
    }
  }
}
