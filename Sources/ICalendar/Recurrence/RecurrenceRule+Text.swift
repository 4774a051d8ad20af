extension RecurrenceRule: CustomStringConvertible {
  /// The form of RFC 5545 §3.3.10, "FREQ=WEEKLY;BYDAY=MO,WE", with nothing in it that goes without saying.
  public var description: String {
    var parts = ["FREQ=\(frequency.rawValue)"]
    switch end {
    case .never: break
    case .count(let count): parts.append("COUNT=\(count)")
    case .until(.date(let date)): parts.append("UNTIL=\(date.basic)")
    case .until(.floating(let local)): parts.append("UNTIL=\(local.basic)")
    case .until(.zoned(let time)): parts.append("UNTIL=\(time.local.basic)Z")
    }
    if interval != 1 { parts.append("INTERVAL=\(interval)") }
    let lists: [(String, [String])] = [
      ("BYSECOND", bySecond.map(String.init)), ("BYMINUTE", byMinute.map(String.init)),
      ("BYHOUR", byHour.map(String.init)), ("BYDAY", byDay.map(\.description)),
      ("BYMONTHDAY", byMonthDay.map(String.init)), ("BYYEARDAY", byYearDay.map(String.init)),
      ("BYWEEKNO", byWeekNumber.map(String.init)), ("BYMONTH", byMonth.map(String.init)),
      ("BYSETPOS", bySetPosition.map(String.init)),
    ]
    for (name, values) in lists where !values.isEmpty {
      parts.append("\(name)=\(values.joined(separator: ","))")
    }
    if weekStart != .monday { parts.append("WKST=\(weekStart.rawValue)") }
    return parts.joined(separator: ";")
  }

  /// What RFC 5545 §3.3.10 says against the rule although its meaning is clear; empty for a good one.
  public var defects: [RecurrenceRuleError] {
    var found: [RecurrenceRuleError] = []
    if !byWeekNumber.isEmpty, frequency != .yearly { found.append(.notAllowed(.byWeekNumber, frequency)) }
    if !byMonthDay.isEmpty, frequency == .weekly { found.append(.notAllowed(.byMonthDay, frequency)) }
    if !byYearDay.isEmpty, [.daily, .weekly, .monthly].contains(frequency) {
      found.append(.notAllowed(.byYearDay, frequency))
    }
    let isNumbered = byDay.contains { $0.ordinal != nil }
    if isNumbered, ![.monthly, .yearly].contains(frequency) || !byWeekNumber.isEmpty {
      found.append(.notAllowed(.byDay, frequency))
    }
    let lists = [bySecond, byMinute, byHour, byMonthDay, byYearDay, byWeekNumber, byMonth]
    if !bySetPosition.isEmpty, byDay.isEmpty, lists.allSatisfy(\.isEmpty) { found.append(.setPositionAlone) }
    return found
  }
}

extension RecurrenceRule {
  /// Reads the value of an RRULE.
  ///
  /// Reading forgives letter case, blanks, empty parts, parts of unknown names, the last of a repeated part, "+1MO",
  /// and an UNTIL with separators. A number out of range, or COUNT beside UNTIL, has no meaning and is never forgiven.
  ///
  /// - Parameters:
  ///   - text: The value, without "RRULE:".
  ///   - isStrict: Whether to refuse whatever RFC 5545 does not allow.
  /// - Throws: `RecurrenceRuleError` for the first fault.
  public init(_ text: String, isStrict: Bool = false) throws(RecurrenceRuleError) {
    var parts = Parts()
    var pieces = text.split(separator: ";", omittingEmptySubsequences: false)
    // A trailing semicolon is what many write.
    if !isStrict { pieces.removeAll { $0.allSatisfy(\.isWhitespace) } }
    guard !pieces.isEmpty else { throw .malformed("") }
    for piece in pieces { try parts.read(piece, isStrict: isStrict) }
    guard let frequency = parts.frequency else { throw .missingFrequency }
    let end: End
    switch (parts.count, parts.until) {
    case (nil, nil): end = .never
    case (let count?, nil): end = .count(count)
    case (nil, let until?): end = .until(until)
    case (_?, _?): throw .countAndUntil
    }
    func list(_ part: RecurrenceRuleError.Part) -> [Int] { parts.numbers[part] ?? [] }
    try self.init(
      frequency,
      interval: parts.interval,
      end: end,
      bySecond: list(.bySecond),
      byMinute: list(.byMinute),
      byHour: list(.byHour),
      byDay: parts.byDay,
      byMonthDay: list(.byMonthDay),
      byYearDay: list(.byYearDay),
      byWeekNumber: list(.byWeekNumber),
      byMonth: list(.byMonth),
      bySetPosition: list(.bySetPosition),
      weekStart: parts.weekStart
    )
    if isStrict, let defect = defects.first { throw defect }
  }
}

