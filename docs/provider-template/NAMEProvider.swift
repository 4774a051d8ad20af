package import CalendarCore
import Foundation
package import ProviderKit

extension ConferenceProviderID {
  /// NAME.
  package static let lower = Self(rawValue: "UPPER")
}

/// NAME: say here which API, which version, and where it is documented.
package struct NAMEProvider: KeepsConferences {
  package static let defaultAPIURL = "https://api.example.com"

  package let providerID = ConferenceProviderID.lower
  package let displayName = "NAME"
  package let iconKey = "lower"
  private let apiKey: String
  private let apiURL: String
  private let http: ProviderHTTP
  private let clock: WallClock

  package init(apiKey: String, apiURL: String = Self.defaultAPIURL, http: ProviderHTTP, clock: WallClock) {
    self.apiKey = apiKey
    self.apiURL = apiURL
    self.http = http
    self.clock = clock
  }

  package func availability(
    for account: ConnectedAccount,
    channel: CalendarChannel
  ) -> ConferenceAvailability { .available }

  package func createConference(
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) -> ConferenceCreation {
    // The same `options.requestID` must find what an earlier request has made: give it as the key that the API takes, or
    // put it where it can be found, and look first.
    throw .rejected(reason: "Not written yet.")
  }

  package func updateConference(
    _ conference: KeptConference,
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) { throw .rejected(reason: "Not written yet.") }

  package func deleteConference(
    _ conference: KeptConference,
    session: AccountSession?
  ) async throws(ProviderError) { throw .rejected(reason: "Not written yet.") }
}
