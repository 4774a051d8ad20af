/// A setting that is missing or cannot be used; the description is one line that names the key.
package struct ConfigurationError: Error, CustomStringConvertible {
  package let key: String
  package let reason: String
  /// The further problems; each has a line of its own in the description.
  package private(set) var others: [ConfigurationError] = []

  package init(key: String, reason: String) {
    self.key = key
    self.reason = reason
  }

  /// All problems as one; nil when there is none.
  package init?(_ problems: [ConfigurationError]) {
    guard var first = problems.first else { return nil }
    first.others += problems.dropFirst()
    self = first
  }

  package var description: String {
    (["\(key): \(reason)"] + others.map(\.description)).joined(separator: "\n")
  }
}
