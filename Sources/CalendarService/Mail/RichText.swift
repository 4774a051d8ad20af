/// The text of a mail: what is kept of the HTML that a member wrote or pasted, and the same as plain text.
///
/// Nothing of the source is passed on. It is read as tags and text, and written again from the few elements that a mail
/// needs, so that what is not understood is not there: no script, style, image, form or address other than of the web
/// or of mail.
struct RichText: Sendable, Hashable {
  /// Well-formed, without `html` and `body`.
  let html: String
  /// Lists with their marks, links with their addresses, blocks on lines of their own.
  let text: String
  /// Whether there was an element worth keeping: otherwise the source is plain text.
  let hasElements: Bool

  init(html source: String) {
    var writer = RichTextWriter()
    var reader = MarkupReader(source)
    while let token = reader.next() { writer.take(token) }
    (html, text) = writer.finish()
    hasElements = writer.hasElements
  }
}

/// A token of markup.
enum MarkupToken: Sendable, Hashable {
  case text(String)
  /// Names in lower case.
  case start(String, attributes: [String: String])
  case end(String)
}

/// Reads HTML as far as tags and text go; never fails.
struct MarkupReader {
  private let source: [UInt8]
  private var position = 0
  /// Elements whose content is no text for people.
  private static let skipped: Set = [
    "script", "style", "title", "textarea", "iframe", "noscript", "xmp", "svg", "math", "template", "object",
    "head", "select", "noembed", "noframes", "audio", "video", "canvas",
  ]

  init(_ source: String) { self.source = Array(source.utf8) }

  mutating func next() -> MarkupToken? {
    while position < source.count {
      guard source[position] == UInt8(ascii: "<"), isTag(at: position + 1) else { return text() }
      if source[position + 1] == UInt8(ascii: "!") || source[position + 1] == UInt8(ascii: "?") {
        skipDeclaration()
        continue
      }
      let isEnd = source[position + 1] == UInt8(ascii: "/")
      position += isEnd ? 2 : 1
      let name = word { !Self.endsName($0) }.lowercased()
      let attributes = attributes()
      if isEnd { return .end(name) }
      if Self.skipped.contains(name) {
        skip(to: name)
        continue
      }
      return .start(name, attributes: attributes)
    }
    return nil
  }

  private func isTag(at index: Int) -> Bool {
    guard index < source.count else { return false }
    let byte = source[index]
    if byte == UInt8(ascii: "/") { return index + 1 < source.count && Self.isLetter(source[index + 1]) }
    return Self.isLetter(byte) || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
  }

  private mutating func text() -> MarkupToken {
    let start = position
    position += 1
    while position < source.count, !(source[position] == UInt8(ascii: "<") && isTag(at: position + 1)) {
      position += 1
    }
    return .text(Entities.decoded(source[start..<position]))
  }

  private mutating func skipDeclaration() {
    if source[position...].starts(with: "<!--".utf8) {
      position += 4
      while position < source.count, !source[position...].starts(with: "-->".utf8) { position += 1 }
      position = min(position + 3, source.count)
    } else {
      while position < source.count, source[position] != UInt8(ascii: ">") { position += 1 }
      position = min(position + 1, source.count)
    }
  }

  /// To behind the end tag of the element, or the end of all.
  private mutating func skip(to name: String) {
    let name = Array(name.utf8)
    while position < source.count {
      if source[position] == UInt8(ascii: "<"), position + 1 < source.count,
        source[position + 1] == UInt8(ascii: "/"),
        source[(position + 2)...].prefix(name.count).map({ $0 | 0x20 }) == name
      {
        while position < source.count, source[position] != UInt8(ascii: ">") { position += 1 }
        position = min(position + 1, source.count)
        return
      }
      position += 1
    }
  }

  private mutating func word(while isPart: (UInt8) -> Bool) -> String {
    let start = position
    while position < source.count, isPart(source[position]) { position += 1 }
    return String(decoding: source[start..<position], as: UTF8.self)
  }

  /// To behind the tag's `>`.
  private mutating func attributes() -> [String: String] {
    var found: [String: String] = [:]
    while position < source.count {
      let byte = source[position]
      if byte == UInt8(ascii: ">") {
        position += 1
        break
      }
      guard !Self.isSpace(byte), byte != UInt8(ascii: "/") else {
        position += 1
        continue
      }
      let name = word { !Self.endsName($0) && $0 != UInt8(ascii: "=") }.lowercased()
      skipSpace()
      var value = ""
      if position < source.count, source[position] == UInt8(ascii: "=") {
        position += 1
        skipSpace()
        value = attributeValue()
      } else if name.isEmpty {
        position += 1
      }
      if found.count < 50, found[name] == nil { found[name] = value }
    }
    return found
  }

  private mutating func attributeValue() -> String {
    guard position < source.count else { return "" }
    let quote = source[position]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      let raw = word { !Self.isSpace($0) && $0 != UInt8(ascii: ">") }
      return Entities.decoded(Array(raw.utf8)[...])
    }
    position += 1
    let raw = word { $0 != quote }
    position = min(position + 1, source.count)
    return Entities.decoded(Array(raw.utf8)[...])
  }

  private mutating func skipSpace() {
    while position < source.count, Self.isSpace(source[position]) { position += 1 }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains(byte) }

  private static func endsName(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
  }
}

/// Character references (HTML §13.5), those that editors write.
enum Entities {
  private static let named: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "ndash": "–", "mdash": "—",
    "hellip": "…", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "bull": "•", "middot": "·",
    "copy": "©", "reg": "®", "trade": "™", "euro": "€", "pound": "£", "sect": "§", "deg": "°", "times": "×",
    "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é",
    "egrave": "è", "agrave": "à", "ccedil": "ç",
  ]

  static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.first {
      if byte == UInt8(ascii: "&"), let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")),
        let character = character(String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self))
      {
        result += character.utf8
        rest = rest[(end + 1)...]
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func character(_ name: String) -> String? {
    guard name.first == "#" else { return named[name] }
    let digits = name.dropFirst()
    let code =
      digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return code.flatMap(Unicode.Scalar.init).map(String.init)
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
