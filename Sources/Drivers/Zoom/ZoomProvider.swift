package import CalendarCore
import Foundation
package import ProviderKit

extension ConferenceProviderID {
  /// Zoom.
  package static let zoom = Self(rawValue: "ZOOM")
}

extension AccountProviderID {
  /// An account at Zoom, which has no calendar.
  package static let zoom = Self(rawValue: "ZOOM")
}

/// Zoom meetings, by API v2, made with a Zoom account of the member's own.
package struct ZoomProvider: StandaloneConferenceProvider {
  package let providerID = ConferenceProviderID.zoom
  package let displayName = "Zoom"
  package let icon = ProviderIcon(
    key: "zoom",
    shapes: """
      <rect x="2" y="6" width="13" height="12" rx="3" fill="#2563eb"/>\
      <path d="M16.5 11l5.5-3.5v9L16.5 13z" fill="#2563eb"/>
      """
  )
  package let ownAccountProviderID: AccountProviderID? = .zoom

  let configuration: ZoomConfiguration
  let client: ZoomClient
  package let oauth: OAuthClient

  package init(configuration: ZoomConfiguration, http: ProviderHTTP, clock: WallClock) {
    self.configuration = configuration
    oauth = OAuthClient(
      tokenURL: "\(configuration.oauthURL)/oauth/token",
      clientID: configuration.clientID,
      clientSecret: configuration.clientSecret,
      authentication: .basic,
      http: http,
      clock: clock
    )
    client = ZoomClient(
      apiURL: configuration.apiURL,
      http: AuthorizedHTTP(http: http, client: oauth, clock: clock),
      clock: clock
    )
  }

  package func createConference(
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) -> ConferenceCreation {
    let session = try Self.required(session)
    // Zoom takes no key of ours that would make a repeated request harmless, so it is looked for first.
    if let made = try await client.find(options.requestID, session) {
      return .ready(try Conference(try await client.meeting(made, session)))
    }
    return .ready(try Conference(try await client.create(ZoomMeeting.body(options), session)))
  }

  package func updateConference(
    _ conference: StandaloneConference,
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) {
    let session = try Self.required(session)
    guard let id = try await id(of: conference, session) else { throw .notFound }
    try await client.update(id, ZoomMeeting.body(options), session)
  }

  package func deleteConference(
    _ conference: StandaloneConference,
    session: AccountSession?
  ) async throws(ProviderError) {
    let session = try Self.required(session)
    guard let id = try await id(of: conference, session) else { return }
    do { try await client.delete(id, session) } catch .notFound {
      // What was to be reached.
    }
  }

  private func id(
    of conference: StandaloneConference,
    _ session: AccountSession
  ) async throws(ProviderError) -> String? {
    if let id = conference.conferenceID { return id }
    return try await client.find(conference.requestID, session)
  }

  private static func required(_ session: AccountSession?) throws(ProviderError) -> AccountSession {
    guard let session else { throw .authExpired(reason: Messages.notConnected) }
    return session
  }
}

extension Conference {
  fileprivate init(_ meeting: ZoomMeeting) throws(ProviderError) {
    guard let link = try? ConferenceLink(meeting.joinURL) else {
      throw .malformedReply(reason: Messages.invalidLink)
    }
    self.init(link: link.text, conferenceID: meeting.id, passcode: meeting.password)
  }
}
