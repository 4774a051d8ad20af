/// A DURATION (RFC 5545 §3.3.6): days are nominal, hours exact.
struct EventDuration: Hashable {
  var days = 0
  var seconds = 0

  /// Reads "P1W", "P1DT2H30M" and the like; nil for a negative or malformed one.
  init?(_ text: String) {
    var digits = DigitReader(text.uppercased())
    _ = digits.skip("+")
    guard digits.skip("P"), !digits.isAtEnd else { return nil }
    var isTime = false
    while !digits.isAtEnd {
      if digits.skip("T") {
        guard !isTime, !digits.isAtEnd else { return nil }
        isTime = true
      }
      guard let number = digits.number(upTo: 9) else { return nil }
      switch (digits.next, isTime) {
      case ("W", false): days += number * 7
      case ("D", false): days += number
      case ("H", true): seconds += number * 3600
      case ("M", true): seconds += number * 60
      case ("S", true): seconds += number
      default: return nil
      }
      digits.step()
    }
  }
}
