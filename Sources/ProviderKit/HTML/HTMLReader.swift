/// Reads HTML as plain text, octet by octet.
struct HTMLReader {
  private let html: [UInt8]
  private let form: HTMLText.Form
  private var place = 0
  private var text: [UInt8] = []
  /// The line breaks and the space that stand before what follows, if anything does.
  private var breaks = 0
  private var hasSpace = false
  /// The mark of a list's item, until its text begins.
  private var mark = ""
  /// The lists that are open: the next number, or nil where there are only bullets.
  private var lists: [Int?] = []
  /// Where the link that is open leads, and where its text begins.
  private var link: (address: String, start: Int?)?
  /// The ends that are not in the rest, so that they are not looked for again.
  private var missing: Set<String> = []

  init(_ html: String, _ form: HTMLText.Form) {
    self.html = Array(html.utf8)
    self.form = form
  }

  mutating func read() -> String {
    while place < html.count {
      let octet = html[place]
      if octet == UInt8(ascii: "<"), readMarkup() { continue }
      if octet == UInt8(ascii: "&"), readEntity() { continue }
      if form == .document, octet != UInt8(ascii: " "), octet.isMarkupSpace {
        // White space of the markup, which no reader sees.
        while place < html.count, html[place].isMarkupSpace { place += 1 }
        hasSpace = true
        continue
      }
      write(CollectionOfOne(octet))
      place += 1
    }
    closeLink()
    return String(decoding: text, as: UTF8.self)
  }

  // MARK: Writing

  private mutating func write(_ octets: some Collection<UInt8>) {
    if !text.isEmpty {
      if breaks > 0 {
        text += repeatElement(UInt8(ascii: "\n"), count: breaks)
      } else if hasSpace, text.last?.isMarkupSpace == false {
        text.append(UInt8(ascii: " "))
      }
    }
    (breaks, hasSpace) = (0, false)
    text += mark.utf8
    mark = ""
    if link != nil, link?.start == nil { link?.start = text.count }
    text += octets
  }

  private mutating func endLine() {
    guard breaks == 0, text.last != UInt8(ascii: "\n") else { return }
    breaks = 1
  }

  /// Passes over a line break that only sets the markup apart.
  private mutating func skipLineBreak() {
    guard form == .editable else { return }
    let isBlank: (UInt8) -> Bool = { $0.isMarkupSpace && $0 != UInt8(ascii: "\n") }
    let rest = html[place...].drop(while: isBlank)
    guard rest.first == UInt8(ascii: "\n") else { return }
    place = rest.dropFirst().drop(while: isBlank).startIndex
  }

  // MARK: Markup

  /// Goes past a tag or a comment; false for what only looks like one.
  private mutating func readMarkup() -> Bool {
    let rest = html[place...]
    if rest.starts(with: "<!--".utf8), skip(to: "-->", from: place + 4) { return true }
    if form == .document, rest.starts(with: "<!".utf8) || rest.starts(with: "<?".utf8) {
      return skip(to: ">", from: place)
    }
    guard let tag = HTMLTag(html, at: place), form == .document || tag.isOfAnEditor else { return false }
    place = tag.end
    apply(tag)
    return true
  }

  private mutating func apply(_ tag: HTMLTag) {
    if tag.isSilent, skip(to: "</\(tag.name)", from: place) { _ = skip(to: ">", from: place) }
    if tag.isBlock { endLine() }
    switch tag.name {
    case "br": breaks += 1
    case "td", "th": hasSpace = true
    case "ul" where !tag.isEnd: lists.append(nil)
    case "ol" where !tag.isEnd: lists.append(1)
    case "ul", "ol": _ = lists.popLast()
    case "li" where !tag.isEnd: mark = nextMark()
    case "a":
      closeLink()
      if !tag.isEnd, let address = tag.address { link = (address, nil) }
    default: break
    }
    if tag.isBlock || tag.name == "br" { skipLineBreak() }
  }

  private mutating func nextMark() -> String {
    let indent = String(repeating: "  ", count: min(max(lists.count - 1, 0), 8))
    guard let last = lists.indices.last, let number = lists[last] else { return "\(indent)- " }
    lists[last] = number + 1
    return "\(indent)\(number). "
  }

  /// Adds the address of the link that is open, unless its text is the address.
  private mutating func closeLink() {
    guard let (address, start) = link else { return }
    link = nil
    let shown = start.map { String(decoding: text[$0...], as: UTF8.self) } ?? ""
    guard shown.bareAddress != address.bareAddress else { return }
    if start == nil {
      write(address.utf8)
    } else {
      hasSpace = true
      write("(\(address))".utf8)
    }
  }

  /// Goes past the next such word, which is in lower case; false when there is none.
  private mutating func skip(to word: String, from start: Int) -> Bool {
    let octets = Array(word.utf8)
    guard !missing.contains(word), start + octets.count <= html.count else { return false }
    let found = (start...(html.count - octets.count)).first { place in
      octets.indices.allSatisfy { html[place + $0].inLowerCase == octets[$0] }
    }
    guard let found else {
      missing.insert(word)
      return false
    }
    place = found + octets.count
    return true
  }

  // MARK: Entities

  private static let entities = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " "]

  private mutating func readEntity() -> Bool {
    guard let end = html[place...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else { return false }
    let name = String(decoding: html[(place + 1)..<end], as: UTF8.self)
    let character = name.hasPrefix("#") ? Self.character(name.dropFirst()) : Self.entities[name]
    guard let character else { return false }
    write(character.utf8)
    place = end + 1
    return true
  }

  private static func character(_ digits: Substring) -> String? {
    let isHexadecimal = digits.first == "x" || digits.first == "X"
    let number = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    guard let number, number >= 0x20 || number == 0x0A else { return nil }
    return Unicode.Scalar(number).map { String($0) }
  }
}

extension String {
  /// The part of a link's address that tells it from others.
  fileprivate var bareAddress: String {
    var bare = lowercased().trimmingPrefix(while: \.isWhitespace)
    while bare.last?.isWhitespace == true { bare.removeLast() }
    for scheme in ["https://", "http://", "mailto:", "tel:"] where bare.hasPrefix(scheme) {
      bare.removeFirst(scheme.count)
      break
    }
    if bare.last == "/" { bare.removeLast() }
    return String(bare)
  }
}
