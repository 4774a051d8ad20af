extension LocalDateTime: LosslessStringConvertible {
  /// The wall-clock time as in ISO 8601, "2026-01-28T10:00:00".
  public var description: String {
    var octets: [UInt8] = []
    octets.reserveCapacity(19)
    octets.append(date, separator: UInt8(ascii: "-"))
    octets.append(timeOf: self, separator: UInt8(ascii: ":"))
    return String(decoding: octets, as: UTF8.self)
  }

  /// Reads "2026-01-28T10:00:00"; nil for any other form.
  public init?(_ iso: String) {
    var digits = DigitReader(iso)
    guard let value = digits.localDateTime(), digits.isAtEnd else { return nil }
    self = value
  }

  /// The form of RFC 5545 §3.3.5, "20260128T100000".
  var basic: String {
    var octets: [UInt8] = []
    octets.reserveCapacity(15)
    octets.append(date)
    octets.append(timeOf: self)
    return String(decoding: octets, as: UTF8.self)
  }
}

extension LocalDateTime: Codable {
  /// Reads the time from its ISO 8601 text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let value = LocalDateTime(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "not a time like 2026-01-28T10:00:00"
      )
    }
    self = value
  }

  /// Writes the time as its ISO 8601 text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension DigitReader {
  /// A time as in ISO 8601, "2026-01-28T10:00:00".
  mutating func localDateTime() -> LocalDateTime? {
    guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2),
      let date = CalendarDate(year: year, month: month, day: day), skip("T"),
      let hour = number(2), skip(":"), let minute = number(2), skip(":"), let second = number(2)
    else { return nil }
    return LocalDateTime(date: date, hour: hour, minute: minute, second: second)
  }
}
