/// A REQUEST-STATUS: the result of a request (RFC 5545 §3.8.8.3).
public struct RequestStatus: Sendable, Hashable {
  /// The code, such as "2.0"; the first number is the class, 2 for success to 5 for a server's failure.
  public var code: String
  /// The meaning in words.
  public var text: String
  /// The part of the request that is meant, such as a property.
  public var data: String?

  /// Makes a status.
  public init(code: String, text: String, data: String? = nil) {
    self.code = code
    self.text = text
    self.data = data
  }

  /// Whether the request was carried out, if only in part.
  public var isSuccess: Bool { code.hasPrefix("1") || code.hasPrefix("2") }

  /// Reads the value of the property; nil when it does not begin with a code.
  init?(value: String) {
    let parts = value.splitOutsideEscapes(at: ";", maxSplits: 2)
    guard parts.count >= 2, let first = parts[0].utf8.first, (0x31...0x35).contains(first),
      parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E })
    else { return nil }
    self.init(
      code: String(parts[0]),
      text: String(parts[1]).unescapedText,
      data: parts.count > 2 ? String(parts[2]).unescapedText : nil
    )
  }

  /// The value of the property.
  var value: String {
    [code, text.escapedText].joined(separator: ";") + (data.map { ";\($0.escapedText)" } ?? "")
  }
}

extension String {
  /// The parts between separators before which there is no backslash.
  func splitOutsideEscapes(at separator: Unicode.Scalar, maxSplits: Int = .max) -> [Substring] {
    var parts: [Substring] = []
    var start = startIndex
    var isEscaped = false
    for index in unicodeScalars.indices {
      if isEscaped {
        isEscaped = false
      } else if unicodeScalars[index] == "\\" {
        isEscaped = true
      } else if unicodeScalars[index] == separator, parts.count < maxSplits {
        parts.append(self[start..<index])
        start = unicodeScalars.index(after: index)
      }
    }
    return parts + [self[start...]]
  }

  /// The text as a TEXT value (RFC 5545 §3.3.11).
  var escapedText: String {
    var octets: [UInt8] = []
    octets.appendEscapedText(self)
    return String(decoding: octets, as: UTF8.self)
  }

  /// The TEXT value with its escapes resolved.
  var unescapedText: String {
    var text = self
    return text.withUTF8 { $0.unescapedText }
  }
}
