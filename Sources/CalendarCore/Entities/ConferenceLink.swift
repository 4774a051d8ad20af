import Foundation

/// The address of a conference that a person typed: https, a host, nothing that could hide in it.
///
/// At most 2,048 octets, no user information, no spaces or control characters.
package struct ConferenceLink: Sendable, Hashable {
  package let text: String

  /// Why an address was refused, as a sentence for people.
  package enum Problem: Error, Sendable, Hashable {
    case empty, tooLong, notHTTPS, malformed

    package var message: String {
      switch self {
      case .empty: "Enter the address of the video meeting."
      case .tooLong: "The video link is longer than 2,048 characters."
      case .notHTTPS: "The video link must start with https://."
      case .malformed: "The video link is not a complete web address."
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
      }),
      let parts = URLComponents(string: trimmed), let host = parts.host, !host.isEmpty,
      parts.user == nil, parts.password == nil
    else { throw .malformed }
    self.text = trimmed
  }
}
