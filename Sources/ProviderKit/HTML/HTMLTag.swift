/// A start or end tag (HTML §13.1.2).
struct HTMLTag {
  /// In lower case.
  let name: String
  let isEnd: Bool
  /// The octets behind the name.
  private let rest: ArraySlice<UInt8>
  /// The place behind the tag.
  let end: Int

  /// Reads the tag that begins at a `<`; nil when none does.
  ///
  /// It ends at the first `>`, and there is no other `<` before that.
  init?(_ html: [UInt8], at start: Int) {
    var place = start + 1
    isEnd = place < html.count && html[place] == UInt8(ascii: "/")
    if isEnd { place += 1 }
    guard place < html.count, html[place].isLetter else { return nil }
    let tail = html[place...]
    guard let close = tail.firstIndex(where: { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") }),
      html[close] == UInt8(ascii: ">")
    else { return nil }
    let inner = html[place..<close]
    let nameEnd = inner.firstIndex { $0.isMarkupSpace || $0 == UInt8(ascii: "/") } ?? close
    name = String(decoding: html[place..<nameEnd], as: UTF8.self).lowercased()
    rest = html[nameEnd..<close]
    end = close + 1
  }

  private static let editors: Set = [
    "a", "b", "big", "blockquote", "br", "center", "code", "del", "div", "em", "font", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "html-blob", "i", "img", "ins", "li", "ol", "p", "pre", "s", "script", "small", "span",
    "strike", "strong", "style", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u",
    "ul", "wbr",
  ]

  /// Whether an editor may have written it: one of their names, and attributes that all have values.
  var isOfAnEditor: Bool {
    Self.editors.contains(name) && attributes.allSatisfy { $0.value != nil }
  }

  /// The attributes with their values; nil for one without a value, or whose value does not end.
  private var attributes: [(name: String, value: ArraySlice<UInt8>?)] {
    var found: [(String, ArraySlice<UInt8>?)] = []
    var rest = rest.drop { $0.isMarkupSpace || $0 == UInt8(ascii: "/") }
    while !rest.isEmpty {
      let name = rest.prefix { !$0.isMarkupSpace && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "/") }
      rest = rest[name.endIndex...].drop(while: \.isMarkupSpace)
      var value: ArraySlice<UInt8>?
      if rest.first == UInt8(ascii: "=") {
        rest = rest.dropFirst().drop(while: \.isMarkupSpace)
        if let mark = rest.first, mark == UInt8(ascii: "\"") || mark == UInt8(ascii: "'") {
          rest = rest.dropFirst()
          let quoted = rest.prefix { $0 != mark }
          rest = rest[quoted.endIndex...]
          if rest.popFirst() != nil { value = quoted }
        } else {
          value = rest.prefix { !$0.isMarkupSpace }
          rest = rest.drop { !$0.isMarkupSpace }
        }
      }
      found.append((String(decoding: name, as: UTF8.self).lowercased(), value))
      rest = rest.drop { $0.isMarkupSpace || $0 == UInt8(ascii: "/") }
    }
    return found
  }

  private static let blocks: Set = [
    "address", "blockquote", "center", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "table", "tr", "ul",
  ]

  /// Whether a line ends before and behind it.
  var isBlock: Bool { Self.blocks.contains(name) }

  /// Whether nothing is shown of what it contains.
  var isSilent: Bool { !isEnd && ["head", "script", "style", "title"].contains(name) }

  /// Where a link leads, as people write it; nil for one that leads nowhere outside the text.
  var address: String? {
    guard let value = attributes.first(where: { $0.name == "href" })?.value else { return nil }
    let address = HTMLText.plain(String(decoding: value, as: UTF8.self), .editable)
    let scheme = address.prefix { $0 != ":" }.lowercased()
    return switch scheme {
    case "http", "https": address
    case "mailto", "tel": String(address.dropFirst(scheme.count + 1))
    default: nil
    }
  }
}

extension UInt8 {
  var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }

  var inLowerCase: UInt8 { isLetter ? self | 0x20 : self }

  /// White space of HTML: tab, line feed, form feed, carriage return, space.
  var isMarkupSpace: Bool { [0x09, 0x0A, 0x0C, 0x0D, 0x20].contains(self) }
}
