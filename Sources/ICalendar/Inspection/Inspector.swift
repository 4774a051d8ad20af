/// Notes what is wrong with a file while it is read.
struct Inspector: Sendable {
  /// A component that is open.
  struct Frame: Sendable {
    let name: String
    let line: Int
    var lines: [NumberedLine] = []
    var seen: Set<PropertyName> = []
    var parts: [String] = []
    /// The parts of a VTIMEZONE.
    var observances: [Frame] = []

    func first(_ name: PropertyName) -> NumberedLine? { lines.first { $0.line.layout.known == name } }
  }

  struct NumberedLine: Sendable {
    let line: ContentLine
    let number: Int

    var name: String { line.layout.known?.rawValue ?? line.name.uppercased() }
  }

  private(set) var defects: [ICalendarDefect] = []
  /// The times and rules that could not be read; see `Inspection.losses`.
  private(set) var losses: [ICalendarDefect] = []
  /// The events and tasks of the calendar that is open, and its zones, which may follow their use.
  private var scheduled: [Frame] = []
  private var definitions: [Component] = []
  private var zoneBudget = ZoneDefinition.budget
  private var frames: [Frame] = []
  private var physicalLines = 0
  /// Where the line that is being read began.
  private var line = 1
  private var notedOnce: Set<String> = []
  private var notedLines: Set<Int> = []
  private var calendarsSeen = 0
  private var zonesDefined: Set<String> = []
  private var zonesUsed: [(tzid: String, line: Int, component: String, property: String)] = []

  mutating func note(
    _ message: String,
    _ section: String,
    line: Int? = nil,
    property: String? = nil,
    in frame: Frame? = nil
  ) {
    // One more than is shown tells that there are more.
    guard defects.count <= Inspection.longestList else { return }
    notedLines.insert(line ?? self.line)
    defects.append(
      ICalendarDefect(
        line: line ?? self.line,
        component: (frame ?? frames.last)?.name,
        property: property.map { String($0.prefix(64)) },
        section: section,
        message: message
      )
    )
  }

  /// Notes what costs an event its time or its instances; a defect of the same line stands for it.
  private mutating func noteLoss(_ finding: ScheduleInspection.Finding, in frame: Frame) {
    let loss = ICalendarDefect(
      line: finding.numbered?.number ?? frame.line,
      component: frame.name,
      property: finding.numbered?.name,
      section: finding.section,
      message: finding.message,
      uid: frame.first(.uid)?.line.text
    )
    if losses.count < Inspection.longestList { losses.append(loss) }
    guard defects.count <= Inspection.longestList, notedLines.insert(loss.line).inserted else { return }
    defects.append(loss)
  }

  private mutating func noteOnce(_ message: String, line: Int) {
    if notedOnce.insert(message).inserted { note(message, "RFC 5545 §3.1", line: line) }
  }

  // MARK: Physical lines (RFC 5545 §3.1)

  mutating func endPiece(length: Int, carriageReturns: Int, _ isLast: Bool) {
    physicalLines += 1
    // The space of a fold is not in `length`.
    let isFolded = physicalLines > line
    if length + (isFolded ? 1 : 0) > 75 {
      note("The line is longer than 75 octets.", "RFC 5545 §3.1", line: physicalLines)
    }
    guard !isLast else { return }
    if carriageReturns == 0 { noteOnce("A line ends without a carriage return.", line: physicalLines) }
    if carriageReturns > 1 { noteOnce("A line ends with several carriage returns.", line: physicalLines) }
  }

  mutating func fold(after octets: [UInt8], _ start: Int) {
    var lead = octets.count - 1
    while lead > start, octets.count - lead < 4, octets[lead] & 0xC0 == 0x80 { lead -= 1 }
    guard lead >= start, octets[lead] >= 0xC2 else { return }
    let needed = octets[lead] < 0xE0 ? 2 : octets[lead] < 0xF0 ? 3 : 4
    if octets.count - lead < needed {
      note("The line is folded within a character.", "RFC 5545 §3.1", line: physicalLines)
    }
  }

