extension CalendarDate: LosslessStringConvertible {
  /// The date as in ISO 8601, "2026-01-28".
  public var description: String {
    var octets: [UInt8] = []
    octets.append(self, separator: UInt8(ascii: "-"))
    return String(decoding: octets, as: UTF8.self)
  }

  /// Reads "2026-01-28"; nil for any other form and for days that do not exist.
  public init?(_ iso: String) {
    var digits = DigitReader(iso)
    guard let year = digits.number(4), digits.skip("-"), let month = digits.number(2), digits.skip("-"),
      let day = digits.number(2), digits.isAtEnd
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The form of RFC 5545 §3.3.4, "20260128".
  var basic: String {
    var octets: [UInt8] = []
    octets.append(self)
    return String(decoding: octets, as: UTF8.self)
  }

  /// Reads the form of RFC 5545 §3.3.4.
  init?(basic: String) {
    var digits = DigitReader(basic)
    guard let date = digits.basicDate(), digits.isAtEnd else { return nil }
    self = date
  }
}

extension CalendarDate: Codable {
  /// Reads the date from its ISO 8601 text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let date = CalendarDate(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date like 2026-01-28")
    }
    self = date
  }

  /// Writes the date as its ISO 8601 text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
