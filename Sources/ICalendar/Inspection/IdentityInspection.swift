/// Looks at which events and tasks of a calendar are the same one.
struct IdentityInspection {
  private struct Instance: Hashable {
    let component: String
    let uid: String
    let time: RecurrenceTime?
  }

  /// DTSTART of the component without a RECURRENCE-ID, by kind and UID.
  private var starts: [Instance: CalendarTime] = [:]
  private var seen: Set<Instance> = []

  init(_ frames: [Inspector.Frame]) {
    for frame in frames where frame.first(.recurrenceID) == nil {
      guard let uid = frame.first(.uid)?.line.text, let start = frame.first(.dtstart)?.time else { continue }
      let key = Instance(component: frame.name, uid: uid, time: nil)
      if starts[key] == nil { starts[key] = start }
    }
  }

  /// The defects in which component it says it is; `time` is RECURRENCE-ID where it can be read.
  mutating func findings(
    of frame: Inspector.Frame,
    _ time: RecurrenceTime?
  ) -> [ScheduleInspection.Finding] {
    guard let uid = frame.first(.uid), !uid.line.text.isEmpty else { return [] }
    var found: [ScheduleInspection.Finding] = []
    let instance = frame.first(.recurrenceID)
    if let instance, let defect = typeDefect(of: instance, in: frame, uid.line.text) {
      found.append(.init(numbered: instance, message: defect, section: "RFC 5545 §3.8.4.4"))
    }
    // One that cannot be read names nothing.
    guard (instance == nil) == (time == nil) else { return found }
    let key = Instance(component: frame.name, uid: uid.line.text, time: time?.inUTC)
    if !seen.insert(key).inserted {
      let message =
        time == nil ? "Another component has this UID." : "Another component has this UID and RECURRENCE-ID."
      found.append(.init(numbered: uid, message: message, section: "RFC 5545 §3.8.4.7"))
    }
    return found
  }

  /// RECURRENCE-ID has the type and the zone of the series' DTSTART, not of its own.
  private func typeDefect(
    of numbered: Inspector.NumberedLine,
    in frame: Inspector.Frame,
    _ uid: String
  ) -> String? {
    guard let time = numbered.time else { return nil }
    let series = starts[Instance(component: frame.name, uid: uid, time: nil)]
    if let series, (time.kind == .date) != (series.kind == .date) {
      return "The value is not of the type of the series' DTSTART."
    }
    // An instance that is here alone most likely has the zone of its series.
    guard time.kind == .utc, (series ?? frame.first(.dtstart)?.time)?.kind == .zoned else { return nil }
    return "The value is in UTC, where DTSTART has a time zone."
  }
}

extension RecurrenceTime {
  /// The time with its zone replaced by UTC, so that times of all zones compare.
  fileprivate var inUTC: RecurrenceTime {
    guard case .zoned = self else { return self }
    return .zoned(ZonedDateTime(local: LocalDateTime(nominalSeconds: second), zone: .utc))
  }
}