  mutating func missingLastLineEnd(isEmpty: Bool) {
    if !isEmpty { note("The last line does not end.", "RFC 5545 §3.1", line: physicalLines + 1) }
  }

  mutating func beginLine() { line = physicalLines + 1 }

  mutating func byteOrderMark() { note("There is a byte order mark.", "RFC 5545 §3.1") }

  mutating func blankLine() { note("The line is empty.", "RFC 5545 §3.1") }

  mutating func untidyText(_ octets: [UInt8], _ start: Int, _ form: TextForm) {
    switch form {
    case .clean: break
    case .withControls: note("There are control characters.", "RFC 5545 §3.1")
    case .invalid: note("The text is not UTF-8.", "RFC 5545 §3.1.4")
    }
  }

  mutating func malformed(_ fault: LineFault) {
    switch fault {
    case .noName: note("The line does not begin with a name.", "RFC 5545 §3.1")
    case .noColon: note("There is no colon between name and value.", "RFC 5545 §3.1")
    case .openQuote: note("A quote is not closed.", "RFC 5545 §3.2")
    case .tooManyParameters: note("There are too many parameters.", "RFC 5545 §3.2")
    }
    guard let frame = frames.last, frame.isScheduled, let defect = defects.last,
      losses.count < Inspection.longestList
    else { return }
    losses.append(defect)
  }

  mutating func unquotedParameters() {
    note("A parameter's value lacks its quotes.", "RFC 5545 §3.2")
  }

  mutating func leadingBlanks() { note("There are blanks before the first BEGIN.", "RFC 5545 §3.1") }

  mutating func bareCarriageReturns() {
    // Nor does a line then end with both, which is not to be told again.
    notedOnce.insert("A line ends without a carriage return.")
    noteOnce("The lines end without a line feed.", line: 1)
  }

  // MARK: Properties and components

  mutating func property(_ line: ContentLine) {
    // The frame stays where it is: a copy of it would make each line that is added copy all before it.
    let last = frames.count - 1
    guard last >= 0 else {
      note("The property is in no component.", "RFC 5545 §3.4", property: line.name.uppercased())
      return
    }
    let numbered = NumberedLine(line: line, number: self.line)
    let component = frames[last].name
    let isFirst = line.layout.known.map { frames[last].seen.insert($0).inserted } ?? true
    var check = PropertyInspection(numbered, in: component, isFirst: isFirst)
    check.run()
    for defect in check.found { note(defect.message, defect.section, property: numbered.name) }
    if let tzid = line.parameter("TZID"), frames[0].name == "VCALENDAR" {
      zonesUsed.append((tzid, self.line, component, numbered.name))
    }
    if component == "VTIMEZONE", line.layout.known == .tzid { zonesDefined.insert(line.text) }
    frames[last].lines.append(numbered)
  }

  mutating func begin(_ name: String) {
    if let parent = frames.last {
      let definition = ComponentDefinition.of(parent.name)
      if ComponentDefinition.of(name) != nil || name == "VCALENDAR", let definition,
        !definition.parts.contains(name)
      {
        note("A \(name) cannot be in a \(parent.name).", definition.section)
      }
      frames[frames.count - 1].parts.append(name)
    } else if name != "VCALENDAR" {
      note("The component is in no VCALENDAR.", "RFC 5545 §3.4")
    } else {
      calendarsSeen += 1
    }
    frames.append(Frame(name: name, line: line))
  }

  mutating func end(_ name: String, isWellPlaced: Bool, open: [String], isInCalendar: Bool) {
    guard frames.contains(where: { $0.name == name }) else {
      note("The END has no BEGIN.", "RFC 5545 §3.4")
      return
    }
    while let frame = frames.last {
      if frame.name == name {
        close(frame)
        return
      }
      note("The component does not end before the one around it.", "RFC 5545 §3.4", line: frame.line)
      close(frame)
    }
  }

