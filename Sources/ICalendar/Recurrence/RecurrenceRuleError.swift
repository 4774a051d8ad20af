/// Why a text or a set of parts is no recurrence rule (RFC 5545 §3.3.10).
public enum RecurrenceRuleError: Error, Sendable, Hashable {
  /// The text is empty, or a piece of it, given in 64 characters at most, is not NAME=VALUE.
  case malformed(String)
  /// There is no FREQ.
  case missingFrequency
  /// The part, given in 64 characters at most, is none of RFC 5545 or 7529; only refused when reading strictly.
  case unknownPart(String)
  /// The part stands more than once; only refused when reading strictly.
  case repeatedPart(Part)
  /// The value, given in 64 characters at most, is not of the part's type.
  case invalidValue(Part, String)
  /// The number is not one that the part may have, such as INTERVAL=0.
  case outOfRange(Part, Int)
  /// COUNT and UNTIL exclude one another; only refused when reading strictly.
  case countAndUntil
  /// The part has no meaning with this frequency; only refused when reading strictly.
  case notAllowed(Part, RecurrenceRule.Frequency)
  /// BYSETPOS picks from a set that another BY part has to make; only refused when reading strictly.
  case setPositionAlone
  /// A calendar that is not known here, or a way that is none to take days that do not exist (RFC 7529).
  case unsupportedCalendar(String)
  /// SKIP needs RSCALE beside it (RFC 7529 §4.1); only refused when reading strictly.
  case skipAlone

  /// The parts of a rule, in the order in which they are written.
  public enum Part: String, Sendable, Hashable, CaseIterable {
    /// How often.
    case frequency = "FREQ"
    /// The last instance at the latest.
    case until = "UNTIL"
    /// The number of instances.
    case count = "COUNT"
    /// Every so many.
    case interval = "INTERVAL"
    /// Seconds of the minute.
    case bySecond = "BYSECOND"
    /// Minutes of the hour.
    case byMinute = "BYMINUTE"
    /// Hours of the day.
    case byHour = "BYHOUR"
    /// Days of the week.
    case byDay = "BYDAY"
    /// Days of the month.
    case byMonthDay = "BYMONTHDAY"
    /// Days of the year.
    case byYearDay = "BYYEARDAY"
    /// Weeks of the year.
    case byWeekNumber = "BYWEEKNO"
    /// Months of the year.
    case byMonth = "BYMONTH"
    /// Which of a period's instances.
    case bySetPosition = "BYSETPOS"
    /// The first day of the week.
    case weekStart = "WKST"
  }
}

extension RecurrenceRuleError: CustomStringConvertible {
  /// A sentence that names the part.
  public var description: String {
    switch self {
    case .malformed(""): "A part of the rule is empty."
    case .malformed(let text): "\"\(text)\" is not a part of a rule such as FREQ=DAILY."
    case .missingFrequency: "The rule has no FREQ."
    case .unknownPart(let name): "A rule has no part named \(name)."
    case .repeatedPart(let part): "\(part.rawValue) stands more than once."
    case .invalidValue(let part, let value): "\(part.rawValue) cannot be \"\(value)\"."
    case .outOfRange(let part, let number): "\(part.rawValue) cannot be \(number)."
    case .countAndUntil: "A rule has either COUNT or UNTIL, not both."
    case .notAllowed(let part, let frequency):
      "\(part.rawValue) has no meaning with FREQ=\(frequency.rawValue)."
    case .setPositionAlone: "BYSETPOS needs another BY part to pick from."
    case .unsupportedCalendar(let name): "Rules are not counted by \(name)."
    case .skipAlone: "SKIP has no meaning without RSCALE."
    }
  }
}
