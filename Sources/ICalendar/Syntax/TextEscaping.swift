extension String {
  /// The text as a TEXT value: `\\ \; \, \n`, and no other escape (RFC 5545 §3.3.11).
  var escapedText: String {
    var escaped = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in unicodeScalars {
      defer { previous = scalar }
      switch scalar {
      case "\\", ";", ",":
        escaped.append("\\")
        escaped.append(scalar)
      case "\n" where previous == "\r":
        continue
      case "\n", "\r",
        _ where scalar.isLineSeparator:
        escaped.append(contentsOf: "\\n".unicodeScalars)
      case _ where scalar.isControl:
        continue
      default:
        escaped.append(scalar)
      }
    }
    return String(escaped)
  }

  /// The TEXT value with its escapes resolved; a backslash before another character is dropped, as others wrote it.
  var unescapedText: String {
    guard utf8.contains(UInt8(ascii: "\\")) else { return self }
    var text = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in unicodeScalars {
      if isEscaped {
        text.append(scalar == "n" || scalar == "N" ? "\n" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        text.append(scalar)
      }
    }
    if isEscaped { text.append("\\") }
    return String(text)
  }

  /// The text without control characters and line breaks of any kind.
  var withoutControls: String {
    guard unicodeScalars.contains(where: { $0.isControl || $0.isLineSeparator }) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.filter { !$0.isControl && !$0.isLineSeparator }))
  }

  /// The text as a parameter's value: RFC 6868 for what quotes cannot hold, quotes for what needs them.
  var escapedParameter: String {
    var escaped = String.UnicodeScalarView()
    var needsQuotes = false
    var previous: Unicode.Scalar = " "
    for scalar in unicodeScalars {
      defer { previous = scalar }
      switch scalar {
      case "^": escaped.append(contentsOf: "^^".unicodeScalars)
      case "\"": escaped.append(contentsOf: "^'".unicodeScalars)
      case "\n" where previous == "\r": continue
      case "\n", "\r",
        _ where scalar.isLineSeparator:
        escaped.append(contentsOf: "^n".unicodeScalars)
      case _ where scalar.isControl: continue
      default:
        needsQuotes = needsQuotes || Self.quotedInParameters.contains(scalar)
        escaped.append(scalar)
      }
    }
    // Some readers trim what is not quoted.
    if let first = escaped.first, let last = escaped.last {
      needsQuotes = needsQuotes || first.properties.isWhitespace || last.properties.isWhitespace
    }
    return needsQuotes ? "\"\(String(escaped))\"" : String(escaped)
  }

  /// The delimiters, and the backslash, which python icalendar takes for an escape of the delimiter after it.
  private static let quotedInParameters: Set<Unicode.Scalar> = [",", ";", ":", "\\"]

  /// The parameter's value with the encoding of RFC 6868 resolved; "^" before another character stays.
  var unescapedParameter: String {
    guard utf8.contains(UInt8(ascii: "^")) else { return self }
    var text = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in unicodeScalars {
      if isEscaped {
        isEscaped = false
        switch scalar {
        case "n": text.append("\n")
        case "'": text.append("\"")
        case "^": text.append("^")
        default: text.append(contentsOf: ["^", scalar])
        }
      } else if scalar == "^" {
        isEscaped = true
      } else {
        text.append(scalar)
      }
    }
    if isEscaped { text.append("^") }
    return String(text)
  }
}

extension Unicode.Scalar {
  /// A control character other than tab (RFC 5545 §3.1 CONTROL), the C1 set included.
  fileprivate var isControl: Bool {
    (value < 0x20 && value != 0x09) || (0x7F...0x9F).contains(value)
  }

  /// NEL and the two separators of Unicode, which some readers take for the end of a line.
  fileprivate var isLineSeparator: Bool {
    value == 0x85 || value == 0x2028 || value == 0x2029
  }
}
