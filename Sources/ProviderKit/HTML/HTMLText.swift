/// Plain text, and the HTML as which calendars keep it.
package enum HTMLText {
  /// A kind of text with HTML in it.
  package enum Form: Sendable {
    /// All of it is HTML: every tag is markup, and line breaks are spaces.
    case document
    /// Plain text, or what a calendar's editor made of it: line breaks are line breaks, and markup is what editors write.
    ///
    /// Everything else is what a person typed, such as an email address in angle brackets.
    case editable
  }

  /// Returns HTML that shows the text as it is; quotation marks matter in attributes only.
  package static func escaped(_ text: String, quotes: Bool = true) -> String {
    // By octets: as a character, `<` may have a combining mark in it.
    var html: [UInt8] = []
    for octet in text.utf8 {
      switch octet {
      case UInt8(ascii: "&"): html += "&amp;".utf8
      case UInt8(ascii: "<"): html += "&lt;".utf8
      case UInt8(ascii: ">"): html += "&gt;".utf8
      case UInt8(ascii: "\"") where quotes: html += "&quot;".utf8
      default: html.append(octet)
      }
    }
    return String(decoding: html, as: UTF8.self)
  }

  /// Returns what people read in HTML: lines where blocks end, lists with their marks, links with their addresses.
  ///
  /// In one pass, whatever is in it. Of the form `.editable`, text that was `escaped` comes back as it was.
  package static func plain(_ html: String, _ form: Form = .document) -> String {
    var reader = HTMLReader(html, form)
    return reader.read()
  }
}
