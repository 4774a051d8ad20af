import Foundation

extension ContentLine {
  /// A time in UTC (RFC 5545 §3.3.5 form 2).
  init(_ name: String, instant: Date) {
    self.init(name, value: "\(LocalDateTime(nominalSeconds: instant.wholeSeconds).basic)Z")
  }

  /// A wall-clock time with its zone (form 3), or in UTC when that is the zone.
  init(_ name: String, time: ZonedDateTime) {
    if time.zone.isUTC {
      self.init(name, value: "\(time.local.basic)Z")
    } else {
      self.init(name, parameters: [Parameter("TZID", time.zone.identifier)], value: time.local.basic)
    }
  }

  /// A DATE or DATE-TIME value.
  enum TimeValue {
    case date(CalendarDate)
    case utc(LocalDateTime)
    case local(LocalDateTime)
  }

  /// The value read as DATE or DATE-TIME by its own form; VALUE is often missing or wrong.
  var timeValue: TimeValue? {
    let text = value.filter { !$0.isWhitespace }
    var digits = DigitReader(text)
    guard let date = digits.basicDate() else { return nil }
    if digits.isAtEnd { return .date(date) }
    guard digits.skip("T"), let hour = digits.number(2), let minute = digits.number(2),
      let second = digits.number(2),
      // A leap second is the second before it: no clock here has one.
      let local = LocalDateTime(date: date, hour: hour, minute: minute, second: second == 60 ? 59 : second)
    else { return nil }
    if digits.isAtEnd { return .local(local) }
    return digits.skip("Z") && digits.isAtEnd ? .utc(local) : nil
  }

  /// The value read as an instant; without a zone it is taken for UTC, which DTSTAMP and its like must be.
  var instant: Date? {
    switch timeValue {
    case .utc(let local), .local(let local): Date(timeIntervalSince1970: TimeInterval(local.nominalSeconds))
    case .date(let date): Date(timeIntervalSince1970: TimeInterval(date.dayNumber * 86_400))
    case nil: nil
    }
  }
}
