import CalendarCore
import CalendarService
import Foundation
import GraphQLEngine
import ICalendar

/// The schema's own scalars.
enum Scalars {
  static let codecs: [String: ScalarCodec] = [
    "DateTime": ScalarCodec { value in
      guard let text = value.stringValue, RequestedInstant(rfc3339: text) != nil else {
        throw ScalarCoercionError(Messages.timeFormat)
      }
      return value
    },
    // Whether a zone is known is a matter of the field it is for, which says so in its own words.
    "TimeZone": ScalarCodec { value in
      guard let text = value.stringValue, text.utf8.count <= 64 else {
        throw ScalarCoercionError(Messages.timeZoneFormat)
      }
      return value
    },
  ]
}

extension RequestedInstant {
  /// Reads `YYYY-MM-DDTHH:MM:SS[.fraction](Z|±HH:MM)`; nil for anything else.
  ///
  /// RFC 3339 §5.6, no leap seconds.
  init?(rfc3339 text: String) {
    guard text.utf8.count <= 40, text.utf8.count >= 20 else { return nil }
    let wall = text.prefix(19).replacing("t", with: "T")
    guard let local = LocalDateTime(String(wall)) else { return nil }
    var rest = text.dropFirst(19)
    var fraction = 0.0
    if rest.first == "." {
      let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty, let value = Double("0.\(digits)") else { return nil }
      fraction = value
      rest = rest.dropFirst(1 + digits.count)
    }
    guard let offset = Self.offset(rest) else { return nil }
    let asUTC = ZonedDateTime(local: local, zone: .utc).instant
    self.init(instant: asUTC.addingTimeInterval(fraction - Double(offset)), writtenDate: local.date)
  }

  /// Seconds east of UTC.
  private static func offset(_ text: Substring) -> Int? {
    if text == "Z" || text == "z" { return 0 }
    let bytes = Array(text.utf8)
    guard bytes.count == 6, bytes[3] == UInt8(ascii: ":") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      bytes[range].allSatisfy({ (48...57).contains($0) })
        ? Int(String(decoding: bytes[range], as: UTF8.self)) : nil
    }
    guard let hours = number(1..<3), let minutes = number(4..<6), hours < 24, minutes < 60 else { return nil }
    switch bytes[0] {
    case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
    case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
    default: return nil
    }
  }
}

extension Date {
  /// RFC 3339 in UTC, to the millisecond where there is a fraction.
  var rfc3339: String {
    let whole = ZonedDateTime(instant: self, zone: .utc).local.description
    let milliseconds = Int((timeIntervalSince1970 * 1000).rounded()) % 1000
    guard milliseconds != 0 else { return "\(whole)Z" }
    let digits = String(1000 + (milliseconds + 1000) % 1000).dropFirst()
    return "\(whole).\(digits)Z"
  }
}
