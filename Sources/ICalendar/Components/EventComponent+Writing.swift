extension EventComponent {
  /// The event as a VEVENT, without the VTIMEZONEs that its times need.
  public var component: Component {
    var lines = [
      ContentLine("UID", text: uid),
      ContentLine("DTSTAMP", instant: dtstamp),
    ]
    lines += timing.lines
    lines.append(ContentLine("SEQUENCE", value: String(sequence)))
    let texts = [("SUMMARY", summary), ("DESCRIPTION", description), ("LOCATION", location)]
    for case (let name, let text?) in texts { lines.append(ContentLine(name, text: text)) }
    if let url = url ?? conferenceLink { lines.append(ContentLine("URL", value: url)) }
    if let conferenceLink {
      let parameters = [ContentLine.Parameter("VALUE", "URI"), .init("FEATURE", "VIDEO")]
      lines.append(ContentLine("CONFERENCE", parameters: parameters, value: conferenceLink))
    }
    lines.append(ContentLine("STATUS", value: status.rawValue))
    if let transparency { lines.append(ContentLine("TRANSP", value: transparency.rawValue)) }
    if let organizer {
      lines.append(ContentLine("ORGANIZER", parameters: organizer.parameters, value: organizer.uri))
    }
    lines = lines.map { adorned($0) }
    lines += attendees.map(\.line)
    lines += recurrenceLines
    if let created { lines.append(ContentLine("CREATED", instant: created)) }
    if let lastModified { lines.append(ContentLine("LAST-MODIFIED", instant: lastModified)) }
    return Component("VEVENT", properties: lines + otherProperties, components: otherComponents)
  }

  /// The recurrence as content lines.
  var recurrenceLines: [ContentLine] {
    recurrence.compactMap { try? ContentLine.read(Array($0.utf8), limits: .default) }
  }
}

extension EventTiming {
  /// DTSTART, and DTEND unless it would not be after it, which RFC 5545 §3.8.2.2 forbids.
  var lines: [ContentLine] {
    let both: [ContentLine]
    let isLater: Bool
    switch self {
    case .allDay(let start, let end):
      let isDate = [ContentLine.Parameter("VALUE", "DATE")]
      both = [
        ContentLine("DTSTART", parameters: isDate, value: start.basic),
        ContentLine("DTEND", parameters: isDate, value: end.basic),
      ]
      isLater = start < end
    case .timed(let start, let end):
      both =
        isWrittenInUTC
        ? [ContentLine("DTSTART", instant: start.instant), ContentLine("DTEND", instant: end.instant)]
        : [ContentLine("DTSTART", time: start), ContentLine("DTEND", time: end)]
      isLater = start.instant < end.instant
    }
    return isLater ? both : [both[0]]
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
