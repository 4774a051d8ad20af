/// A BYDAY value: every Monday, the first Monday or the last Monday (RFC 5545 §3.3.10, "weekdaynum").
public struct NumberedWeekday: Sendable, Hashable {
  /// The day of the week.
  public let weekday: Weekday
  /// Which one of the month or year, negative from its end; nil for all.
  public let ordinal: Int?

  /// Makes a day of the week, with or without a number.
  public init(_ weekday: Weekday, ordinal: Int? = nil) {
    self.weekday = weekday
    self.ordinal = ordinal
  }

  /// Every one of that day of the week.
  public static func every(_ weekday: Weekday) -> NumberedWeekday { NumberedWeekday(weekday) }
}

extension NumberedWeekday: Comparable {
  /// Orders by number, then from Monday to Sunday as people write them.
  public static func < (left: NumberedWeekday, right: NumberedWeekday) -> Bool {
    (left.ordinal ?? 0, (left.weekday.number + 6) % 7) < (right.ordinal ?? 0, (right.weekday.number + 6) % 7)
  }
}

extension NumberedWeekday: LosslessStringConvertible {
  /// The form of RFC 5545 §3.3.10, "MO", "1MO" or "-1MO".
  public var description: String { "\(ordinal.map(String.init) ?? "")\(weekday.rawValue)" }

  /// Reads "MO", "1MO", "+1MO" or "-1MO" in any letter case; nil for any other form.
  public init?(_ text: String) {
    guard let weekday = Weekday(rawValue: text.suffix(2).uppercased()) else { return nil }
    let number = text.dropLast(2)
    if number.isEmpty {
      self.init(weekday)
    } else {
      guard number.utf8.count <= 4, let ordinal = Int(number) else { return nil }
      self.init(weekday, ordinal: ordinal)
    }
  }
}
