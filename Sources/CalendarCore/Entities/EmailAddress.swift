import ICalendar

/// An email address that has been checked: `local@domain`, at most 254 octets, no spaces or control characters.
///
/// Equal when `CalendarAddress` takes both for the same person's; the text keeps the form it came in.
/// Printing one gives a mask, so that addresses never reach a log by accident; `rawValue` is the address.
package struct EmailAddress: Sendable, CustomStringConvertible {
  package let rawValue: String

  /// Nil unless the text, trimmed, has the form that RFC 5321 §4.1.2 allows without quoted local parts.
  package init?(_ text: String) {
    let trimmed = text.drop(while: \.isWhitespace)
    let address = String(trimmed.reversed().drop(while: \.isWhitespace).reversed())
    guard address.utf8.count <= 254, let at = address.lastIndex(of: "@") else { return nil }
    let local = address[..<at]
    let domain = address[address.index(after: at)...]
    guard Self.isLocalPart(local), Self.isDomain(domain) else { return nil }
    rawValue = address
  }

  package var normalized: String { CalendarAddress(rawValue).text }
  package var domain: String { String(normalized.split(separator: "@").last ?? "") }
  package var description: String { "•••@\(domain)" }

  private static func isLocalPart(_ local: Substring) -> Bool {
    guard (1...64).contains(local.utf8.count), local.first != ".", local.last != ".", !local.contains("..")
    else { return false }
    return local.unicodeScalars.allSatisfy { scalar in
      scalar.value > 0x7F
        ? !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control
        : scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "!#$%&'*+/=?^_`{|}~.-".unicodeScalars.contains(scalar)
    }
  }

  private static func isDomain(_ domain: Substring) -> Bool {
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, domain.utf8.count <= 253 else { return false }
    return labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
        && label.unicodeScalars.allSatisfy { scalar in
          scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal || scalar == "-"
        }
    }
  }
}

extension EmailAddress: Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.normalized == right.normalized }
  package func hash(into hasher: inout Hasher) { hasher.combine(normalized) }
}
