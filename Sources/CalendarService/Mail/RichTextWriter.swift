/// Writes the elements of a mail's text, in HTML and as plain text at once.
struct RichTextWriter {
  private(set) var hasElements = false
  private var html = ""
  private var plain = PlainText()
  private var open: [Element] = []

  private static let deepest = 50

  private struct Element {
    let name: String
    var address: String?
    /// Of a list, how many items it had so far.
    var items = 0
    /// Where its text begins.
    var start = 0
  }

  private static let inline: [String: String] = [
    "b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "s": "s", "del": "s", "strike": "s",
    "code": "code",
  ]
  private static let blocks: Set = [
    "p", "div", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "pre",
  ]
  /// The block elements of which only the text stays.
  private static let dissolved: Set = [
    "table", "tr", "section", "article", "header", "footer", "main", "center", "dl", "dt", "dd", "h4", "h5",
    "h6",
    "form", "fieldset", "address", "figure",
  ]

  mutating func take(_ token: MarkupToken) {
    switch token {
    case .text(let text): write(text)
    case .start(let name, let attributes): begin(name, attributes)
    case .end(let name): end(name)
    }
  }

  mutating func finish() -> (html: String, text: String) {
    while !open.isEmpty { closeLast() }
    return (html, plain.finished)
  }

  private mutating func write(_ text: String) {
    let text = text.withoutControls
    guard !text.isEmpty else { return }
    html += Entities.escaped(text)
    plain.add(text, keepsLines: open.contains { $0.name == "pre" })
  }

  private mutating func begin(_ name: String, _ attributes: [String: String]) {
    switch name {
    case "br":
      hasElements = true
      html += "<br>"
      plain.breakLine()
    case "hr":
      hasElements = true
      html += "<hr>"
      plain.line("---")
    case "a":
      hasElements = true
      guard let address = attributes["href"].flatMap(Self.address) else { return }
      start(Element(name: "a", address: address, start: plain.length))
    case _ where Self.inline[name] != nil:
      hasElements = true
      start(Element(name: Self.inline[name] ?? name))
    case _ where Self.blocks.contains(name):
      hasElements = true
      start(Element(name: name))
      beginBlock(name)
    case _ where Self.dissolved.contains(name):
      hasElements = true
      plain.breakBlock()
    default: break
    }
  }

  private mutating func start(_ element: Element) {
    guard open.count < Self.deepest else { return }
    // Neither a link nor a paragraph holds another one.
    for outer in ["a", "p"] where element.name == outer && open.contains(where: { $0.name == outer }) {
      end(outer)
    }
    open.append(element)
    html += element.address.map { "<a href=\"\(Entities.escaped($0))\">" } ?? "<\(element.name)>"
  }

  private mutating func beginBlock(_ name: String) {
    if name == "li", let list = open.lastIndex(where: { $0.name == "ol" || $0.name == "ul" }) {
      open[list].items += 1
      let depth = open.filter { $0.name == "ol" || $0.name == "ul" }.count
      let mark = open[list].name == "ol" ? "\(open[list].items). " : "- "
      plain.item(mark, depth: depth)
    } else {
      plain.breakBlock(isParagraph: name == "p" || name.hasPrefix("h"))
    }
  }

  private mutating func end(_ name: String) {
    let name = Self.inline[name] ?? name
    guard let place = open.lastIndex(where: { $0.name == name }) else {
      if Self.dissolved.contains(name) { plain.breakBlock() }
      return
    }
    while open.count > place { closeLast() }
  }

  private mutating func closeLast() {
    guard let element = open.popLast() else { return }
    html += "</\(element.name)>"
    if let address = element.address {
      plain.addAddress(address, from: element.start)
    } else if Self.blocks.contains(element.name) {
      plain.breakBlock(isParagraph: element.name == "p" || element.name.hasPrefix("h"))
    }
  }

  /// The address of a link, if it is one of the web or of mail.
  private static func address(_ text: String) -> String? {
    // Browsers skip control characters and blanks before they look for the scheme.
    let address = String(
      String.UnicodeScalarView(text.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F })
    )
    guard address.utf8.count <= 2000, let colon = address.firstIndex(of: ":") else { return nil }
    guard ["http", "https", "mailto"].contains(address[..<colon].lowercased()) else { return nil }
    return address
  }
}

/// Plain text as it grows: blanks as HTML shows them, and no more empty lines than are meant.
private struct PlainText {
  private var text = ""
  private var pendingBreaks = 0

  var length: Int { text.utf8.count }
  var finished: String { text.trimmed }

  mutating func add(_ addition: String, keepsLines: Bool) {
    if keepsLines {
      settle()
      return text += addition
    }
    var addition = addition.split(whereSeparator: { $0.isWhitespace && $0 != "\u{A0}" }).joined(
      separator: " "
    )
    .surrounded(as: addition)
    addition = addition.replacing("\u{A0}", with: " ")
    if text.isEmpty || pendingBreaks > 0 || text.last?.isWhitespace == true {
      addition = String(addition.drop { $0 == " " })
    }
    guard !addition.isEmpty else { return }
    settle()
    text += addition
  }

  private mutating func settle() {
    guard pendingBreaks > 0 else { return }
    if !text.isEmpty { text += String(repeating: "\n", count: min(pendingBreaks, 2)) }
    pendingBreaks = 0
  }

  mutating func breakLine() {
    settle()
    text += "\n"
  }

  mutating func breakBlock(isParagraph: Bool = false) {
    guard !text.isEmpty else { return }
    let there = text.hasSuffix("\n") ? 1 : 0
    pendingBreaks = max(pendingBreaks, (isParagraph ? 2 : 1) - there)
  }

  mutating func item(_ mark: String, depth: Int) {
    breakBlock()
    settle()
    text += String(repeating: "  ", count: max(0, depth - 1)) + mark
  }

  mutating func line(_ content: String) {
    breakBlock()
    settle()
    text += content
    breakBlock()
  }

  /// Says where a link leads, unless its text says so.
  mutating func addAddress(_ address: String, from start: Int) {
    let shown = String(decoding: Array(text.utf8.dropFirst(start)), as: UTF8.self).trimmed
    let bare = address.hasPrefix("mailto:") ? String(address.dropFirst(7)) : address
    guard shown != bare, shown != address else { return }
    text += shown.isEmpty ? bare : " <\(bare)>"
  }
}

extension String {
  /// With a blank at each end where the source has white space there.
  fileprivate func surrounded(as source: String) -> String {
    func isBlank(_ character: Character?) -> Bool {
      character.map { $0.isWhitespace && $0 != "\u{A0}" } ?? false
    }
    guard !isEmpty else { return source.isEmpty ? "" : " " }
    return (isBlank(source.first) ? " " : "") + self + (isBlank(source.last) ? " " : "")
  }

  /// Without the control characters that no text needs.
  fileprivate var withoutControls: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.filter { $0 == "\n" || $0 == "\t" || $0.properties.generalCategory != .control }
      )
    )
  }
}
