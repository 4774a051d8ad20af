/// A drawing that stands for a provider, served at `/icons/<key>.svg`.
///
/// A driver holds its own; drawings with the same key are the same.
package struct ProviderIcon: Sendable, Hashable {
  /// Lowercase letters, digits and hyphens; the API's `iconKey`.
  package let key: String
  /// A whole SVG document, without scripts and without references to other files.
  package let svg: String

  /// `shapes` are drawn in a square of 24 units.
  package init(key: String, shapes: String) {
    self.key = key
    svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">\(shapes)</svg>\n"
  }

  /// For calendars without a drawing of their own.
  package static let calendar = Self(
    key: "calendar",
    shapes: """
      <rect x="3" y="5" width="18" height="16" rx="3" fill="#64748b"/>\
      <path d="M3 10h18" stroke="#fff" stroke-width="2"/>\
      <path d="M8 3v4M16 3v4" stroke="#334155" stroke-width="2" stroke-linecap="round"/>
      """
  )
}
