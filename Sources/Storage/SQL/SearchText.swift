import CalendarCore
import Foundation

/// Texts in the form in which they are compared and sorted: lowercase, with composed characters.
///
/// Kept in columns beside the originals, because what `lower` does to letters outside ASCII differs between engines.
struct SearchText {
  /// Longer than anything that is stored to be searched.
  private static let maximumSearchLength = 1000

  let folded: String

  init(_ text: String) { folded = text.lowercased().precomposedStringWithCanonicalMapping }

  /// Texts that are searched together; a search does not match across two of them.
  init(_ texts: [String?]) { self.init(texts.compactMap(\.self).joined(separator: "\n")) }

  init(_ address: EmailAddress) { self.init(address.normalized) }

  var value: SQLValue { .string(folded) }

  /// The pattern for `LIKE … ESCAPE '\'` that finds this text anywhere; nil when it can be in none: too long,
  /// or with the line break that stands between texts.
  var pattern: SQLValue? {
    guard folded.utf8.count <= Self.maximumSearchLength, !folded.utf8.contains(0x0A) else { return nil }
    var escaped = "%"
    for character in folded.unicodeScalars {
      if "\\%_".unicodeScalars.contains(character) { escaped += "\\" }
      escaped.unicodeScalars.append(character)
    }
    return .string(escaped + "%")
  }
}
