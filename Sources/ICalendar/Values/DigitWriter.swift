extension [UInt8] {
  /// Appends a date as in RFC 5545 §3.3.4 or, with "-" for a separator, as in ISO 8601.
  mutating func append(_ date: CalendarDate, separator: UInt8? = nil) {
    let year = date.year
    appendTwoDigits(year / 100)
    appendTwoDigits(year % 100)
    if let separator { append(separator) }
    appendTwoDigits(date.month)
    if let separator { append(separator) }
    appendTwoDigits(date.day)
  }

  /// Appends "T" and the time of day as in RFC 5545 §3.3.5 or, with ":" for a separator, as in ISO 8601.
  mutating func append(timeOf local: LocalDateTime, separator: UInt8? = nil) {
    append(UInt8(ascii: "T"))
    appendTwoDigits(local.hour)
    if let separator { append(separator) }
    appendTwoDigits(local.minute)
    if let separator { append(separator) }
    appendTwoDigits(local.second)
  }

  private mutating func appendTwoDigits(_ number: Int) {
    append(UInt8(truncatingIfNeeded: 0x30 + number / 10))
    append(UInt8(truncatingIfNeeded: 0x30 + number % 10))
  }
}
