/// Looks at a whole component: what it lacks, and what does not go together in it.
struct ComponentInspection {
  struct Finding {
    let message: String
    let section: String
    let line: Int
    let property: String?
  }

  private let frame: Inspector.Frame
  private let hasMethod: Bool
  private(set) var found: [Finding] = []

  init(_ frame: Inspector.Frame, method hasMethod: Bool) {
    self.frame = frame
    self.hasMethod = hasMethod
  }

  private mutating func note(_ message: String, _ section: String, _ numbered: Inspector.NumberedLine? = nil)
  {
    found.append(
      Finding(
        message: message,
        section: section,
        line: numbered?.number ?? frame.line,
        property: numbered?.name
      )
    )
  }

  private func first(_ name: PropertyName) -> Inspector.NumberedLine? { frame.first(name) }

  mutating func run() {
    guard let definition = ComponentDefinition.of(frame.name) else { return }
    for name in definition.required where first(name) == nil {
      note("The component has no \(name.rawValue).", definition.section)
    }
    if let uid = first(.uid), uid.line.valueRange.isEmpty {
      note("The UID is empty.", "RFC 5545 §3.8.4.7", uid)
    }
    inspectStatus(definition)
    switch frame.name {
    case "VCALENDAR":
      if frame.parts.isEmpty { note("The calendar has no component.", definition.section) }
    case "VTIMEZONE":
      if !frame.parts.contains(where: { $0 == "STANDARD" || $0 == "DAYLIGHT" }) {
        note("The zone has neither STANDARD nor DAYLIGHT.", definition.section)
      }
    case "VALARM": inspectAlarm()
    case "VEVENT":
      if !hasMethod, first(.dtstart) == nil { note("The component has no DTSTART.", definition.section) }
      inspectSpan(end: .dtend, definition)
    case "VTODO": inspectSpan(end: .due, definition)
    case "VFREEBUSY": inspectSpan(end: .dtend, definition)
    default: break
    }
    inspectRecurrence(definition)
  }

  private mutating func inspectStatus(_ definition: ComponentDefinition) {
    guard let status = first(.status), !definition.statuses.isEmpty else { return }
    let word = status.line.text.uppercased()
    if !definition.statuses.contains(word), !word.hasPrefix("X-") {
      note("A \(frame.name) has no such status.", "RFC 5545 §3.8.1.11", status)
    }
  }

  private mutating func inspectSpan(end name: PropertyName, _ definition: ComponentDefinition) {
    let (start, end, duration) = (first(.dtstart), first(name), first(.duration))
    if let duration {
      if end != nil { note("There are both \(name.rawValue) and DURATION.", definition.section, duration) }
      if start == nil { note("A DURATION needs a DTSTART.", definition.section, duration) }
      if case .durations(let values)? = duration.line.typedValue, values.contains(where: \.isNegative) {
        note("The duration is negative.", "RFC 5545 §3.8.2.5", duration)
      }
    }
    guard let start, let end, let first = start.time, let last = end.time else { return }
    let section = PropertyDefinition.of(name)?.section ?? definition.section
    guard first.kind == last.kind || first.kind != .date && last.kind != .date else {
      note("The end is not of the type of DTSTART.", section, end)
      return
    }
    // Only where the zone is one can the order be told by the clocks.
    if first.isOnSameClock(as: last), last.basic <= first.basic {
      note("The end is not after the start.", section, end)
    }
  }

  private mutating func inspectAlarm() {
    if (first(.repeat) == nil) != (first(.duration) == nil) {
      note("REPEAT and DURATION need each other.", "RFC 5545 §3.6.6", first(.repeat) ?? first(.duration))
    }
    let needed: [PropertyName] =
      switch first(.action)?.line.text.uppercased() {
      case "DISPLAY": [.description]
      case "EMAIL": [.description, .summary, .attendee]
      default: []
      }
    for name in needed where first(name) == nil {
      note("Such an alarm needs a \(name.rawValue).", "RFC 5545 §3.6.6", first(.action))
    }
  }

  /// The checks that depend on the type of DTSTART (RFC 5545 §3.3.10, §3.8.5).
  private mutating func inspectRecurrence(_ definition: ComponentDefinition) {
    guard let start = first(.dtstart)?.time else {
      if let rule = first(.rrule) { note("A rule needs a DTSTART.", "RFC 5545 §3.8.2.4", rule) }
      return
    }
    for numbered in frame.lines {
      switch numbered.line.layout.known {
      case .exdate:
        if let time = numbered.time, (time.kind == .date) != (start.kind == .date) {
          note("The value is not of the type of DTSTART.", "RFC 5545 §3.8.5.1", numbered)
        }
      case .rrule:
        let parts = numbered.line.value.uppercased().split(separator: ";")
        guard let until = parts.first(where: { $0.hasPrefix("UNTIL=") }) else { continue }
        let isObservance = definition.name == "STANDARD" || definition.name == "DAYLIGHT"
        let expected = isObservance || start.kind == .zoned ? .utc : start.kind
        guard let time = CalendarTime(String(until.dropFirst(6))), time.kind == expected else {
          note("UNTIL is not of the type that DTSTART asks for.", "RFC 5545 §3.3.10", numbered)
          continue
        }
      default: break
      }
    }
  }
}

extension Inspector.NumberedLine {
  /// The first time of the value.
  var time: CalendarTime? {
    guard case .times(let times)? = line.typedValue else { return nil }
    return times.first
  }
}

extension CalendarTime {
  enum Kind: Hashable {
    case date, utc, floating, zoned
  }

  var kind: Kind {
    switch self {
    case .date: .date
    case .utc: .utc
    case .floating: .floating
    case .zoned: .zoned
    }
  }

  func isOnSameClock(as other: CalendarTime) -> Bool {
    if case (.zoned(_, let one), .zoned(_, let two)) = (self, other) { return one == two }
    return kind == other.kind
  }
}
