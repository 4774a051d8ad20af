extension RecurrenceRule {
  /// Reads the value of an RRULE.
  ///
  /// Reading forgives letter case, blanks, empty parts, parts of unknown names, the last of a repeated part, "+1MO",
  /// an UNTIL with separators, and COUNT beside UNTIL. A number out of range has no meaning and is never forgiven.
  ///
  /// - Parameters:
  ///   - text: The value, without "RRULE:".
  ///   - isStrict: Whether to refuse whatever RFC 5545 does not allow.
  /// - Throws: `RecurrenceRuleError` for the first fault.
  public init(_ text: String, isStrict: Bool = false) throws(RecurrenceRuleError) {
    guard isStrict else {
      self = try Self.reading(text).rule
      return
    }
    var parts = RuleParts()
    let pieces = text.split(separator: ";", omittingEmptySubsequences: false)
    guard !text.isEmpty else { throw .malformed("") }
    for piece in pieces { try parts.read(piece, isStrict: true) }
    self = try parts.rule()
    if let remark = parts.remarks.first ?? defects.first { throw remark }
  }

  /// Reads the value of an RRULE, and tells what in it says nothing or is against RFC 5545 in its meaning.
  ///
  /// - Throws: `RecurrenceRuleError` when it is no rule.
  static func reading(_ text: String) throws(RecurrenceRuleError) -> (
    rule: RecurrenceRule, remarks: [RecurrenceRuleError]
  ) {
    var parts = RuleParts()
    // A trailing semicolon is what many write.
    let pieces = text.split(separator: ";").filter { !$0.allSatisfy(\.isWhitespace) }
    guard !pieces.isEmpty else { throw .malformed("") }
    for piece in pieces { try parts.read(piece, isStrict: false) }
    return (try parts.rule(), parts.remarks)
  }

  /// Reads the rule of a zone, of which a bad part costs only itself: without the zone its events would be lost.
  ///
  /// A zone's changes come every year, unless it says otherwise.
  static func readingForZone(_ text: String) -> (rule: RecurrenceRule?, remarks: [RecurrenceRuleError]) {
    var parts = RuleParts()
    for piece in text.split(separator: ";").filter({ !$0.allSatisfy(\.isWhitespace) }) {
      do throws(RecurrenceRuleError) {
        try parts.read(piece, isStrict: false)
      } catch {
        parts.remarks.append(error)
      }
    }
    if parts.frequency == nil {
      parts.remarks.append(.missingFrequency)
      parts.frequency = .yearly
    }
    // Each round drops a part.
    for _ in RecurrenceRuleError.Part.allCases {
      do throws(RecurrenceRuleError) {
        return (try parts.rule(), parts.remarks)
      } catch {
        parts.remarks.append(error)
        guard case .outOfRange(let part, _) = error else { break }
        parts.drop(part)
      }
    }
    return (nil, parts.remarks)
  }
}

/// The parts of a rule while it is read.
private struct RuleParts {
  typealias Failure = RecurrenceRuleError
  typealias Part = RecurrenceRuleError.Part

  var frequency: RecurrenceRule.Frequency?
  var until: RecurrenceTime?
  var count: Int?
  var interval = 1
  var byDay: [NumberedWeekday] = []
  var numbers: [Part: [Int]] = [:]
  var leapMonths: [Int] = []
  var weekStart = Weekday.monday
  var scale: CalendarScale?
  var skip: RecurrenceRule.Skip?
  /// The parts that say nothing, or do not go together.
  var remarks: [Failure] = []
  private var seen: Set<Part> = []

  func rule() throws(Failure) -> RecurrenceRule {
    guard let frequency else { throw .missingFrequency }
    func list(_ part: Part) -> [Int] { numbers[part] ?? [] }
    return try RecurrenceRule(
      frequency,
      interval: interval,
      end: count.map { .count($0) } ?? until.map { .until($0) } ?? .never,
      untilBesideCount: count == nil ? nil : until,
      bySecond: list(.bySecond),
      byMinute: list(.byMinute),
      byHour: list(.byHour),
      byDay: byDay,
      byMonthDay: list(.byMonthDay),
      byYearDay: list(.byYearDay),
      byWeekNumber: list(.byWeekNumber),
      byMonth: list(.byMonth),
      byLeapMonth: leapMonths,
      bySetPosition: list(.bySetPosition),
      weekStart: weekStart,
      scale: scale,
      skip: skip ?? .omit
    )
  }

  /// Forgets a part that cannot be.
  mutating func drop(_ part: Part) {
    switch part {
    case .interval: interval = 1
    case .count: count = nil
    case .byDay: byDay = []
    case .byMonth: (numbers[part], leapMonths) = (nil, [])
    default: numbers[part] = nil
    }
  }

  mutating func read(_ piece: Substring, isStrict: Bool) throws(Failure) {
    guard let equals = piece.firstIndex(of: "=") else { throw .malformed(Self.short(piece)) }
    let name = Self.trimmed(piece[..<equals]).uppercased()
    let value = Self.trimmed(piece[piece.index(after: equals)...]).uppercased()
    guard let part = Part(rawValue: name) else {
      if try readCalendar(name, value) == false { remarks.append(.unknownPart(Self.short(name))) }
      return
    }
    if !seen.insert(part).inserted { remarks.append(.repeatedPart(part)) }
    if part == .count && seen.contains(.until) || part == .until && seen.contains(.count) {
      remarks.append(.countAndUntil)
    }
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
      var (list, leaps): ([Int], [Int]) = ([], [])
      for item in Self.items(value, isStrict: isStrict) {
        if part == .byMonth, item.hasSuffix("L") {
          leaps.append(try Self.number(String(item.dropLast()), part, isStrict: isStrict))
        } else {
          list.append(try Self.number(item, part, isStrict: isStrict))
        }
      }
      numbers[part] = list
      if part == .byMonth { leapMonths = leaps }
    }
  }

  /// RSCALE and SKIP (RFC 7529): other days would come of another calendar, so that none can be passed over.
  private mutating func readCalendar(_ name: String, _ value: String) throws(Failure) -> Bool {
    switch name {
    case "RSCALE":
      guard let scale = CalendarScale(rawValue: value) else {
        throw .unsupportedCalendar("RSCALE=\(Self.short(value))")
      }
      self.scale = scale
    case "SKIP":
      guard let skip = RecurrenceRule.Skip(rawValue: value) else {
        throw .unsupportedCalendar("SKIP=\(Self.short(value))")
      }
      self.skip = skip
    default: return false
    }
    return true
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
    switch strictTimeValue {
    case .date(let date): .date(date)
    case .utc(let local): .zoned(ZonedDateTime(local: local, zone: .utc))
    case .local(let local): .floating(local)
    case nil: nil
    }
  }
}
