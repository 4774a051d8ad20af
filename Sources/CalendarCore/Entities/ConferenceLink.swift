import Foundation

/// The address of a conference that a person typed: https, a host, nothing that could hide in it.
///
/// At most 2,048 octets, no user information, no spaces or control characters. No backslashes, which browsers read
/// as slashes where others do not (WHATWG URL §4.4), so that the host would depend on the reader; nothing invisible:
/// directional marks make one address look like another.
package struct ConferenceLink: Sendable, Hashable {
  package let text: String

  /// Why an address was refused, as a sentence for people.
  package enum Problem: Error, Sendable, Hashable {
    case empty, tooLong, notHTTPS, malformed, misleading

    package var message: String {
      switch self {
      case .empty: Messages.linkMissing
      case .tooLong: Messages.linkTooLong
      case .notHTTPS: Messages.linkNotSecure
      case .malformed: Messages.linkMalformed
      case .misleading: Messages.linkMisleading
      }
    }
  }

  package init(_ text: String) throws(Problem) {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !trimmed.isEmpty else { throw .empty }
    guard trimmed.utf8.count <= 2048 else { throw .tooLong }
    guard trimmed.lowercased().hasPrefix("https://") else { throw .notHTTPS }
    guard
      !trimmed.unicodeScalars.contains(where: {
        $0.properties.isWhitespace || $0.value < 0x21 || $0.value == 0x7F
      })
    else { throw .malformed }
    guard trimmed.unicodeScalars.allSatisfy(Self.isWhatItLooksLike) else { throw .misleading }
    guard let parts = URLComponents(string: trimmed), let host = parts.host, !host.isEmpty,
      parts.user == nil, parts.password == nil
    else { throw .malformed }
    self.text = trimmed
  }

  private static func isWhatItLooksLike(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned: false
    default: scalar != "\\"
    }
  }
}
