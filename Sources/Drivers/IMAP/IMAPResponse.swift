import Foundation

/// One response of a server: its line with the literals in it, without what ends it.
struct IMAPResponse {
  let octets: [UInt8]

  /// Returns the text after `start`, if the response begins with it.
  func line(after start: String) -> [UInt8]? {
    octets.starts(with: start.utf8) ? Array(octets.dropFirst(start.utf8.count)) : nil
  }

  /// The number that follows a word in brackets, as in `OK [UIDVALIDITY 7]` (RFC 3501 §7.1).
  func code(_ word: String) -> UInt32? {
    let text = String(decoding: octets.prefix(200), as: UTF8.self).uppercased()
    guard text.hasPrefix("OK "), let found = text.range(of: "[\(word) ") else { return nil }
    return UInt32(text[found.upperBound...].prefix { $0.isWholeNumber })
  }

  /// The response in its parts; nil when it is not of this language, or too deep.
  func parts() -> [IMAPValue]? {
    var parser = IMAPParser(octets[...])
    return parser.values()
  }

  /// The `{7}` at the end of a line, which says that so many octets follow it.
  static func literal(announcedBy line: ArraySlice<UInt8>) -> Int? {
    var rest = line
    while let last = rest.last, last == 0x0A || last == 0x0D { rest = rest.dropLast() }
    guard rest.last == UInt8(ascii: "}"), let open = rest.lastIndex(of: UInt8(ascii: "{")) else { return nil }
    let digits = rest[(open + 1)...].dropLast()
    guard !digits.isEmpty, digits.count <= 9, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}

/// A token of a response (RFC 3501 §4).
enum IMAPValue: Hashable {
  /// A word or a number, as it was written.
  case atom(String)
  case string([UInt8])
  case list([IMAPValue])
  case none

  /// A word in capitals, or a string as text.
  var word: String? {
    switch self {
    case .atom(let word): word.uppercased()
    case .string(let octets): String(decoding: octets, as: UTF8.self).uppercased()
    case .list, .none: nil
    }
  }

  var number: Int? { if case .atom(let word) = self { Int(word) } else { nil } }
  var octets: [UInt8]? { if case .string(let octets) = self { octets } else { nil } }
  var values: [IMAPValue]? { if case .list(let values) = self { values } else { nil } }
}

/// Reads values: words, strings in quotes, literals and lists.
private struct IMAPParser {
  private var rest: ArraySlice<UInt8>
  private static let deepest = 64

  init(_ octets: ArraySlice<UInt8>) { rest = octets }

  mutating func values() -> [IMAPValue]? {
    let found = list(depth: 0)
    return rest.isEmpty ? found : nil
  }

  /// Until the end, or a closing parenthesis, which is left where it is.
  private mutating func list(depth: Int) -> [IMAPValue]? {
    guard depth < Self.deepest else { return nil }
    var values: [IMAPValue] = []
    while let next = rest.first, next != UInt8(ascii: ")") {
      switch next {
      case UInt8(ascii: " "): rest = rest.dropFirst()
      case UInt8(ascii: "("):
        rest = rest.dropFirst()
        guard let inner = list(depth: depth + 1), rest.first == UInt8(ascii: ")") else { return nil }
        rest = rest.dropFirst()
        values.append(.list(inner))
      case UInt8(ascii: "\""):
        guard let text = quoted() else { return nil }
        values.append(.string(text))
      case UInt8(ascii: "{"):
        guard let text = literal() else { return nil }
        values.append(.string(text))
      default: values.append(atom())
      }
    }
    return values
  }

  private mutating func quoted() -> [UInt8]? {
    var text: [UInt8] = []
    rest = rest.dropFirst()
    while let next = rest.popFirst() {
      switch next {
      case UInt8(ascii: "\""): return text
      case UInt8(ascii: "\\"):
        guard let escaped = rest.popFirst() else { return nil }
        text.append(escaped)
      default: text.append(next)
      }
    }
    return nil
  }

  private mutating func literal() -> [UInt8]? {
    guard let end = rest.firstIndex(of: 0x0A), let count = IMAPResponse.literal(announcedBy: rest[...end]),
      count <= rest.endIndex - end - 1
    else { return nil }
    let text = rest[(end + 1)..<(end + 1 + count)]
    rest = rest[text.endIndex...]
    return Array(text)
  }

  /// A section in brackets is part of the word: `BODY[1.2]`.
  private mutating func atom() -> IMAPValue {
    var isInBrackets = false
    let word = rest.prefix { octet in
      if octet == UInt8(ascii: "[") { isInBrackets = true }
      if octet == UInt8(ascii: "]") { isInBrackets = false }
      return isInBrackets || !" ()\"".utf8.contains(octet)
    }
    rest = rest[word.endIndex...]
    let text = String(decoding: word, as: UTF8.self)
    return text.uppercased() == "NIL" ? .none : .atom(text)
  }
}
