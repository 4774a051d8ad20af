import CalendarCore
import Foundation

/// A header field of a message (RFC 5322 §2.2), folded, ended by CRLF.
struct HeaderField: Sendable {
  let octets: [UInt8]

  /// RFC 5322 §2.1.1.
  private static let lineLength = 78
  /// RFC 2047 §2: an encoded word has at most 75 characters, and its line 76; the name of the field takes some.
  private static let encodedWordOctets = 39

  /// A field of words, such as Subject (RFC 5322 §2.2.1).
  init(_ name: String, text: String) { self.init(name, tokens: Self.words(text)) }

  /// A field whose value holds only ASCII and is to be broken nowhere else than between `tokens`.
  init(_ name: String, tokens: [String]) {
    var (text, line) = ("\(name):", name.utf8.count + 1)
    for (index, token) in tokens.enumerated() {
      if index > 0, line + 1 + token.utf8.count > Self.lineLength {
        text += "\r\n"
        line = 0
      }
      text += " " + token
      line += 1 + token.utf8.count
    }
    octets = Array(text.utf8) + [0x0D, 0x0A]
  }

  /// A field of addresses (RFC 5322 §3.4).
  init(_ name: String, mailboxes: [Mailbox]) {
    let last = mailboxes.count - 1
    let tokens = mailboxes.enumerated().flatMap { index, mailbox -> [String] in
      let end = index == last ? "" : ","
      // A part before the "@" that is not in ASCII stands as it is (RFC 6532 §3.2): there is no other way to write it.
      let address = mailbox.address.withALabels
      guard let name = mailbox.displayName, !name.isEmpty else { return [address + end] }
      return Self.phrase(name) + ["<\(address)>\(end)"]
    }
    self.init(name, tokens: tokens)
  }

  /// The words of a text: as they are where they are plain, else encoded (RFC 2047).
  static func words(_ text: String) -> [String] {
    let text = String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 }))
    let isPlain = text.utf8.allSatisfy { $0 < 0x7F } && !text.contains("=?")
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    // A blank at an end, or a word longer than a line may be, would not survive folding.
    guard isPlain, words.allSatisfy({ (1...900).contains($0.utf8.count) }) || text.isEmpty else {
      return encodedWords(text)
    }
    return words
  }

  /// A display name: a word, a quoted string (RFC 5322 §3.2.4), or encoded words.
  static func phrase(_ name: String) -> [String] {
    let words = words(name)
    guard words.joined(separator: " ") == name, !words.contains(where: { $0.hasPrefix("=?") }) else {
      return encodedWords(name)
    }
    let isAtoms = name.utf8.allSatisfy { byte in
      byte == 0x20 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || (0x30...0x39).contains(byte)
        || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
    return isAtoms
      ? words : ["\"\(name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""]
  }

  private static func encodedWords(_ text: String) -> [String] {
    var words: [String] = []
    var chunk = ""
    for character in text {
      // A character that is longer than a word by itself, as some emoji are, is parted between scalars.
      let parts =
        character.utf8.count > encodedWordOctets
        ? character.unicodeScalars.map(String.init) : [String(character)]
      for part in parts {
        if chunk.utf8.count + part.utf8.count > encodedWordOctets {
          words.append(chunk)
          chunk = ""
        }
        chunk += part
      }
    }
    words.append(chunk)
    return words.map { "=?UTF-8?B?\(Data($0.utf8).base64EncodedString())?=" }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || scalar.value == 0x7F || ["\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
  }
}

extension HeaderField {
  /// RFC 5322 §3.3, in UTC.
  init(_ name: String, date: Date) {
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
    self.init(name, tokens: [date.formatted(format)])
  }

  /// A field of Message-IDs (RFC 5322 §3.6.4).
  init(_ name: String, messageIDs: [String]) { self.init(name, tokens: messageIDs.map { "<\($0)>" }) }

  /// Content-Disposition with a file's name (RFC 2183, RFC 2231 §4).
  ///
  /// Beyond ASCII in the extended form alone: many readers that know both take the plain one where it is there.
  init(attachmentNamed name: String) {
    let parameters = Self.quoted(name).map { ["filename=\($0)"] } ?? Self.extended("filename", name)
    self.init("Content-Disposition", tokens: ["attachment;"] + parameters)
  }

  /// The `name` of a Content-Type, which old readers look at: beyond ASCII as encoded words, which is not allowed there
  /// (RFC 2047 §5) and what they understand.
  static func nameParameter(_ name: String) -> [String] {
    if let plain = quoted(name) { return ["name=\(plain)"] }
    var words = encodedWords(name)
    words[0] = "name=\"" + words[0]
    words[words.count - 1] += "\""
    return words
  }

  /// A text in quotes; nil where it needs more than ASCII.
  private static func quoted(_ text: String) -> String? {
    guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }) else { return nil }
    return "\"\(text)\""
  }

  /// A parameter in UTF-8, in numbered pieces where it is long (RFC 2231 §3).
  private static func extended(_ name: String, _ value: String) -> [String] {
    var pieces = [""]
    for octet in percentEncoded(value) {
      if pieces[pieces.count - 1].utf8.count + octet.utf8.count > 50 { pieces.append("") }
      pieces[pieces.count - 1] += octet
    }
    guard pieces.count > 1 else { return ["\(name)*=UTF-8''\(pieces[0])"] }
    return pieces.enumerated().map { number, piece in
      let end = number == pieces.count - 1 ? "" : ";"
      return "\(name)*\(number)*=\(number == 0 ? "UTF-8''" : "")\(piece)\(end)"
    }
  }

  private static func percentEncoded(_ text: String) -> [String] {
    text.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-._".utf8.contains(byte)
      return isPlain
        ? String(UnicodeScalar(byte))
        : "%" + String(byte >> 4, radix: 16, uppercase: true) + String(byte & 15, radix: 16, uppercase: true)
    }
  }
}
