/// The recurrence as far as messages change it.
extension EventComponent {
  /// Takes instances out of the series (EXDATE).
  mutating func exclude(_ instances: [InstanceID]) { addLines("EXDATE", instances) }

  /// Adds instances to the series (RDATE).
  mutating func addInstances(_ instances: [InstanceID]) { addLines("RDATE", instances) }

  private mutating func addLines(_ name: String, _ instances: [InstanceID]) {
    guard !instances.isEmpty else { return }
    let lines = recurrenceLines
    var known = Set(lines.filter { $0.isNamed(name) }.flatMap { $0.instanceKeys(in: timing) })
    let new = instances.map { InstanceKey($0, in: timing) }.filter { known.insert($0).inserted }
    guard !new.isEmpty else { return }
    keepRecurrence(lines + new.map { $0.instance(in: timing).line(name) })
  }

  /// Ends the series before an instance, as a cancellation of that one and all later ones asks for.
  ///
  /// Where nothing is left the event is cancelled. It keeps its own revision: a later start may be on its way, with
  /// which something is left.
  mutating func end(before key: InstanceKey) {
    guard key.order > InstanceKey(InstanceID(startOf: timing), in: timing).order else {
      status = .cancelled
      return
    }
    keepRecurrence(
      recurrenceLines.compactMap { line in
        switch line.name {
        case "RRULE": line.endingRule(before: key)
        case "RDATE": line.keepingValues { InstanceKey($0, in: timing).order < key.order }
        default: line
        }
      }
    )
  }

  /// Whether the series can have an instance there.
  ///
  /// Only what is certain without expanding the rule: an event that does not repeat has its own start and RDATEs, and
  /// no series has an instance before its start that is not an RDATE.
  func mayRepeat(at key: InstanceKey) -> Bool {
    let start = InstanceKey(InstanceID(startOf: timing), in: timing)
    let lines = recurrenceLines
    if key == start { return true }
    if lines.contains(where: { $0.isNamed("RDATE") && $0.instanceKeys(in: timing).contains(key) }) {
      return true
    }
    return lines.contains { $0.isNamed("RRULE") } && key.order > start.order
  }
}

extension ContentLine {
  /// The values of an EXDATE or RDATE by themselves.
  private var single: [ContentLine] {
    value.split(separator: ",").map { value in
      ContentLine(name, parameters: parameters, value: String(value))
    }
  }

  /// The instance that one value of EXDATE or RDATE names; of a PERIOD the start counts.
  private var instanceID: InstanceID? {
    let start = value.prefix { $0 != "/" }
    return InstanceID(ContentLine(name, parameters: parameters, value: String(start)))
  }

  fileprivate func instanceKeys(in timing: EventTiming) -> [InstanceKey] {
    single.compactMap(\.instanceID).map { InstanceKey($0, in: timing) }
  }

  /// The line with the values that are to be kept, and with what cannot be read; nil when none is left.
  fileprivate func keepingValues(_ isKept: (InstanceID) -> Bool) -> ContentLine? {
    let kept = single.filter { line in line.instanceID.map(isKept) ?? true }
    guard !kept.isEmpty else { return nil }
    return ContentLine(name, parameters: parameters, value: kept.map(\.value).joined(separator: ","))
  }

  /// The rule with an UNTIL before the instance, unless it ends earlier by itself.
  fileprivate func endingRule(before key: InstanceKey) -> ContentLine {
    let until =
      switch key {
      case .day(let number): CalendarDate(dayNumber: number).adding(days: -1).basic
      case .second(let second): "\(LocalDateTime(nominalSeconds: second - 1).basic)Z"
      case .wall(let second): LocalDateTime(nominalSeconds: second - 1).basic
      }
    var parts = value.split(separator: ";").map(String.init)
    if let own = parts.first(where: { $0.uppercased().hasPrefix("UNTIL=") }) {
      // Both have the form of DTSTART, or the own one is a day: the digits order them.
      guard own.dropFirst(6) > until else { return self }
    }
    parts.removeAll { $0.uppercased().hasPrefix("UNTIL=") || $0.uppercased().hasPrefix("COUNT=") }
    return ContentLine(
      name,
      parameters: parameters,
      value: (parts + ["UNTIL=\(until)"]).joined(separator: ";")
    )
  }
}
