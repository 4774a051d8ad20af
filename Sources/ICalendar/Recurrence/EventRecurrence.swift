/// The meaning of an event's RRULE, RDATE, EXDATE and EXRULE lines.
public struct EventRecurrence: Sendable, Hashable {
  /// RRULE.
  public var rules: [RecurrenceRule]
  /// RDATE, one for each value.
  public var dates: [RecurrenceDate]
  /// EXDATE, one for each value.
  public var exclusions: [RecurrenceTime]
  /// EXRULE of RFC 2445.
  public var exclusionRules: [RecurrenceRule]
  /// Lines, or values of lines, that could not be read; they are kept, and say nothing about the instances.
  public var unread: [ContentLine]

  /// Makes a recurrence; what is not given is empty.
  public init(
    rules: [RecurrenceRule] = [],
    dates: [RecurrenceDate] = [],
    exclusions: [RecurrenceTime] = [],
    exclusionRules: [RecurrenceRule] = [],
    unread: [ContentLine] = []
  ) {
    self.rules = rules
    self.dates = dates
    self.exclusions = exclusions
    self.exclusionRules = exclusionRules
    self.unread = unread
  }

  /// Reads lines; a value that is none costs only itself.
  ///
  /// - Parameters:
  ///   - lines: RRULE, RDATE, EXDATE and EXRULE.
  ///   - zones: Zones that the lines may name though they are not the IANA's, such as the event's own.
  public init(_ lines: [ContentLine], zones: [Zone] = []) {
    self.init()
    let find: (String) -> Zone? = { RecurrenceTime.zone($0, among: zones) }
    for line in lines {
      switch line.name.uppercased() {
      case "RRULE": if let rule = rule(line) { rules.append(rule) }
      case "EXRULE": if let rule = rule(line) { exclusionRules.append(rule) }
      case "RDATE": readValues(of: line) { RecurrenceDate($0, of: line, zone: find) }.map { dates += $0 }
      case "EXDATE":
        readValues(of: line) { RecurrenceTime($0, of: line, zone: find) }.map { exclusions += $0 }
      default: unread.append(line)
      }
    }
  }

  /// The lines that say this, those that could not be read last.
  public var lines: [ContentLine] {
    rules.map { ContentLine("RRULE", value: $0.description) }
      + exclusionRules.map { ContentLine("EXRULE", value: $0.description) }
      + dates.map(\.line) + exclusions.map { $0.line("EXDATE") } + unread
  }

  private mutating func rule(_ line: ContentLine) -> RecurrenceRule? {
    if let rule = try? RecurrenceRule(line.value) { return rule }
    unread.append(line)
    return nil
  }

  private mutating func readValues<Value>(
    of line: ContentLine,
    _ read: (Substring) -> Value?
  ) -> [Value]? {
    var values: [Value] = []
    var bad: [Substring] = []
    for text in line.value.split(separator: ",") {
      if let value = read(text) { values.append(value) } else { bad.append(text) }
    }
    if !bad.isEmpty {
      unread.append(
        ContentLine(line.name, parameters: line.parameters, value: bad.joined(separator: ","))
      )
    }
    return values
  }
}

extension RecurrenceDate {
  /// A DATE, DATE-TIME or PERIOD; a period has an end or a duration (RFC 5545 §3.3.9).
  init?(_ text: Substring, of line: ContentLine, zone find: (String) -> Zone?) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let start = RecurrenceTime(parts[0], of: line, zone: find) else { return nil }
    self.init(start)
    guard parts.count == 2 else { return }
    if let end = RecurrenceTime(parts[1], of: line, zone: find), end.isDate == start.isDate,
      end.second >= start.second
    {
      self.end = end
    } else if let duration = CalendarDuration(String(parts[1])), !duration.isNegative {
      // Days are nominal, hours exact (§3.3.6).
      let day: RecurrenceTime =
        switch start {
        case .date(let date): .date(date.adding(days: duration.days))
        case .floating(let local): .floating(local.adding(seconds: duration.days * 86_400))
        case .zoned(let time):
          .zoned(
            ZonedDateTime(local: time.local.adding(seconds: duration.days * 86_400), zone: time.zone)
          )
        }
      self.end = duration.seconds == 0 ? day : day.sameForm(second: day.second + duration.seconds)
    } else {
      return nil
    }
  }

  var line: ContentLine {
    guard let end, !start.isDate else { return start.line("RDATE") }
    let isPeriod = [ContentLine.Parameter("VALUE", "PERIOD")]
    // One TZID is for both, so that a second pass or another zone at either needs UTC for both.
    let forms = [start, end].map { $0.line("RDATE", more: isPeriod) }
    if forms[0].parameters == forms[1].parameters {
      return ContentLine(
        "RDATE",
        parameters: forms[0].parameters,
        value: "\(forms[0].value)/\(forms[1].value)"
      )
    }
    let texts = [start, end].map { "\(LocalDateTime(nominalSeconds: $0.second).basic)Z" }
    return ContentLine("RDATE", parameters: isPeriod, value: texts.joined(separator: "/"))
  }
}