/// The parts of a rule while it is read.
private struct Parts {
  typealias Failure = RecurrenceRuleError
  typealias Part = RecurrenceRuleError.Part

  var frequency: RecurrenceRule.Frequency?
  var until: RecurrenceTime?
  var count: Int?
  var interval = 1
  var byDay: [NumberedWeekday] = []
  var numbers: [Part: [Int]] = [:]
  var weekStart = Weekday.monday
  private var seen: Set<Part> = []

  mutating func read(_ piece: Substring, isStrict: Bool) throws(Failure) {
    guard let equals = piece.firstIndex(of: "=") else { throw .malformed(Self.short(piece)) }
    let name = Self.trimmed(piece[..<equals]).uppercased()
    let value = Self.trimmed(piece[piece.index(after: equals)...]).uppercased()
    guard let part = Part(rawValue: name) else {
      try Self.checkCalendar(name, value)
      if isStrict { throw .unknownPart(Self.short(name)) }
      return
    }
    if !seen.insert(part).inserted, isStrict { throw .repeatedPart(part) }
    switch part {
    case .frequency:
      guard let frequency = RecurrenceRule.Frequency(rawValue: value) else {
        throw .invalidValue(part, Self.short(value))
      }
      self.frequency = frequency
    case .until: until = try Self.until(value, isStrict: isStrict)
    case .count: count = try Self.number(value, part, isStrict: isStrict)
    case .interval: interval = try Self.number(value, part, isStrict: isStrict)
    case .byDay:
      byDay = []
      for item in Self.items(value, isStrict: isStrict) {
        guard let day = NumberedWeekday(item) else { throw .invalidValue(part, Self.short(item)) }
        byDay.append(day)
      }
    case .weekStart:
      guard let weekday = Weekday(rawValue: value) else { throw .invalidValue(part, Self.short(value)) }
      weekStart = weekday
    default:
      var list: [Int] = []
      for item in Self.items(value, isStrict: isStrict) {
        list.append(try Self.number(item, part, isStrict: isStrict))
      }
      numbers[part] = list
    }
  }

  /// RFC 7529: other calendars would give other days, so that they cannot be passed over.
  private static func checkCalendar(_ name: String, _ value: String) throws(Failure) {
    if name == "RSCALE", value != "GREGORIAN" { throw .unsupportedCalendar("RSCALE=\(short(value))") }
    if name == "SKIP", value != "OMIT" { throw .unsupportedCalendar("SKIP=\(short(value))") }
  }

  private static func items(_ value: String, isStrict: Bool) -> [String] {
    let items = value.split(separator: ",", omittingEmptySubsequences: !isStrict).map { trimmed($0) }
    return items.isEmpty ? [value] : items
  }

  private static func number(_ text: String, _ part: Part, isStrict: Bool) throws(Failure) -> Int {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    // Nine digits cannot overflow, and no part takes more.
    guard text.utf8.count - digits.count <= 1, (1...10).contains(digits.count), let number = Int(text) else {
      throw .invalidValue(part, short(text))
    }
    return number
  }

  private static func until(_ text: String, isStrict: Bool) throws(Failure) -> RecurrenceTime {
    if let time = ContentLine("UNTIL", value: text).recurrenceTime { return time }
    let compact = text.filter { $0 != "-" && $0 != ":" && !$0.isWhitespace }
    guard !isStrict, let time = ContentLine("UNTIL", value: compact).recurrenceTime else {
      throw .invalidValue(.until, short(text))
    }
    return time
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }

  private static func short(_ text: some StringProtocol) -> String {
    String(String(text).withoutControls.prefix(64))
  }
}

extension ContentLine {
  /// The value as a time of a rule, which has no zone but UTC.
  fileprivate var recurrenceTime: RecurrenceTime? {
    switch timeValue {
    case .date(let date): .date(date)
    case .utc(let local): .zoned(ZonedDateTime(local: local, zone: .utc))
    case .local(let local): .floating(local)
    case nil: nil
    }
  }
}
