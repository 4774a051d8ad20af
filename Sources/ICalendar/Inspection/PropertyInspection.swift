/// Looks at one property: its place, its parameters and its value.
struct PropertyInspection {
  struct Finding {
    let message: String
    let section: String
  }

  private let numbered: Inspector.NumberedLine
  private let component: String
  private let isFirst: Bool
  private(set) var found: [Finding] = []

  private var line: ContentLine { numbered.line }

  init(_ numbered: Inspector.NumberedLine, in component: String, isFirst: Bool) {
    self.numbered = numbered
    self.component = component
    self.isFirst = isFirst
  }

  private mutating func note(_ message: String, _ section: String) {
    found.append(Finding(message: message, section: section))
  }

  mutating func run() {
    inspectParameters()
    if line.name.utf8.contains(UInt8(ascii: ".")) { note("The name has a group.", "RFC 5545 §3.1") }
    guard let name = line.layout.known, let definition = PropertyDefinition.of(name) else { return }
    inspectPlace(name)
    inspectValue(definition)
    inspectTime(definition)
  }

  private mutating func inspectPlace(_ name: PropertyName) {
    guard let definition = ComponentDefinition.of(component) else { return }
    if !definition.allows(name) {
      note("A \(component) has no such property.", definition.section)
    } else if !definition.repeats(name), !isFirst {
      note("The property is there more than once.", definition.section)
    }
  }

  private mutating func inspectParameters() {
    var seen: Set<String> = []
    for parameter in line.parameters {
      let name = parameter.name.uppercased()
      if !seen.insert(name).inserted {
        note("The parameter \(name.prefix(64)) is there more than once.", "RFC 5545 §3.2")
      }
      guard let definition = ParameterDefinition.of(name) else { continue }
      if !definition.isList, parameter.values.count > 1 {
        note("The parameter \(name) has several values.", definition.section)
      }
      if !parameter.values.allSatisfy({ definition.form.fits($0) }) {
        note("The parameter \(name) has a value that it cannot have.", definition.section)
      }
    }
    if line.parameter("TZID") != nil, line.value.uppercased().hasSuffix("Z") {
      note("A time in UTC has a TZID.", "RFC 5545 §3.2.19")
    }
  }

  private mutating func inspectValue(_ definition: PropertyDefinition) {
    if let value = line.parameter("VALUE") {
      guard let type = ValueType(rawValue: value.uppercased()) else { return }
      if type != definition.type, !definition.otherTypes.contains(type) {
        note("The property has no values of type \(type.rawValue).", definition.section)
        return
      }
    }
    guard let value = line.typedValue else {
      note("The value is not of type \((line.valueType ?? definition.type).rawValue).", definition.section)
      return
    }
    switch value {
    case .texts:
      inspectEscapes(isList: definition.isList)
      let word = line.text.uppercased()
      if !definition.words.isEmpty, !definition.words.contains(word), !word.hasPrefix("X-") {
        note("The value is none of those that are defined.", definition.section)
      }
    case .integers(let numbers):
      let range: ClosedRange<Int> =
        switch definition.name {
        case .priority: 0...9
        case .percentComplete: 0...100
        default: 0...Int(Int32.max)
        }
      if !numbers.allSatisfy(range.contains) { note("The number is out of range.", definition.section) }
    case .times(let times):
      let isDate = line.parameter("VALUE")?.uppercased() == "DATE"
      let areDates = times.map { if case .date = $0 { true } else { false } }
      if areDates.contains(!isDate) {
        note("The value is not of the type that VALUE says.", "RFC 5545 §3.2.20")
      } else if !parts(isList: definition.isList).allSatisfy({ isWellFormedTime($0, isDate: isDate) }) {
        note(
          "The value is not written as the standard has it.",
          isDate ? "RFC 5545 §3.3.4" : "RFC 5545 §3.3.5"
        )
      }
    case .durations:
      if !parts(isList: definition.isList).allSatisfy({ CalendarDuration.isWellFormed(String($0)) }) {
        note("The value is not written as the standard has it.", "RFC 5545 §3.3.6")
      }
    case .periods:
      for period in parts(isList: definition.isList) {
        let ends = period.split(separator: "/").map(String.init)
        let isWellFormed = ends.allSatisfy {
          isWellFormedTime($0[...], isDate: false) || CalendarDuration.isWellFormed($0)
        }
        if !isWellFormed { note("The value is not written as the standard has it.", "RFC 5545 §3.3.9") }
      }
    case .binary:
      if line.parameter("ENCODING")?.uppercased() != "BASE64" {
        note("A binary value needs ENCODING=BASE64.", "RFC 5545 §3.3.1")
      }
    case .recur(let rule): inspectRule(rule)
    case .geo, .utcOffset:
      // Read all the same, but written by no rule.
      if line.value.utf8.contains(where: { "\\,: ".utf8.contains($0) }) {
        note("The value is not of type \(definition.type.rawValue).", definition.section)
      }
    default: break
    }
    if definition.name == .version, line.text != "2.0" { note("The version is not 2.0.", definition.section) }
  }

  /// The values of the line, one of which there is when it has no list.
  private func parts(isList: Bool) -> [Substring] {
    isList ? line.value.split(separator: ",", omittingEmptySubsequences: false) : [line.value[...]]
  }

  private func isWellFormedTime(_ text: Substring, isDate: Bool) -> Bool {
    let octets = Array(text.utf8)
    return switch octets.span.timeValue(0..<octets.count) {
    case .date: isDate
    case .utc, .local: !isDate
    case nil: false
    }
  }

  /// Commas, semicolons and backslashes (RFC 5545 §3.3.11).
  private mutating func inspectEscapes(isList: Bool) {
    var isEscaped = false
    for octet in line.value.utf8 {
      if isEscaped {
        isEscaped = false
        guard "\\;,nN".utf8.contains(octet) else {
          note("A backslash stands before a character that needs none.", "RFC 5545 §3.3.11")
          return
        }
      } else if octet == UInt8(ascii: "\\") {
        isEscaped = true
      } else if octet == UInt8(ascii: ";") || octet == UInt8(ascii: ",") && !isList {
        note("A comma or semicolon lacks its backslash.", "RFC 5545 §3.3.11")
        return
      }
    }
    if isEscaped { note("A backslash stands at the end.", "RFC 5545 §3.3.11") }
  }

  private mutating func inspectRule(_ rule: String) {
    do throws(RecurrenceRuleError) { _ = try RecurrenceRule(rule, isStrict: true) } catch {
      note(error.description, "RFC 5545 §3.3.10")
    }
  }

  /// Times that must be in UTC, or must not.
  private mutating func inspectTime(_ definition: PropertyDefinition) {
    guard case .times(let times)? = line.typedValue else { return }
    let isUTC = times.allSatisfy { if case .utc = $0 { true } else { false } }
    switch definition.name {
    case .dtstamp, .created, .lastModified, .completed, .acknowledged, .trigger, .tzuntil:
      if !isUTC { note("The time is not in UTC.", definition.section) }
    case .dtstart where component == "STANDARD" || component == "DAYLIGHT":
      if times.contains(where: { if case .floating = $0 { false } else { true } }) {
        note("The onset is not a local time.", "RFC 5545 §3.6.5")
      }
    default: break
    }
  }
}
