/// One field of the form with which a driver's accounts are connected.
package struct ConnectionField: Sendable, Hashable {
  /// The kind of value, so that a browser offers the right keyboard and checks it first.
  package enum Kind: String, Sendable, CaseIterable {
    case text = "TEXT"
    /// The address of a web server, with its scheme.
    case url = "URL"
    /// The address of a server of any other kind.
    case server = "SERVER"
    case email = "EMAIL"
    case password = "PASSWORD"
  }

  /// Unique in its form; what the API calls it.
  package let id: String
  package let label: String
  package let kind: Kind
  /// Whether it is hidden while it is typed, and never shown again.
  package let isSecret: Bool
  package let isOptional: Bool
  package let help: String?
  /// An example of what is typed.
  package let placeholder: String?
  /// In UTF-8 octets.
  package let maximumLength: Int

  package init(
    id: String,
    label: String,
    kind: Kind = .text,
    isSecret: Bool? = nil,
    isOptional: Bool = false,
    help: String? = nil,
    placeholder: String? = nil,
    maximumLength: Int = 512
  ) {
    self.id = id
    self.label = label
    self.kind = kind
    self.isSecret = isSecret ?? (kind == .password)
    self.isOptional = isOptional
    self.help = help
    self.placeholder = placeholder
    self.maximumLength = maximumLength
  }
}
