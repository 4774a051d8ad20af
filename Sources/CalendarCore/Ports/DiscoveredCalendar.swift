/// One calendar that an account has.
package struct DiscoveredCalendar: Sendable, Hashable {
  package var externalID: String
  package var displayName: String
  package var isPrimary: Bool
  package var isWritable: Bool
  package var conferenceSolutions: [String]

  package init(
    externalID: String,
    displayName: String,
    isPrimary: Bool,
    isWritable: Bool = true,
    conferenceSolutions: [String] = []
  ) {
    self.externalID = externalID
    self.displayName = displayName
    self.isPrimary = isPrimary
    self.isWritable = isWritable
    self.conferenceSolutions = conferenceSolutions
  }
}
