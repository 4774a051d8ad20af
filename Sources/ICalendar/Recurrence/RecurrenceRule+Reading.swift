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
    var parts = RuleParts(text)
    guard !text.isEmpty else { throw .malformed("") }
    for piece in parts.pieces { try parts.read(piece, isStrict: true) }
    self = try parts.rule()
    if let remark = parts.remarks.first ?? defects.first { throw remark }
  }

  /// Reads the value of an RRULE, and tells what in it says nothing or is against RFC 5545 in its meaning.
  ///
  /// - Throws: `RecurrenceRuleError` when it is no rule.
  static func reading(_ text: String) throws(RecurrenceRuleError) -> (
    rule: RecurrenceRule, remarks: [RecurrenceRuleError]
  ) {
    var parts = RuleParts(text)
    var isEmpty = true
    // A trailing semicolon is what many write.
    for piece in parts.pieces where !parts.isBlank(piece) {
      isEmpty = false
      try parts.read(piece, isStrict: false)
    }
    guard !isEmpty else { throw .malformed("") }
    return (try parts.rule(), parts.remarks)
  }

  /// Reads the rule of a zone, of which a bad part costs only itself: without the zone its events would be lost.
  ///
  /// A zone's changes come every year, unless it says otherwise.
  static func readingForZone(_ text: String) -> (rule: RecurrenceRule?, remarks: [RecurrenceRuleError]) {
    var parts = RuleParts(text)
    for piece in parts.pieces where !parts.isBlank(piece) {
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

/// The parts of a rule while it is read, by octets: every event that repeats has a rule.
private struct RuleParts {
  typealias Failure = RecurrenceRuleError
  typealias Part = RecurrenceRuleError.Part

  var frequency: RecurrenceRule.Frequency?
  var until: RecurrenceTime?
  var count: Int?
  var interval = 1
  var byDay: [NumberedWeekday] = []
  /// The lists of numbers, of which a rule rarely has more than two; the last of a part counts.
  var numbers: [(part: Part, list: [Int])] = []
  var leapMonths: [Int] = []
  var weekStart = Weekday.monday
  var scale: CalendarScale?
  var skip: RecurrenceRule.Skip?
  /// The parts that say nothing, or do not go together.
  var remarks: [Failure] = []
  private var seen: [Part] = []
  /// The text, with spaces for white space of any kind.
  private let octets: [UInt8]

  init(_ text: String) {
    let octets = Array(text.utf8)
    let isPlain = octets.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    self.octets = isPlain ? octets : Array(String(text.map { $0.isWhitespace ? " " : $0 }).utf8)
  }

  /// Where the parts are, those that are empty among them.
  var pieces: Pieces { Pieces(octets: octets, rest: 0..<octets.count, separator: .semicolon) }

  func isBlank(_ piece: Range<Int>) -> Bool { trimmed(piece).isEmpty }

  func rule() throws(Failure) -> RecurrenceRule {
    guard let frequency else { throw .missingFrequency }
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

  private func list(_ part: Part) -> [Int] {
    numbers.isEmpty ? [] : numbers.last { $0.part == part }?.list ?? []
  }

  /// Forgets a part that cannot be.
  mutating func drop(_ part: Part) {
    switch part {
    case .interval: interval = 1
    case .count: count = nil
    case .byDay: byDay = []
    default:
      numbers.removeAll { $0.part == part }
      if part == .byMonth { leapMonths = [] }
    }
  }

  mutating func read(_ piece: Range<Int>, isStrict: Bool) throws(Failure) {
    guard let equals = piece.first(where: { octets[$0] == UInt8(ascii: "=") }) else {
      throw .malformed(Self.short(String(decoding: octets[piece], as: UTF8.self)))
    }
    let name = trimmed(piece.lowerBound..<equals)
    let value = trimmed(equals + 1..<piece.upperBound)
    guard let part = word(Part.self, name) else {
      if try readCalendar(name, value) == false { remarks.append(.unknownPart(shown(name))) }
      return
    }
    if seen.contains(part) { remarks.append(.repeatedPart(part)) }
    seen.append(part)
    if part == .count && seen.contains(.until) || part == .until && seen.contains(.count) {
      remarks.append(.countAndUntil)
    }
    switch part {
    case .frequency: frequency = try known(RecurrenceRule.Frequency.self, value, part)
    case .until: until = try time(value, isStrict: isStrict)
    case .count: count = try number(value, part)
    case .interval: interval = try number(value, part)
    case .byDay: byDay = try days(value, isStrict: isStrict)
    case .weekStart: weekStart = try known(Weekday.self, value, part)
    default: try readNumbers(value, part, isStrict: isStrict)
    }
  }

  private mutating func readNumbers(_ value: Range<Int>, _ part: Part, isStrict: Bool) throws(Failure) {
    var (list, leaps): ([Int], [Int]) = ([], [])
    try forEachItem(value, isStrict: isStrict) { item throws(Failure) in
      if part == .byMonth, let last = item.last, octets[last] | 0x20 == UInt8(ascii: "l") {
        leaps.append(try number(item.lowerBound..<last, part))
      } else {
        list.append(try number(item, part))
      }
    }
    numbers.append((part, list))
    if part == .byMonth { leapMonths = leaps }
  }

  /// RSCALE and SKIP (RFC 7529): other days would come of another calendar, so that none can be passed over.
  private mutating func readCalendar(_ name: Range<Int>, _ value: Range<Int>) throws(Failure) -> Bool {
    if octets.span.isEqual(name, "RSCALE") {
      scale = word(CalendarScale.self, value)
      if scale == nil { throw .unsupportedCalendar("RSCALE=\(shown(value))") }
    } else if octets.span.isEqual(name, "SKIP") {
      skip = word(RecurrenceRule.Skip.self, value)
      if skip == nil { throw .unsupportedCalendar("SKIP=\(shown(value))") }
    } else {
      return false
    }
    return true
  }

  private func days(_ value: Range<Int>, isStrict: Bool) throws(Failure) -> [NumberedWeekday] {
    var days: [NumberedWeekday] = []
    days.reserveCapacity(value.count / 2)
    try forEachItem(value, isStrict: isStrict) { item throws(Failure) in days.append(try day(item)) }
    return days
  }

  /// Tells the items of a list, or all of it where there is none.
  private func forEachItem(
    _ value: Range<Int>,
    isStrict: Bool,
    _ take: (Range<Int>) throws(Failure) -> Void
  ) throws(Failure) {
    var isEmpty = true
    for item in Pieces(octets: octets, rest: value, separator: .comma) where isStrict || !item.isEmpty {
      isEmpty = false
      try take(trimmed(item))
    }
    if isEmpty { try take(value) }
  }

  /// "MO", "1MO", "+1MO" or "-1MO".
  private func day(_ item: Range<Int>) throws(Failure) -> NumberedWeekday {
    let split = max(item.lowerBound, item.upperBound - 2)
    let ordinal = item.lowerBound..<split
    guard let weekday = word(Weekday.self, split..<item.upperBound), ordinal.count <= 4,
      let number = ordinal.isEmpty ? 0 : integer(ordinal)
    else { throw .invalidValue(.byDay, shown(item)) }
    return NumberedWeekday(weekday, ordinal: ordinal.isEmpty ? nil : number)
  }

  private func number(_ range: Range<Int>, _ part: Part) throws(Failure) -> Int {
    guard let number = integer(range) else { throw .invalidValue(part, shown(range)) }
    return number
  }

  /// One to ten digits, and a sign before them; nil for anything else.
  private func integer(_ range: Range<Int>) -> Int? {
    guard let first = range.first else { return nil }
    let isNegative = octets[first] == UInt8(ascii: "-")
    let digits = isNegative || octets[first] == UInt8(ascii: "+") ? range.dropFirst() : range
    // Ten digits cannot overflow, and no part takes more.
    guard (1...10).contains(digits.count) else { return nil }
    var number = 0
    for position in digits {
      let digit = octets[position] &- 0x30
      guard digit < 10 else { return nil }
      number = number * 10 + Int(digit)
    }
    return isNegative ? -number : number
  }

  /// UNTIL, which has no zone but UTC.
  private func time(_ range: Range<Int>, isStrict: Bool) throws(Failure) -> RecurrenceTime {
    var time = octets.span.timeValue(range)
    if time == nil, !isStrict {
      let compact = octets[range].filter { !"-: ".utf8.contains($0) }
      time = compact.span.timeValue(0..<compact.count)
    }
    switch time {
    case .date(let date): return .date(date)
    case .utc(let local): return .zoned(ZonedDateTime(local: local, zone: .utc))
    case .local(let local): return .floating(local)
    case nil: throw .invalidValue(.until, shown(range))
    }
  }

  private func known<Word: RawRepresentable<String> & CaseIterable>(
    _ type: Word.Type,
    _ range: Range<Int>,
    _ part: Part
  ) throws(Failure) -> Word {
    guard let word = word(type, range) else { throw .invalidValue(part, shown(range)) }
    return word
  }

  private func word<Word: RawRepresentable<String> & CaseIterable>(
    _ type: Word.Type,
    _ range: Range<Int>
  ) -> Word? {
    type.allCases.first { octets.span.isEqual(range, ignoringCase: $0.rawValue) }
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, octets[start] == 0x20 { start += 1 }
    while start < end, octets[end - 1] == 0x20 { end -= 1 }
    return start..<end
  }

  /// The text of a part as an error shows it.
  private func shown(_ range: Range<Int>) -> String {
    Self.short(String(decoding: octets[range], as: UTF8.self).uppercased())
  }

  private static func short(_ text: String) -> String { String(text.withoutControls.prefix(64)) }
}

/// The places of what separators part: one more than there are of these.
private struct Pieces: Sequence, IteratorProtocol {
  let octets: [UInt8]
  var rest: Range<Int>?
  let separator: UInt8

  mutating func next() -> Range<Int>? {
    guard let range = rest else { return nil }
    var end = range.lowerBound
    while end < range.upperBound, octets[end] != separator { end += 1 }
    rest = end < range.upperBound ? end + 1..<range.upperBound : nil
    return range.lowerBound..<end
  }
}
