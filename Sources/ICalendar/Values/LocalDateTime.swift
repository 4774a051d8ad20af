/// A wall-clock time without a zone (RFC 5545 §3.3.5 form 1), to the second.
public struct LocalDateTime: Sendable, Hashable {
  /// The day.
  public let date: CalendarDate
  /// The hour, 0…23.
  public let hour: Int
  /// The minute, 0…59.
  public let minute: Int
  /// The second, 0…59.
  public let second: Int

  /// Makes a wall-clock time, or nil when a part is out of range.
  public init?(date: CalendarDate, hour: Int, minute: Int, second: Int = 0) {
    guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
    self.date = date
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// Makes midnight at the start of a day.
  public init(startOf date: CalendarDate) {
    self.init(nominalSeconds: date.dayNumber * 86_400)
  }

  /// The wall clock so many seconds later, as if no clock were ever changed.
  ///
  /// Stops at the edges of the years 1…9999.
  public func adding(seconds: Int) -> LocalDateTime {
    let (sum, overflow) = nominalSeconds.addingReportingOverflow(seconds)
    return LocalDateTime(nominalSeconds: overflow ? (seconds > 0 ? Int.max : Int.min) : sum)
  }

  /// Seconds since 1970-01-01T00:00:00 on the same wall clock.
  var nominalSeconds: Int {
    date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second
  }

  init(nominalSeconds: Int) {
    let held = min(
      max(nominalSeconds, CalendarDate.firstDayNumber * 86_400),
      CalendarDate.lastDayNumber * 86_400 + 86_399
    )
    let day = held >= 0 ? held / 86_400 : (held - 86_399) / 86_400
    let time = held - day * 86_400
    date = CalendarDate(dayNumber: day)
    hour = time / 3600
    minute = time / 60 % 60
    second = time % 60
  }
}

extension LocalDateTime: Comparable {
  /// Orders wall-clock times by what they show.
  public static func < (left: LocalDateTime, right: LocalDateTime) -> Bool {
    left.nominalSeconds < right.nominalSeconds
  }
}
