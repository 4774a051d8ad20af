package import CalendarCore
import Foundation

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
    for account: ConnectedAccount, channel: CalendarChannel
  ) -> ConferenceAvailability { .available }

  package func createConference(
    _ options: CreateConferenceOptions
  ) async throws(ProviderError) -> ConferenceCreation {
    guard let link = options.customLink, !link.isEmpty else {
      throw .rejected(reason: "Enter the link of the video conference.")
    }
    return .ready(Conference(link: try Self.checked(link)))
  }

  /// Guests will click it: it must be what it looks like, and nothing that a browser or a calendar would run.
  private static func checked(_ link: String) throws(ProviderError) -> String {
    guard link.utf8.count <= 2048 else {
      throw .rejected(reason: "The conference link is longer than 2048 characters.")
    }
    let isPlain = link.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator, .spaceSeparator: false
      default: !scalar.properties.isWhitespace && scalar != "\\"
      }
    }
    guard isPlain else {
      throw .rejected(reason: "The conference link may not contain spaces or control characters.")
    }
    guard let parts = URLComponents(string: link), parts.scheme?.lowercased() == "https" else {
      throw .rejected(reason: "The conference link must start with https://.")
    }
    guard parts.user == nil, parts.password == nil, !hasUserInfo(link) else {
      throw .rejected(reason: "The conference link may not contain a user name or password.")
    }
    guard let host = parts.host, !host.isEmpty else {
      throw .rejected(reason: "The conference link must name a server.")
    }
    return link
  }

  /// Looked for in the text as well: parsers differ on where an authority ends.
  private static func hasUserInfo(_ link: String) -> Bool {
    link.drop { $0 != "/" }.drop { $0 == "/" }.prefix { !"/?#".contains($0) }.contains("@")
  }
}
