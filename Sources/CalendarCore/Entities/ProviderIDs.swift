/// Names a kind of account: a calendar's, or that of a video service.
///
/// Open: each driver declares its own constant, and it is stored as text.
package struct AccountProviderID: RawRepresentable, Sendable, Hashable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
}

/// Names a way to hold a video conference.
///
/// Open, like `AccountProviderID`.
package struct ConferenceProviderID: RawRepresentable, Sendable, Hashable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }

  /// No conference at all: a choice of the domain's own, served by no driver.
  package static let none = Self(rawValue: "NONE")
}