  mutating func end(open: [String], isInCalendar: Bool) {
    while let frame = frames.last {
      note("The component does not end.", "RFC 5545 §3.4", line: frame.line)
      close(frame)
    }
    if calendarsSeen == 0 { note("There is no VCALENDAR.", "RFC 5545 §3.4", line: 1) }
  }

  private mutating func close(_ frame: Frame) {
    var check = ComponentInspection(
      frame,
      method: frames.first?.lines.contains { $0.line.layout.known == .method } ?? false
    )
    check.run()
    for defect in check.found {
      note(defect.message, defect.section, line: defect.line, property: defect.property, in: frame)
    }
    frames.removeLast()
    keep(frame)
    guard frames.isEmpty else { return }
    inspectSchedules(of: frame)
    for use in zonesUsed where !zonesDefined.contains(use.tzid) && !use.tzid.hasPrefix("/") {
      note(
        "The TZID has no VTIMEZONE.",
        "RFC 5545 §3.2.19",
        line: use.line,
        property: use.property,
        in: Frame(name: use.component, line: use.line)
      )
    }
    zonesUsed = []
    zonesDefined = []
  }

  /// Keeps what can be looked at only when all of the calendar is known.
  private mutating func keep(_ frame: Frame) {
    guard let parent = frames.last else { return }
    if parent.name == "VTIMEZONE" {
      frames[frames.count - 1].observances.append(frame)
    } else if frame.isScheduled, parent.name == "VCALENDAR" {
      var kept = frame
      kept.lines.removeAll { !ScheduleInspection.properties.contains($0.line.layout.known) }
      scheduled.append(kept)
    } else if frame.name == "VTIMEZONE" {
      let definition = frame.definition
      definitions.append(definition)
      guard zoneBudget > 0 else { return }
      zoneBudget -= ZoneDefinition.cost(of: definition)
      for problem in ZoneDefinition(definition).problems {
        let part = frame.observances[problem.part]
        noteLoss(
          ScheduleInspection.Finding(
            numbered: part.first(problem.property),
            message: problem.message,
            section: "RFC 5545 §3.6.5"
          ),
          in: part
        )
      }
    }
  }

  /// Looks at the times and rules of events and tasks in the zones of their calendar.
  private mutating func inspectSchedules(of calendar: Frame) {
    var zones = ZoneResolver(definitions: definitions)
    let zoneLine = calendar.first(.xWRTimezone)
    let floatingZone = zoneLine.flatMap { zones.zone($0.line.text) }
    if let zoneLine, floatingZone == nil,
      scheduled.contains(where: { $0.first(.dtstart)?.line.isFloating == true })
    {
      noteLoss(ScheduleInspection.Finding(unknownZone: zoneLine.line.text, zoneLine), in: calendar)
    }
    var identities = IdentityInspection(scheduled)
    for frame in scheduled {
      var check = ScheduleInspection(
        frame,
        hasMethod: calendar.first(.method) != nil,
        floatingZone: floatingZone ?? .floating
      )
      check.run(&zones)
      for loss in check.found { noteLoss(loss, in: frame) }
      for finding in identities.findings(of: frame, check.instance) {
        note(
          finding.message,
          finding.section,
          line: finding.numbered?.number ?? frame.line,
          property: finding.numbered?.name,
          in: frame
        )
      }
    }
    scheduled = []
    definitions = []
  }
}

extension Inspector.Frame {
  /// Whether it is laid out in time.
  var isScheduled: Bool { name == "VEVENT" || name == "VTODO" }

  /// A VTIMEZONE as it is read.
  fileprivate var definition: Component {
    let parts = observances.map { Component($0.name, properties: $0.lines.map(\.line)) }
    return Component(name, properties: lines.map(\.line), components: parts)
  }
}
