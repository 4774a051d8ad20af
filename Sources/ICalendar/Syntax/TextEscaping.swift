extension [UInt8] {
  /// Appends the text as a TEXT value: `\\ \; \, \n`, and no other escape (RFC 5545 §3.3.11).
  mutating func appendEscapedText(_ text: String) {
    appendLine(text, lineBreak: "\\n", isPlain: { $0.isPlainInText }) { octets, octet in
      switch octet {
      case UInt8(ascii: "\\"), UInt8(ascii: ";"), UInt8(ascii: ","): octets.append(UInt8(ascii: "\\"))
      default: break
      }
      octets.append(octet)
    }
  }

  /// Appends the text without control characters and line breaks of any kind.
  mutating func appendWithoutControls(_ text: String) {
    appendLine(text, lineBreak: "", isPlain: { $0.isPlainInLine }) { $0.append($1) }
  }

  /// Appends the text as a parameter's value: RFC 6868 for what quotes cannot hold, quotes for what needs them.
  mutating func appendEscapedParameter(_ text: String) {
    let start = count
    var needsQuotes = false
    appendLine(text, lineBreak: "^n", isPlain: { $0.isPlainInLine && OctetClass.of($0) == [] }) {
      octets,
      octet in
      switch octet {
      case UInt8(ascii: "^"): octets.append(contentsOf: [octet, octet])
      case UInt8(ascii: "\""): octets.append(contentsOf: [UInt8(ascii: "^"), UInt8(ascii: "'")])
      default:
        // The backslash too, which python icalendar takes for an escape of the delimiter after it.
        needsQuotes = needsQuotes || !OctetClass.of(octet).isDisjoint(with: [.delimiter, .backslash])
        octets.append(octet)
      }
    }
    // Some readers trim what is not quoted.
    if let first = self[start...].first, let last = self[start...].last {
      if first <= 0x20 || last <= 0x20 {
        needsQuotes = true
      } else if first >= 0x80 || last >= 0x80 {
        let scalars = String(decoding: self[start...], as: UTF8.self).unicodeScalars
        let ends = [scalars.first, scalars.last].compactMap { $0 }
        needsQuotes = needsQuotes || ends.contains { $0.properties.isWhitespace }
      }
    }
    guard needsQuotes else { return }
    insert(UInt8(ascii: "\""), at: start)
    append(UInt8(ascii: "\""))
  }

  /// Appends what of the text can stand in a line, each line break in it as `lineBreak`.
  ///
  /// Dropped are the control characters of C0, save tab, and C1 (RFC 5545 §3.1 CONTROL). Line breaks are CR, LF,
  /// both together, and NEL and the two separators of Unicode, which some readers take for the end of a line.
  @inline(__always)
  private mutating func appendLine(
    _ text: String,
    lineBreak: StaticString,
    isPlain: (UInt8) -> Bool,
    _ appendOne: (inout [UInt8], UInt8) -> Void
  ) {
    var text = text
    text.withUTF8 { source in
      reserveCapacity(count + source.count + 16)
      var position = 0
      while position < source.count {
        // Most octets stand for themselves, and go together.
        var plain = position
        while plain < source.count, isPlain(source[plain]) { plain += 1 }
        if plain > position {
          append(contentsOf: UnsafeBufferPointer(rebasing: source[position..<plain]))
          position = plain
          continue
        }
        let octet = source[position]
        let following = position + 1 < source.count ? source[position + 1] : 0
        switch octet {
        case 0x0D:
          append(
            contentsOf: UnsafeBufferPointer(start: lineBreak.utf8Start, count: lineBreak.utf8CodeUnitCount)
          )
          if following == 0x0A { position += 1 }
        case 0x0A:
          append(
            contentsOf: UnsafeBufferPointer(start: lineBreak.utf8Start, count: lineBreak.utf8CodeUnitCount)
          )
        case 0x00..<0x20 where octet != 0x09, 0x7F:
          break
        case 0xC2 where following < 0xA0:
          if following == 0x85 {
            append(
              contentsOf: UnsafeBufferPointer(start: lineBreak.utf8Start, count: lineBreak.utf8CodeUnitCount)
            )
          }
          position += 1
        case 0xE2
        where following == 0x80 && position + 2 < source.count && source[position + 2] & 0xFE == 0xA8:
          append(
            contentsOf: UnsafeBufferPointer(start: lineBreak.utf8Start, count: lineBreak.utf8CodeUnitCount)
          )
          position += 2
        default:
          appendOne(&self, octet)
        }
        position += 1
      }
    }
  }
}

extension UInt8 {
  /// Whether the octet begins nothing that a line cannot hold.
  fileprivate var isPlainInLine: Bool {
    self >= 0x20 && self != 0x7F && self != 0xC2 && self != 0xE2 || self == 0x09
  }

  fileprivate var isPlainInText: Bool {
    isPlainInLine && self != UInt8(ascii: "\\") && self != UInt8(ascii: ";") && self != UInt8(ascii: ",")
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The TEXT value with its escapes resolved; a backslash before another character is dropped, as others wrote it.
  var unescapedText: String {
    guard contains(UInt8(ascii: "\\")) else { return String(decoding: self, as: UTF8.self) }
    return String(unsafeUninitializedCapacity: count) { target in
      var (length, position) = (0, 0)
      while position < count {
        var octet = self[position]
        if octet == UInt8(ascii: "\\"), position + 1 < count {
          position += 1
          octet = self[position]
          if octet == UInt8(ascii: "n") || octet == UInt8(ascii: "N") { octet = 0x0A }
        }
        target[length] = octet
        length += 1
        position += 1
      }
      return length
    }
  }

  /// Whether the TEXT value of a line has just the escapes that `appendEscapedText` makes.
  var isEscapedAsWritten: Bool {
    var position = 0
    while position < count {
      switch self[position] {
      case UInt8(ascii: ","), UInt8(ascii: ";"): return false
      case UInt8(ascii: "\\"):
        position += 1
        guard position < count else { return false }
        switch self[position] {
        case UInt8(ascii: "\\"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "n"): break
        default: return false
        }
      default: break
      }
      position += 1
    }
    return true
  }

  /// The parameter's value with the encoding of RFC 6868 resolved; "^" before another character stays.
  var unescapedParameter: String {
    guard contains(UInt8(ascii: "^")) else { return String(decoding: self, as: UTF8.self) }
    return String(unsafeUninitializedCapacity: count) { target in
      var (length, position) = (0, 0)
      while position < count {
        var octet = self[position]
        if octet == UInt8(ascii: "^"), position + 1 < count {
          switch self[position + 1] {
          case UInt8(ascii: "n"): octet = 0x0A
          case UInt8(ascii: "'"): octet = UInt8(ascii: "\"")
          case UInt8(ascii: "^"): break
          default: position -= 1
          }
          position += 1
        }
        target[length] = octet
        length += 1
        position += 1
      }
      return length
    }
  }
}

extension String {
  /// The text without control characters and line breaks of any kind.
  var withoutControls: String {
    var octets: [UInt8] = []
    octets.appendWithoutControls(self)
    return String(decoding: octets, as: UTF8.self)
  }
}
