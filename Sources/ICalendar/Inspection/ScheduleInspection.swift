/// Looks at what lays an event or a task out in time, as it is read to be expanded.
struct ScheduleInspection {
  struct Finding {
    /// The line; nil for the component as a whole.
    let numbered: Inspector.NumberedLine?
    let message: String
    let section: String
  }

  /// The components that are looked at.
  static let properties: Set<PropertyName?> = [
    .uid, .dtstart, .dtend, .due, .duration, .rrule, .rdate, .exdate, .exrule, .recurrenceID,
  ]

  private let frame: Inspector.Frame
  private let hasMethod: Bool
  private let floatingZone: Zone
  private(set) var found: [Finding] = []
  /// DTSTART.
  private var start: RecurrenceTime?
  /// RECURRENCE-ID, where it can be read.
  private(set) var instance: RecurrenceTime?

  init(_ frame: Inspector.Frame, hasMethod: Bool, floatingZone: Zone) {
    self.frame = frame
    self.hasMethod = hasMethod
    self.floatingZone = floatingZone
  }

  private mutating func note(_ message: String, _ section: String, _ numbered: Inspector.NumberedLine? = nil)
  {
    found.append(Finding(numbered: numbered, message: message, section: section))
  }

  mutating func run(_ zones: inout ZoneResolver) {
    let end: PropertyName = frame.name == "VTODO" ? .due : .dtend
    if let line = frame.first(.dtstart) {
      start = times(line, "RFC 5545 §3.8.2.4", &zones).first
    } else if frame.name == "VEVENT", !hasMethod {
      note("The component has no DTSTART, and so no time.", "RFC 5545 §3.6.1")
    }
    inspectEnd(end, &zones)
    instance = frame.first(.recurrenceID).flatMap { times($0, "RFC 5545 §3.8.4.4", &zones).first }
    for numbered in frame.lines {
      switch numbered.line.layout.known {
      case .rrule: inspectRule(numbered, "RFC 5545 §3.8.5.3")
      case .exrule: inspectRule(numbered, "RFC 2445 §4.8.5.2")
      case .rdate: _ = times(numbered, "RFC 5545 §3.8.5.2", &zones)
      case .exdate: _ = times(numbered, "RFC 5545 §3.8.5.1", &zones)
      default: break
      }
    }
  }

  /// The times of a line; those that cannot be read are noted together.
  private mutating func times(
    _ numbered: Inspector.NumberedLine,
    _ section: String,
    _ zones: inout ZoneResolver
  ) -> [RecurrenceTime] {
    let line = numbered.line
    guard !line.valueRange.isEmpty || line.layout.known == .dtstart || line.layout.known == .recurrenceID
    else {
      return []
    }
    var unknown: String?
    var isUnread = false
    var times: [RecurrenceTime] = []
    for text in line.value.split(separator: ",", omittingEmptySubsequences: false) {
      let date = RecurrenceDate(text, of: line) { name in
        let zone = zones.zone(name)
        if zone == nil { unknown = name }
        return zone
      }
      if let date, date.end == nil || line.layout.known == .rdate {
        times.append(date.start)
      } else {
        isUnread = true
      }
    }
    if let unknown {
      found.append(Finding(unknownZone: unknown, numbered))
    } else if isUnread {
      note("The time cannot be read.", section, numbered)
    }
    return times
  }

  private mutating func inspectEnd(_ name: PropertyName, _ zones: inout ZoneResolver) {
    let section = name == .due ? "RFC 5545 §3.8.2.3" : "RFC 5545 §3.8.2.2"
    if let line = frame.first(name) {
      let end = times(line, section, &zones).first
      if let start, let end, second(of: end) < second(of: start) {
        note("The end is before the start.", section, line)
      }
    } else if let line = frame.first(.duration) {
      guard let duration = CalendarDuration(line.line.value), !duration.isNegative else {
        note("The duration cannot be read.", "RFC 5545 §3.8.2.5", line)
        return
      }
    }
  }

  /// A number by which a start and an end of any form are ordered.
  private func second(of time: RecurrenceTime) -> Int {
    switch time {
    case .date: time.second
    case .floating(let local):
      RecurrenceTime.zoned(ZonedDateTime(local: local, zone: start?.zone ?? floatingZone)).second
    case .zoned: start?.isDate == true ? time.wall : time.second
    }
  }

  private mutating func inspectRule(_ numbered: Inspector.NumberedLine, _ section: String) {
    guard !numbered.line.valueRange.isEmpty else { return }
    do throws(RecurrenceRuleError) {
      for remark in try RecurrenceRule.reading(numbered.line.value).remarks {
        note(remark.description, section, numbered)
      }
    } catch {
      note(error.description, section, numbered)
    }
  }
}

extension ScheduleInspection.Finding {
  init(unknownZone name: String, _ numbered: Inspector.NumberedLine) {
    self.init(
      numbered: numbered,
      message: "The time zone \(name.withoutControls.prefix(64)) is unknown.",
      section: "RFC 5545 §3.2.19"
    )
  }
}
