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
  var timeValue: TimeValue? { dayIfSaid(octets.span.tolerantTimeValue(valueRange)) }

  /// The value in the forms of RFC 5545 alone.
  var strictTimeValue: TimeValue? { octets.span.timeValue(valueRange) }

  /// One value of a list of the line's, read as `timeValue` is.
  func timeValue(of text: some StringProtocol) -> TimeValue? {
    let octets = Array(text.utf8)
    return dayIfSaid(octets.span.tolerantTimeValue(0..<octets.count))
  }

  /// A day for which midnight was written: other writers say VALUE=DATE and give a time all the same.
  private func dayIfSaid(_ time: TimeValue?) -> TimeValue? {
    switch time {
    case .utc(let local), .local(let local):
      local.isMidnight && parameter("VALUE")?.uppercased() == "DATE" ? .date(local.date) : time
    case .date, nil: time
    }
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

extension LocalDateTime {
  fileprivate var isMidnight: Bool { hour == 0 && minute == 0 && second == 0 }
}

extension Span<UInt8> {
  /// Reads "20260128", "20260128T100000" or "20260128T100000Z"; letter case does not count.
  func timeValue(_ range: Range<Int>) -> ContentLine.TimeValue? {
    guard range.count == 8 || range.count == 15 || range.count == 16 else { return nil }
    let start = range.lowerBound
    guard let day = eightDigits(word(at: start)),
      let date = CalendarDate(year: day / 10_000, month: day / 100 % 100, day: day % 100)
    else { return nil }
    if range.count == 8 { return .date(date) }
    // The last digit of the day and the "T" before the time are taken for zeros.
    guard self[start + 8] | 0x20 == UInt8(ascii: "t"),
      let time = eightDigits(word(at: start + 7) & ~0xFFFF | 0x3030),
      // A leap second is the second before it: no clock here has one.
      let local = LocalDateTime(
        date: date,
        hour: time / 10_000,
        minute: time / 100 % 100,
        second: time % 100 == 60 ? 59 : time % 100
      )
    else { return nil }
    if range.count == 15 { return .local(local) }
    return self[start + 15] | 0x20 == UInt8(ascii: "z") ? .utc(local) : nil
  }

  /// Reads a time also in the forms of ISO 8601 that RFC 5545 leaves out: with separators, without seconds, with a
  /// fraction or an offset; and with blanks around or in it.
  func tolerantTimeValue(_ range: Range<Int>) -> ContentLine.TimeValue? {
    if let time = timeValue(range) { return time }
    guard range.count >= 8, range.count <= 64 else { return nil }
    var octets: [UInt8] = []
    for position in range where self[position] != 0x20 && self[position] != 0x09 {
      octets.append(self[position].uppercasedASCII)
    }
    return ContentLine.TimeValue(iso8601: String(decoding: octets, as: UTF8.self))
  }

  /// Eight octets, the first in the lowest bits.
  @inline(__always)
  private func word(at position: Int) -> UInt64 {
    UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
  }

  /// The number that eight digits are; nil where one is none.
  @inline(__always)
  private func eightDigits(_ word: UInt64) -> Int? {
    let tops: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
    let zeros: UInt64 = 0x3030_3030_3030_3030
    guard word & tops == zeros, (word &+ 0x0606_0606_0606_0606) & tops == zeros else { return nil }
    // Neighbors are joined to two digits, these to four, these to eight.
    var number = (word &- zeros) &* 10 &+ (word &- zeros) >> 8
    number = (number & 0x00FF_00FF_00FF_00FF) &* 100 &+ number >> 16 & 0x00FF_00FF_00FF_00FF
    number = (number & 0x0000_FFFF_0000_FFFF) &* 10_000 &+ number >> 32 & 0x0000_FFFF_0000_FFFF
    return Int(truncatingIfNeeded: number & 0xFFFF_FFFF)
  }
}

extension ContentLine.TimeValue {
  /// Reads a date or a time of ISO 8601, in upper case and without blanks.
  fileprivate init?(iso8601 text: String) {
    var digits = DigitReader(text)
    guard let date = digits.isoDate() else { return nil }
    guard !digits.isAtEnd else {
      self = .date(date)
      return
    }
    _ = digits.skip("T")
    guard let local = digits.isoTime(on: date) else { return nil }
    if digits.isAtEnd {
      self = .local(local)
    } else if let offset = digits.isoOffset(), digits.isAtEnd {
      self = .utc(local.adding(seconds: -offset))
    } else {
      return nil
    }
  }
}

extension DigitReader {
  fileprivate mutating func isoDate() -> CalendarDate? {
    guard let year = number(4) else { return nil }
    let isSeparated = skip("-")
    guard let month = number(2), skip("-") == isSeparated, let day = number(2) else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  /// The hour 24 is the next day's midnight (ISO 8601), and a leap second the second before it.
  fileprivate mutating func isoTime(on date: CalendarDate) -> LocalDateTime? {
    guard let hour = number(2) else { return nil }
    let isSeparated = skip(":")
    guard let minute = number(2) else { return nil }
    var second = 0
    if isSeparated ? skip(":") : next?.isWholeNumber ?? false {
      guard let read = number(2), read <= 60 else { return nil }
      second = Swift.min(read, 59)
      if skip(".") || skip(","), number(upTo: 9) == nil { return nil }
    }
    return time(date, hour: hour, minute: minute, second: second)
  }

  private func time(_ date: CalendarDate, hour: Int, minute: Int, second: Int) -> LocalDateTime? {
    if hour == 24, minute == 0, second == 0 { return LocalDateTime(startOf: date.adding(days: 1)) }
    return LocalDateTime(date: date, hour: hour, minute: minute, second: second)
  }

  /// "Z", "+01", "+0100" or "+01:00", in seconds east of UTC.
  fileprivate mutating func isoOffset() -> Int? {
    if skip("Z") { return 0 }
    let isNegative = skip("-")
    guard isNegative || skip("+"), let hours = number(2), hours < 24 else { return nil }
    _ = skip(":")
    let minutes = isAtEnd ? 0 : number(2) ?? 60
    guard minutes < 60 else { return nil }
    return (isNegative ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}
