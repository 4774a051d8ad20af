package import Foundation

extension Date {
  /// The instant of an IMF-fixdate, the one form that RFC 9110 §5.6.7 lets senders use.
  package init?(httpDate text: String) {
    let format = Date.VerbatimFormatStyle(
      format: """
        \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \
        \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
        \(second: .twoDigits) GMT
        """,
      locale: Locale(identifier: "en_US_POSIX"),
      timeZone: .gmt,
      calendar: Calendar(identifier: .gregorian)
    )
    guard text.utf8.count == 29, let date = try? Date(text, strategy: format.parseStrategy) else {
      return nil
    }
    self = date
  }
}
