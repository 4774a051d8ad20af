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
    } else if time.zone.isFloating {
      self.init(name, value: time.local.basic)
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
    octets.span.timeValue(valueRange) ?? octets.span.spacedTimeValue(valueRange)
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

extension Span<UInt8> {
  /// Reads "20260128", "20260128T100000" or "20260128T100000Z"; letter case does not count.
  func timeValue(_ range: Range<Int>) -> ContentLine.TimeValue? {
    guard range.count == 8 || range.count == 15 || range.count == 16 else { return nil }
    let start = range.lowerBound
    guard let century = twoDigits(start), let year = twoDigits(start + 2), let month = twoDigits(start + 4),
      let day = twoDigits(start + 6),
      let date = CalendarDate(year: century * 100 + year, month: month, day: day)
    else { return nil }
    if range.count == 8 { return .date(date) }
    guard self[start + 8] | 0x20 == UInt8(ascii: "t"), let hour = twoDigits(start + 9),
      let minute = twoDigits(start + 11), let second = twoDigits(start + 13),
      // A leap second is the second before it: no clock here has one.
      let local = LocalDateTime(date: date, hour: hour, minute: minute, second: second == 60 ? 59 : second)
    else { return nil }
    if range.count == 15 { return .local(local) }
    return self[start + 15] | 0x20 == UInt8(ascii: "z") ? .utc(local) : nil
  }

  /// Reads a time with spaces around or in it.
  fileprivate func spacedTimeValue(_ range: Range<Int>) -> ContentLine.TimeValue? {
    guard range.count <= 64 else { return nil }
    var octets: [UInt8] = []
    for position in range where self[position] != 0x20 && self[position] != 0x09 {
      octets.append(self[position])
    }
    return octets.count < range.count ? octets.span.timeValue(0..<octets.count) : nil
  }

  private func twoDigits(_ position: Int) -> Int? {
    let (high, low) = (self[position] &- 0x30, self[position + 1] &- 0x30)
    return high < 10 && low < 10 ? Int(high) * 10 + Int(low) : nil
  }
}
