import Foundation

/// The texts that make up an email, as RFC 5322 and RFC 2047 require them.
enum MailText {
  /// Header text; encoded words (RFC 2047) of at most 75 characters when it is not plain ASCII.
  static func encoded(_ text: String) -> String {
    if text.utf8.count <= 200, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      return text
    }
    var words: [String] = []
    var chunk = ""
    // A long character may be split between its scalars; RFC 2047 forbids only splitting the octets of a scalar.
    for scalar in text.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F {
      if (chunk + String(scalar)).utf8.count > 42 {
        words.append(chunk)
        chunk = ""
      }
      chunk.unicodeScalars.append(scalar)
    }
    words.append(chunk)
    return words.map { "=?UTF-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
  }

  /// A display name; quoted when plain, since a comma in it would end the address (RFC 5322 §3.2.4).
  static func phrase(_ text: String) -> String {
    let word = encoded(text)
    return word == text ? "\"\(text.filter { $0 != "\"" && $0 != "\\" })\"" : word
  }

  static func base64(_ text: String) -> String {
    Data(text.utf8).base64EncodedString(options: [.lineLength76Characters])
  }

  static func date(_ date: Date) -> String {
    let format = Date.VerbatimFormatStyle(
      format: """
        \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \
        \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
        \(second: .twoDigits) +0000
        """,
      locale: Locale(identifier: "en_US_POSIX"),
      timeZone: .gmt,
      calendar: Calendar(identifier: .gregorian)
    )
    return date.formatted(format)
  }
}
