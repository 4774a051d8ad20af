import Foundation

/// The calendar in which a rule counts: RSCALE (RFC 7529 §4.1), by its name in CLDR.
public enum CalendarScale: String, Sendable, Hashable, CaseIterable {
  /// The civil calendar, which counts without being named.
  case gregorian = "GREGORIAN"
  /// The Chinese calendar, with leap months.
  case chinese = "CHINESE"
  /// The Hebrew calendar, whose leap month is Adar I, "5L".
  case hebrew = "HEBREW"
  /// The Coptic calendar.
  case coptic = "COPTIC"
  /// The Ethiopic calendar.
  case ethiopic = "ETHIOPIC"
  /// The Indian national calendar.
  case indian = "INDIAN"
  /// The Islamic calendar by arithmetic.
  case islamicCivil = "ISLAMIC-CIVIL"
  /// The Islamic calendar by arithmetic, a day earlier.
  case islamicTabular = "ISLAMIC-TBLA"
  /// The Islamic calendar of Saudi Arabia.
  case islamicUmmAlQura = "ISLAMIC-UMALQURA"
  /// The Persian calendar.
  case persian = "PERSIAN"

  /// Whether there are years with a month more.
  var hasLeapMonths: Bool { self == .chinese || self == .hebrew }

  /// The calendar of ICU; nil for the Gregorian, which is counted here.
  fileprivate var calendar: Calendar? { Self.calendars[self] }

  /// Made once: that takes longer than to ask one.
  private static let calendars: [CalendarScale: Calendar] = {
    let identifiers: [CalendarScale: Calendar.Identifier] = [
      .chinese: .chinese, .hebrew: .hebrew, .coptic: .coptic, .ethiopic: .ethiopicAmeteMihret,
      .indian: .indian, .islamicCivil: .islamicCivil, .islamicTabular: .islamicTabular,
      .islamicUmmAlQura: .islamicUmmAlQura, .persian: .persian,
    ]
    return identifiers.mapValues { identifier in
      var calendar = Calendar(identifier: identifier)
      calendar.timeZone = .gmt
      return calendar
    }
  }()
}

/// A year of any calendar, and its months, as day numbers.
struct ScaledYear: Sendable {
  struct Month: Sendable {
    /// The number, of which a leap month has that of the month before it.
    let number: Int
    let isLeap: Bool
    let days: Range<Int>
  }

  let months: [Month]
  let days: Range<Int>

  /// The year in which a day is; nil where the calendar does not know.
  init?(_ scale: CalendarScale, containing day: Int) {
    guard let calendar = scale.calendar else {
      let year = CalendarDate(dayNumber: day).year
      months = (1...12).map { month in
        let first = CalendarDate.dayNumber(year: year, month: month)
        let length = CalendarDate.days(inMonth: month, of: year)
        return Month(number: month, isLeap: false, days: first..<first + length)
      }
      days = months[0].days.lowerBound..<months[11].days.upperBound
      return
    }
    guard let year = Self.days(of: .year, in: calendar, at: day) else { return nil }
    var months: [Month] = []
    var next = year.lowerBound
    while next < year.upperBound, months.count < 14 {
      guard let days = Self.days(of: .month, in: calendar, at: next), days.upperBound > next else {
        return nil
      }
      let parts = calendar.dateComponents([.month], from: Self.noon(of: next))
      var (number, isLeap) = (parts.month ?? 0, parts.isLeapMonth == true)
      // ICU counts Adar I as the sixth month, which RFC 7529 §4.2 has as the leap month after the fifth.
      if scale == .hebrew, number >= 6 {
        isLeap = number == 6
        number -= 1
      }
      months.append(Month(number: number, isLeap: isLeap, days: next..<days.upperBound))
      next = days.upperBound
    }
    self.months = months
    days = year
  }

  /// Which of the months a day is in.
  func month(of day: Int) -> Int? { months.firstIndex { $0.days.contains(day) } }

  private static func noon(of day: Int) -> Date { Date(timeIntervalSince1970: Double(day * 86_400 + 43_200)) }

  private static func days(of part: Calendar.Component, in calendar: Calendar, at day: Int) -> Range<Int>? {
    guard let interval = calendar.dateInterval(of: part, for: noon(of: day)) else { return nil }
    let (first, end) = (interval.start.wholeSeconds, interval.end.wholeSeconds)
    return first < end ? RuleIterator.floor(first, 86_400)..<RuleIterator.floor(end, 86_400) : nil
  }
}
