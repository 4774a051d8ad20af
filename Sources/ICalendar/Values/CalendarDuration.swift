/// A DURATION (RFC 5545 §3.3.6): days are nominal, hours exact.
///
/// A day is as long as the clocks make it; both parts have the same sign.
public struct CalendarDuration: Sendable, Hashable {
  /// Whole days, 7 a week; negative when it goes back.
  public var days: Int
  /// Exact seconds; negative when it goes back.
  public var seconds: Int

  /// Makes a duration.
  public init(days: Int = 0, seconds: Int = 0) {
    self.days = days
    self.seconds = seconds
  }

  /// Whether it goes back in time.
  public var isNegative: Bool { days < 0 || seconds < 0 }
}

extension CalendarDuration: LosslessStringConvertible {
  /// Reads "P1W", "-PT15M", "P1DT2H30M" and the like; nil for what is no duration.
  ///
  /// Takes the forms of other writers, too: units on the wrong side of the T ("PT1D", "P90M"), a T before nothing, blanks,
  /// and the sign behind the P.
  public init?(_ text: String) {
    self.init()
    guard text.utf8.count <= 64 else { return nil }
    let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x60 }
    var digits = DigitReader(isPlain ? text : text.uppercased().filter { $0 != " " && $0 != "\t" })
    var isNegative = digits.skip("-")
    var hasSign = isNegative || digits.skip("+")
    guard digits.skip("P"), !digits.isAtEnd else { return nil }
    var (hasTime, hasValue) = (false, false)
    while !digits.isAtEnd {
      if digits.skip("T") {
        guard !hasTime else { return nil }
        hasTime = true
        continue
      }
      if !hasSign, !hasValue, digits.next == "-" || digits.next == "+" {
        isNegative = digits.next == "-"
        hasSign = true
        digits.step()
      }
      guard let number = digits.number(upTo: 9) else { return nil }
      switch digits.next {
      case "W": days += number * 7
      case "D": days += number
      case "H": seconds += number * 3600
      case "M": seconds += number * 60
      case "S": seconds += number
      default: return nil
      }
      hasValue = true
      digits.step()
    }
    guard hasValue else { return nil }
    if isNegative { (days, seconds) = (-days, -seconds) }
  }

  /// Whether a text that can be read has the form of RFC 5545 §3.3.6.
  ///
  /// There weeks stand alone, and no unit is left out between two others.
  static func isWellFormed(_ text: String) -> Bool {
    let unsigned = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
    return unsigned.utf8.allSatisfy { $0 != 0x20 && $0 != 0x09 && $0 != 0x2B && $0 != 0x2D }
      && forms.contains(unsigned.uppercased().filter { !$0.isNumber })
  }

  private static let forms: Set<String> = {
    let times = ["TH", "THM", "THMS", "TM", "TMS", "TS"]
    return Set(["PW", "PD"] + times.flatMap { ["P\($0)", "PD\($0)"] })
  }()

  /// The form of RFC 5545 §3.3.6, such as "-PT15M".
  public var description: String {
    // Parts of unlike sign have no form; days are then as long as most are.
    let isMixed = days < 0 && seconds > 0 || days > 0 && seconds < 0
    let seconds = isMixed ? days * 86_400 + seconds : seconds
    let days = isMixed ? 0 : days
    let sign = days < 0 || seconds < 0 ? "-" : ""
    let (day, time) = (days.magnitude, seconds.magnitude)
    guard day > 0 || time > 0 else { return "PT0S" }
    if time == 0 { return day % 7 == 0 ? "\(sign)P\(day / 7)W" : "\(sign)P\(day)D" }
    let (hours, minutes, rest) = (time / 3600, time / 60 % 60, time % 60)
    var text = day > 0 ? "\(sign)P\(day)DT" : "\(sign)PT"
    if hours > 0 { text += "\(hours)H" }
    // "PT1H5S" is no duration: minutes stand between hours and seconds.
    if minutes > 0 || hours > 0 && rest > 0 { text += "\(minutes)M" }
    if rest > 0 { text += "\(rest)S" }
    return text
  }
}
