/// The check of a message against the table of its method.
extension SchedulingMessage {
  /// Where the message is not as its method wants it, in the order of its events; empty when all is well.
  public var violations: [SchedulingViolation] { violations(for: method) }

  /// Where the message is not as a method wants it, in the order of its events.
  ///
  /// - Parameter method: The method whose table is asked (RFC 5546 §3.2.1 to §3.2.8).
  /// - Returns: Everything that is wrong.
  public func violations(for method: Method) -> [SchedulingViolation] {
    let constraints = MethodConstraints(method)
    var found = objectViolations(constraints, method)
    let knownZones = Set(
      component.components.filter { $0.name == "VTIMEZONE" }.compactMap { $0.property("TZID")?.text }
    )
    for (index, event) in events.enumerated() {
      found += event.violations(constraints, method, knownZones: knownZones).map { name, problem in
        SchedulingViolation(name: name, problem: problem, event: index, section: constraints.section)
      }
    }
    return found
  }

  private func objectViolations(_ constraints: MethodConstraints, _ method: Method) -> [SchedulingViolation] {
    var found: [SchedulingViolation] = []
    func report(_ name: String, _ problem: SchedulingViolation.Problem) {
      found.append(
        SchedulingViolation(name: name, problem: problem, event: nil, section: constraints.section)
      )
    }
    let methods = component.properties("METHOD")
    if methods.count > 1 { report("METHOD", .repeated) }
    if methods.first?.value.uppercased() != method.rawValue { report("METHOD", .invalid) }
    if events.isEmpty { report("VEVENT", .missing) }
    if constraints.isSingle, events.count > 1 { report("VEVENT", .repeated) }
    if Set(events.map { $0.property("UID")?.text }).count > 1 { report("UID", .different) }
    for name in MethodConstraints.foreignComponents
    where component.components.contains(where: { $0.name == name }) {
      report(name, .forbidden)
    }
    return found
  }
}

extension Component {
  fileprivate func violations(
    _ constraints: MethodConstraints,
    _ method: Method,
    knownZones: Set<String>
  ) -> [(String, SchedulingViolation.Problem)] {
    var counts: [String: Int] = [:]
    for line in properties { counts[line.name.uppercased(), default: 0] += 1 }
    var found: [(String, SchedulingViolation.Problem)] = []
    for name in constraints.required where counts[name] == nil { found.append((name, .missing)) }
    if constraints.needsAttendees, counts["ATTENDEE"] == nil { found.append(("ATTENDEE", .missing)) }
    for name in constraints.forbidden where counts[name] != nil { found.append((name, .forbidden)) }
    let single = Set(MethodConstraints.atMostOnce).union(constraints.required)
    for name in single.sorted() where counts[name, default: 0] > 1 && !constraints.forbidden.contains(name) {
      found.append((name, .repeated))
    }
    if counts["DTEND"] != nil, counts["DURATION"] != nil { found.append(("DURATION", .conflicting)) }
    if !constraints.allowsAlarms, components.contains(where: { $0.name == "VALARM" }) {
      found.append(("VALARM", .forbidden))
    }
    found += invalidValues(constraints, method).map { ($0, .invalid) }
    if !knownZones.isSuperset(of: timeZoneNames) { found.append(("VTIMEZONE", .missing)) }
    return found
  }

  /// Properties whose value is none that the method's table allows.
  private func invalidValues(_ constraints: MethodConstraints, _ method: Method) -> [String] {
    var names: [String] = []
    if let status = property("STATUS"), !constraints.statuses.contains(status.value.uppercased()),
      !constraints.forbidden.contains("STATUS")
    {
      names.append("STATUS")
    }
    if let line = property("SEQUENCE"), !constraints.forbidden.contains("SEQUENCE") {
      let least = method == .add ? 1 : 0  // what is added to has been sent before (§3.2.4)
      if Int(line.value).map({ $0 < least }) ?? true { names.append("SEQUENCE") }
    }
    if let line = property("RECURRENCE-ID"), line.timeValue == nil,
      !constraints.forbidden.contains("RECURRENCE-ID")
    {
      names.append("RECURRENCE-ID")
    }
    if let line = property("UID"), line.text.isEmpty { names.append("UID") }
    return names
  }
}
