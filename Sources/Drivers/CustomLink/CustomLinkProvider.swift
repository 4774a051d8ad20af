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
    _ options: CreateConferenceOptions
  ) async throws(ProviderError) -> ConferenceCreation {
    let link: ConferenceLink
    do throws(ConferenceLink.Problem) { link = try ConferenceLink(options.customLink ?? "") } catch {
      throw .rejected(reason: error.message)
    }
    guard Self.isWhatItLooksLike(link.text) else {
      throw .rejected(reason: "The video link contains invisible characters or a backslash.")
    }
    return .ready(Conference(link: link.text))
  }

  /// Guests will click it.
  ///
  /// Directional marks make one address look like another, and browsers read a backslash as a slash where
  /// others do not (WHATWG URL §4.4), so that the host would depend on the reader.
  private static func isWhatItLooksLike(_ link: String) -> Bool {
    link.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned: false
      default: scalar != "\\"
      }
    }
  }
}
