/// A day of the proleptic Gregorian calendar, from 0001-01-01 to 9999-12-31, without a time or a zone.
///
/// RFC 5545 §3.3.4. Arithmetic that would leave the range stops at its edge.
public struct CalendarDate: Sendable, Hashable {
  /// The year, the month in four bits and the day in five: dates are ordered as these numbers are.
  private let packed: Int32

  /// The year, 1…9999.
  public var year: Int { Int(packed >> 9) }
  /// The month, 1…12.
  public var month: Int { Int(packed >> 5 & 0xF) }
  /// The day of the month, 1…31.
  public var day: Int { Int(packed & 0x1F) }

  /// Days since 1970-01-01; negative before.
  public var dayNumber: Int {
    // Howard Hinnant's days_from_civil: years start in March, so that the leap day is the last one.
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The day of the week.
  public var weekday: Weekday {
    let number = (dayNumber % 7 + 7 + 4) % 7  // 1970-01-01 was a Thursday
    return Weekday.allCases[number]
  }

  /// Makes a date, or nil when there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(inMonth: month, of: year)
    else { return nil }
    self.init(packing: year, month, day)
  }

  private init(packing year: Int, _ month: Int, _ day: Int) {
    packed = Int32(truncatingIfNeeded: year << 9 | month << 5 | day)
  }

  /// Makes the date that is so many days after 1970-01-01, held within the years 1…9999.
  public init(dayNumber: Int) {
    let number = min(max(dayNumber, Self.firstDayNumber), Self.lastDayNumber) + 719_468
    let era = number / 146_097  // never negative within the range
    let dayOfEra = number - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(packing: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// The date so many days later, or earlier when negative.
  public func adding(days: Int) -> CalendarDate {
    let (sum, overflow) = dayNumber.addingReportingOverflow(days)
    return CalendarDate(dayNumber: overflow ? (days > 0 ? Self.lastDayNumber : Self.firstDayNumber) : sum)
  }

  static let firstDayNumber = -719_162  // 0001-01-01
  static let lastDayNumber = 2_932_896  // 9999-12-31

  static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CalendarDate: Comparable {
  /// Orders dates by time.
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    left.packed < right.packed
  }
}
