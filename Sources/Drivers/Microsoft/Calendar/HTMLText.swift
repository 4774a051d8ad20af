import Foundation

/// Plain text and the little HTML that it is in a mail program's eyes.
enum HTMLText {
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  private static let breaking: Set = [
    "br", "/p", "/div", "/li", "/tr", "/h1", "/h2", "/h3", "/h4", "/h5", "/h6",
  ]
  private static let silent: Set = ["style", "script", "head", "title"]
  private static let entities: [Substring: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ",
  ]

  /// The text of HTML: line breaks where blocks end, no other mark-up.
  ///
  /// In one pass, whatever is in it.
  static func plain(_ html: String) -> String {
    var text = ""
    var rest = html[...]
    while let next = rest.firstIndex(where: { $0 == "<" || $0 == "&" || $0.isNewline || $0 == "\t" }) {
      text += rest[..<next]
      rest = rest[next...]
      if rest.first == "<" {
        rest = tag(rest, into: &text)
      } else if rest.first == "&" {
        rest = entity(rest, into: &text)
      } else {
        // White space of the mark-up, which no reader sees.
        rest = rest.drop { $0.isWhitespace }
        if let last = text.last, !last.isWhitespace, !rest.isEmpty { text += " " }
      }
    }
    text += rest
    let lines = text.drop { $0.isNewline }
    return String(lines.reversed().drop { $0.isNewline }.reversed())
  }

  /// Goes past a tag, or what only looks like one.
  private static func tag(_ html: Substring, into text: inout String) -> Substring {
    if html.hasPrefix("<!--") {
      guard let end = html.range(of: "-->") else { return "" }
      return html[end.upperBound...]
    }
    guard let close = html.firstIndex(of: ">") else {
      text += html
      return ""
    }
    let name = html[html.index(after: html.startIndex)..<close].prefix { !$0.isWhitespace && $0 != ">" }
      .lowercased()
    let bare = name.hasSuffix("/") && name.count > 1 ? String(name.dropLast()) : name
    var rest = html[html.index(after: close)...]
    if breaking.contains(bare) { text += "\n" }
    if bare == "li" { text += "- " }
    if silent.contains(bare) {
      guard let end = rest.range(of: "</\(bare)", options: .caseInsensitive),
        let close = rest[end.upperBound...].firstIndex(of: ">")
      else { return "" }
      rest = rest[rest.index(after: close)...]
    }
    return rest
  }

  private static func entity(_ html: Substring, into text: inout String) -> Substring {
    let body = html.dropFirst().prefix(12)
    guard let end = body.firstIndex(of: ";") else {
      text += "&"
      return html.dropFirst()
    }
    let name = body[..<end]
    let rest = html[html.index(after: end)...]
    if let character = entities[name] {
      text += character
    } else if name.hasPrefix("#"), let scalar = scalar(name.dropFirst()) {
      text.unicodeScalars.append(scalar)
    } else {
      text += "&\(name);"
    }
    return rest
  }

  private static func scalar(_ digits: Substring) -> Unicode.Scalar? {
    let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
    let number = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return number.flatMap { $0 >= 0x20 || $0 == 0x0A ? Unicode.Scalar($0) : nil }
  }
}
