/// A wall-clock time without a zone (RFC 5545 §3.3.5 form 1), to the second.
public struct LocalDateTime: Sendable, Hashable {
  /// The day.
  public let date: CalendarDate
  /// Seconds since midnight, below 86,400.
  private let time: Int32

  /// The hour, 0…23.
  public var hour: Int { Int(time / 3600) }
  /// The minute, 0…59.
  public var minute: Int { Int(time / 60 % 60) }
  /// The second, 0…59.
  public var second: Int { Int(time % 60) }

  /// Makes a wall-clock time, or nil when a part is out of range.
  public init?(date: CalendarDate, hour: Int, minute: Int, second: Int = 0) {
    guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
    self.date = date
    time = Int32(truncatingIfNeeded: hour * 3600 + minute * 60 + second)
  }

  /// Makes midnight at the start of a day.
  public init(startOf date: CalendarDate) { self.init(date: date, time: 0) }

  private init(date: CalendarDate, time: Int32) {
    self.date = date
    self.time = time
  }

  /// The wall clock so many seconds later, as if no clock were ever changed.
  ///
  /// Stops at the edges of the years 1…9999.
  public func adding(seconds: Int) -> LocalDateTime {
    // Mostly it is the same day.
    if seconds > -86_400, seconds < 86_400, case let time = Int(time) + seconds, (0..<86_400).contains(time) {
      return LocalDateTime(date: date, time: Int32(time))
    }
    let (sum, overflow) = nominalSeconds.addingReportingOverflow(seconds)
    return LocalDateTime(nominalSeconds: overflow ? (seconds > 0 ? Int.max : Int.min) : sum)
  }

  /// Seconds since 1970-01-01T00:00:00 on the same wall clock.
  var nominalSeconds: Int {
    date.dayNumber * 86_400 + Int(time)
  }

  init(nominalSeconds: Int) {
    let held = min(
      max(nominalSeconds, CalendarDate.firstDayNumber * 86_400),
      CalendarDate.lastDayNumber * 86_400 + 86_399
    )
    let day = held >= 0 ? held / 86_400 : (held - 86_399) / 86_400
    date = CalendarDate(dayNumber: day)
    time = Int32(truncatingIfNeeded: held - day * 86_400)
  }
}

extension LocalDateTime: Comparable {
  /// Orders wall-clock times by what they show.
  public static func < (left: LocalDateTime, right: LocalDateTime) -> Bool {
    (left.date, left.time) < (right.date, right.time)
  }
}
