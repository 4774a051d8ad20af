package import CalendarCore

extension ConferenceProviderID {
  /// A link that the person brings along.
  package static let customLink = Self(rawValue: "CUSTOM_LINK")
}

/// Any video service whose link a person already has.
package struct CustomLinkProvider: ConferenceProvider {
  package let providerID = ConferenceProviderID.customLink
  package let displayName = "Custom link"
  package let icon = ProviderIcon(
    key: "link",
    shapes: """
      <path d="M10 14l4-4M8.5 11.5L6 14a3 3 0 0 0 4 4l2.5-2.5M15.5 12.5L18 10a3 3 0 0 0-4-4l-2.5 2.5" \
      fill="none" stroke="#475569" stroke-width="2" stroke-linecap="round"/>
      """
  )
  package let requiresLink = true

  package init() {}

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
