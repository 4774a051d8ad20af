/// A value as jCal has it (RFC 7265 §3.6).
enum JCalValue: Hashable {
  case text(String)
  /// As JSON writes it.
  case number(String)
  case boolean(Bool)
  case list([JCalValue])
  case object([Member])

  struct Member: Hashable {
    var name: String
    var value: JCalValue
  }
}

extension ContentLine {
  /// The name of the type, and the values.
  var jCalValues: (type: String, values: [JCalValue]) {
    let said = parameter("VALUE")
    // A property that no standard defines is of no type that is known, unless it says one (RFC 7265 §5.1).
    guard layout.known.flatMap(PropertyDefinition.of) != nil || said != nil else {
      return ("unknown", [.text(value)])
    }
    if layout.known == .geo, let position = value.jCalParts { return ("float", [.list(position)]) }
    if layout.known == .requestStatus {
      return ("text", [.list(value.splitOutsideEscapes(at: ";").map { .text(String($0).unescapedText) })])
    }
    guard let type = valueType else { return (said?.lowercased() ?? "unknown", [.text(value)]) }
    guard let typedValue, let values = typedValue.jCalValues(of: self) else {
      return ("unknown", [.text(value)])
    }
    // A day where a time is the default says so by itself in iCalendar only.
    if case .times(let times) = typedValue, let first = times.first {
      if case .date = first { return ("date", values) }
      return ("date-time", values)
    }
    return (type.rawValue.lowercased(), values)
  }
}

extension String {
  /// Two numbers with a semicolon between them.
  fileprivate var jCalParts: [JCalValue]? {
    let parts = split(separator: ";", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ Double($0) != nil }) else { return nil }
    return parts.map { .number(String($0).jsonNumber) }
  }

  /// The number in the form of RFC 8259 §6, which has neither "+1" nor ".5" nor "007".
  fileprivate var jsonNumber: String {
    guard let number = Double(self) else { return "0" }
    return number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }
}

extension PropertyValue {
  fileprivate func jCalValues(of line: ContentLine) -> [JCalValue]? {
    switch self {
    case .binary, .calAddress, .uri, .other: [.text(line.value)]
    case .boolean(let isTrue): [.boolean(isTrue)]
    case .durations(let durations): durations.map { .text($0.description) }
    case .floats(let numbers): numbers.map { .number(String($0).jsonNumber) }
    case .integers(let numbers): numbers.map { .number(String($0)) }
    case .periods(let periods): periods.map { .list([.text($0.start.jCal), .text($0.jCalEnd)]) }
    case .recur(let rule): JCalRule.object(of: rule).map { [$0] }
    case .texts(let texts): texts.map { .text($0) }
    case .times(let times): times.map { .text($0.jCal) }
    case .timesOfDay(let times):
      times.map {
        .text("\(padded($0.hour, 2)):\(padded($0.minute, 2)):\(padded($0.second, 2))\($0.isUTC ? "Z" : "")")
      }
    case .utcOffset(let offset): [.text(offset.jCal)]
    // They are structured, and were looked at before.
    case .geo, .requestStatus: nil
    }
  }
}

extension CalendarTime {
  /// RFC 7265 §3.6.3, §3.6.4: the extended form of ISO 8601.
  var jCal: String {
    switch self {
    case .date(let date): date.description
    case .utc(let local): "\(local)Z"
    case .floating(let local), .zoned(let local, _): local.description
    }
  }
}

extension CalendarPeriod {
  fileprivate var jCalEnd: String {
    switch end {
    case .time(let time): time.jCal
    case .duration(let duration): duration.description
    }
  }
}

extension UTCOffset {
  /// RFC 7265 §3.6.13: with colons.
  fileprivate var jCal: String {
    let text = description
    let digits = text.dropFirst()
    let parts = stride(from: 0, to: digits.count, by: 2).map { String(digits.dropFirst($0).prefix(2)) }
    return "\(text.prefix(1))\(parts.joined(separator: ":"))"
  }
}

/// A rule as jCal has it (RFC 7265 §3.6.10).
enum JCalRule {
  private static let numbers: Set<String> = [
    "count", "interval", "bysecond", "byminute", "byhour", "bymonthday", "byyearday", "byweekno", "bysetpos",
  ]

  static func object(of rule: String) -> JCalValue? {
    var members: [JCalValue.Member] = []
    for part in rule.split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { return nil }
      let name = pair[0].lowercased()
      if name == "until" {
        guard let time = CalendarTime(String(pair[1])) else { return nil }
        members.append(.init(name: name, value: .text(time.jCal)))
        continue
      }
      let values = pair[1].split(separator: ",").map { value -> JCalValue in
        // A leap month is "5L" (RFC 7529 §4.2).
        let isNumber = numbers.contains(name) || name == "bymonth"
        guard isNumber, let number = Int(value) else { return .text(value.uppercased()) }
        return .number(String(number))
      }
      guard let first = values.first, !members.contains(where: { $0.name == name }) else { return nil }
      members.append(.init(name: name, value: values.count == 1 ? first : .list(values)))
    }
    return members.isEmpty ? nil : .object(members)
  }
}
