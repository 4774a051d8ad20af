import ICalendar

/// An email address that has been checked: `local@domain`, at most 254 octets, no spaces or control characters.
///
/// The domain may be internationalized (RFC 5890): people see `rawValue`, and every other system gets `withALabels`.
/// Equal when `CalendarAddress` takes both for the same person's; the text keeps the form it came in.
/// Printing one gives a mask, so that addresses never reach a log by accident; `rawValue` is the address.
package struct EmailAddress: Sendable, CustomStringConvertible {
  package let rawValue: String

  /// Nil unless the text, trimmed, has the form that RFC 5321 §4.1.2 allows without quoted local parts.
  package init?(_ text: String) {
    let trimmed = text.drop(while: \.isWhitespace)
    guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return nil }
    let address = String(trimmed[...last])
    guard address.utf8.count <= 254, let at = address.lastIndex(of: "@") else { return nil }
    let local = address[..<at]
    let domain = address[address.index(after: at)...]
    guard Self.isLocalPart(local), Self.isDomain(domain) else { return nil }
    rawValue = address
    guard withALabels.utf8.count <= 254 else { return nil }
  }

  /// The address as it is given to mail servers, providers and calendar files, few of which know other domains than
  /// those in ASCII.
  package var withALabels: String { CalendarAddress.withALabels(rawValue) }

  /// Whether the part before the "@" is not in ASCII, which few servers support (RFC 6531).
  package var hasNonASCIILocalPart: Bool { !withALabels.utf8.allSatisfy { $0 < 0x80 } }

  package var normalized: String { CalendarAddress(rawValue).text }
  package var domain: String { String(normalized.split(separator: "@").last ?? "") }
  package var description: String { "•••@\(domain)" }

  private static func isLocalPart(_ local: Substring) -> Bool {
    guard (1...64).contains(local.utf8.count), local.first != ".", local.last != ".", !local.contains("..")
    else { return false }
    return local.unicodeScalars.allSatisfy { scalar in
      scalar.isASCIILetter || ("0"..."9").contains(scalar)
        || (scalar.isASCII
          ? "!#$%&'*+/=?^_`{|}~.-".unicodeScalars.contains(scalar)
          : !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control)
    }
  }

  private static func isDomain(_ domain: Substring) -> Bool {
    // Nearly all domains are in ASCII, and are what people see and what the DNS has.
    let isASCII = domain.utf8.allSatisfy { $0 < 0x80 }
    let mapped = isASCII ? domain : CalendarAddress.mappedDomain(domain)[...]
    let labels = mapped.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy(isLabel) else { return false }
    // RFC 1035 §2.3.4, RFC 5891 §4.2.4: the limits are those of the form that the DNS has.
    let ascii = isASCII ? domain : CalendarAddress.asciiDomain(domain)[...]
    return ascii.utf8.count <= 253
      && ascii.split(separator: ".").allSatisfy { label in
        label.utf8.count <= 63 && label.utf8.allSatisfy { $0 < 0x80 }
      }
  }

  /// Whether a label has the form of one (RFC 1034 §3.5, RFC 5891 §4.2.3).
  private static func isLabel(_ label: Substring) -> Bool {
    guard let first = label.unicodeScalars.first, first != "-", label.last != "-" else { return false }
    let isASCII = label.utf8.allSatisfy { $0 < 0x80 }
    // Two hyphens after two characters mark an encoding, as those of "xn--" do.
    guard isASCII || !label.dropFirst(2).hasPrefix("--") && !first.isMark else { return false }
    return label.unicodeScalars.allSatisfy { scalar in
      // Unicode's tables are asked last: they take longer than all of the rest.
      scalar.isASCIILetter || scalar == "-" || ("0"..."9").contains(scalar)
        || !scalar.isASCII
          && (scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal || scalar.isMark)
    }
  }
}

extension EmailAddress: Hashable {
  package static func == (left: Self, right: Self) -> Bool {
    left.rawValue == right.rawValue || left.normalized == right.normalized
  }
  package func hash(into hasher: inout Hasher) { hasher.combine(normalized) }
}

extension Unicode.Scalar {
  fileprivate var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }

  /// Whether it combines with the character before it.
  fileprivate var isMark: Bool {
    [.nonspacingMark, .spacingMark].contains(properties.generalCategory)
  }
}
