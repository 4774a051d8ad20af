/// One setting of the program, declared as data: what reads it and what documents it have the same source.
package struct Setting: Sendable, Hashable {
  /// The name of the environment variable, `PHOS_…`.
  package let key: String
  /// The description for the guide: a phrase in Markdown.
  package let meaning: String
  /// The feature that needs it; nil when nothing is lost without it.
  package let need: String?
  /// The value that holds when it is missing; nil when none does.
  package let fallback: String?
  /// Whether the value must not be shown to people.
  package let isSecret: Bool

  package init(
    _ key: String,
    _ meaning: String,
    need: String? = nil,
    fallback: String? = nil,
    isSecret: Bool = false
  ) {
    self.key = key
    self.meaning = meaning
    self.need = need
    self.fallback = fallback
    self.isSecret = isSecret
  }
}
