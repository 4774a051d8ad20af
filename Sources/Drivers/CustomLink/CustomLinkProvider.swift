package import CalendarCore

extension ConferenceProviderID {
  /// A link that the person brings along.
  package static let customLink = Self(rawValue: "CUSTOM_LINK")
}

/// Any video service whose link a person already has.
package struct CustomLinkProvider: ConferenceProvider {
  package let providerID = ConferenceProviderID.customLink
  package let displayName = "Custom link"
  package let iconKey = "link"
  package let requiresLink = true

  package init() {}

  package func availability(
    for account: ConnectedAccount,
    channel: CalendarChannel
  ) -> ConferenceAvailability { .available }

  package func createConference(
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) -> ConferenceCreation {
    do throws(ConferenceLink.Problem) {
      return .ready(Conference(link: try ConferenceLink(options.customLink ?? "").text))
    } catch {
      throw .rejected(reason: error.message)
    }
  }
}
