package import Foundation

/// A conference that lives at its own service, or may: the intent is written down before it is asked for, so that none
/// is ever left behind.
package struct StandaloneConference: Sendable, Hashable {
  /// As in `EventConference`.
  package var requestID: String
  package var eventID: CalendarEvent.ID
  package var providerID: ConferenceProviderID
  /// The account that it is made with; nil where the service knows none.
  package var accountID: ConnectedAccount.ID?
  /// The service's id of it; nil until the service has told it.
  package var conferenceID: String?
  /// The fingerprint of the meeting as it was last sent to the service.
  package var lastPushedFingerprint: String?
  package var createdAt: Date

  package init(
    requestID: String,
    eventID: CalendarEvent.ID,
    providerID: ConferenceProviderID,
    accountID: ConnectedAccount.ID?,
    conferenceID: String? = nil,
    lastPushedFingerprint: String? = nil,
    createdAt: Date
  ) {
    self.requestID = requestID
    self.eventID = eventID
    self.providerID = providerID
    self.accountID = accountID
    self.conferenceID = conferenceID
    self.lastPushedFingerprint = lastPushedFingerprint
    self.createdAt = createdAt
  }
}
