import Foundation

/// Whom a calendar address means, for comparing addresses: two are equal when they are the same person's.
///
/// Everything that asks whether two addresses are the same person asks this type. Not compared are the letter case, the
/// percent-encoding of a "mailto:" URI (RFC 6068 §2) and its header fields, and whether a domain's labels are U-labels or
/// A-labels (RFC 5890 §2.3.2.1). "ada+crm@example.com" and "ada@example.com" are different people.
public struct CalendarAddress: Sendable, Hashable {
  /// The address, without "mailto:", in the form in which addresses are compared.
  public let text: String

  /// Makes the address of an email address, or of a "mailto:" or other URI.
  public init(_ address: String) {
    text = Self.withALabels(Self.mailAddress(of: address)).lowercased()
  }

  /// The email address of a "mailto:" URI; anything else as it is, without white space and control characters.
  public static func mailAddress(of uri: String) -> String {
    let uri = cleaned(uri)
    return uri.withoutMailto.map { recipient($0) } ?? uri
  }

  /// The email address in what follows "mailto:" in a URI.
  static func recipient(_ remainder: String) -> String {
    var address = cleaned(remainder)
    // Some write the scheme twice.
    while let rest = address.withoutMailto { address = rest }
    guard address.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "?") }) else {
      return address
    }
    let recipient = address.prefix { $0 != "?" }
    return cleaned(recipient.removingPercentEncoding ?? String(recipient))
  }

  /// The "mailto:" URI of an email address, percent-encoded where a URI needs it.
  static func mailto(_ address: String) -> String {
    var uri = "mailto:"
    guard address.utf8.contains(where: needsEncoding) else { return uri + address }
    for character in address.unicodeScalars {
      if character.isASCII, needsEncoding(UInt8(truncatingIfNeeded: character.value)) {
        uri += "%" + String(character.value, radix: 16, uppercase: true)
      } else {
        uri.unicodeScalars.append(character)
      }
    }
    return uri
  }

  /// The octets that begin an encoding, the header fields or the fragment.
  static func needsEncoding(_ octet: UInt8) -> Bool {
    octet == UInt8(ascii: "%") || octet == UInt8(ascii: "?") || octet == UInt8(ascii: "#")
  }

  /// The email address for a system that knows no domains but those in ASCII: the domain is written in A-labels
  /// (RFC 5891 §4.4) where it is not in ASCII already.
  public static func withALabels(_ address: String) -> String {
    guard let at = address.utf8.lastIndex(of: UInt8(ascii: "@")),
      case let domain = address[address.utf8.index(after: at)...], !domain.utf8.allSatisfy({ $0 < 0x80 })
    else { return address }
    return "\(address[..<at])@\(asciiDomain(domain))"
  }

  /// The domain in lower case and in A-labels (RFC 5891 §4.4); a label that has no such form stays as it is.
  public static func asciiDomain(_ domain: some StringProtocol) -> String {
    mappedDomain(domain).split(separator: ".", omittingEmptySubsequences: false).map { label in
      if label.utf8.allSatisfy({ $0 < 0x80 }) { return String(label) }
      return Punycode.encoded(label).map { "xn--\($0)" } ?? String(label)
    }.joined(separator: ".")
  }

  /// The domain as RFC 5895 §2 maps what people type: in lower case, full width and half width as one, composed, and
  /// with one kind of dot.
  public static func mappedDomain(_ domain: some StringProtocol) -> String {
    if domain.utf8.allSatisfy({ $0 < 0x80 }) { return domain.lowercased() }
    return String(domain).lowercased().precomposedStringWithCompatibilityMapping.lowercased()
      .replacing("\u{3002}", with: ".")
  }

  private static func cleaned(_ text: String) -> String {
    var text = text
    let isPlain = text.withUTF8 { octets in octets.allSatisfy { $0 > 0x20 && $0 < 0x7F } }
    if isPlain { return text }
    // By scalars: a space that bears an accent is a character of its own, and no white space.
    return String(
      String.UnicodeScalarView(text.withoutControls.unicodeScalars.filter { !$0.properties.isWhitespace })
    )
  }
}

extension String {
  /// The text behind "mailto:"; nil when it does not begin so.
  ///
  /// By octets: what an accent after the colon makes of it is no scheme of ours.
  fileprivate var withoutMailto: String? {
    guard utf8.count >= 7, zip(utf8, "mailto:".utf8).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) else {
      return nil
    }
    return String(decoding: utf8.dropFirst(7), as: UTF8.self)
  }
}
