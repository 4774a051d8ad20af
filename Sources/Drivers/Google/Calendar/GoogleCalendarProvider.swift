package import CalendarCore
package import ProviderKit

extension AccountProviderID {
  /// Google Calendar.
  package static let google = Self(rawValue: "GOOGLE")
}

/// Google Calendar, by its API v3.
package struct GoogleCalendarProvider: CalendarProvider {
  package let providerID = AccountProviderID.google
  package let displayName = "Google Calendar"
  package let icon = ProviderIcon(
    key: "google-calendar",
    shapes: """
      <rect x="3" y="4" width="18" height="17" rx="3" fill="#1d4ed8"/>\
      <rect x="6" y="9" width="12" height="9" rx="1" fill="#fff"/><path d="M9 13.5l2 2 4-4" fill="none" \
      stroke="#1d4ed8" stroke-width="2"/>
      """
  )
  /// support.google.com/a/answer/2905486: beyond it Google refuses the event.
  package let maximumAttendees = 200
  /// Calendar API quotas: 600 requests a minute for each user and 10,000 for each project; a run makes up to three.
  package let requestLimits = RequestLimits(
    perAccount: .init(200, perSeconds: 60),
    perProvider: .init(3300, perSeconds: 60)
  )

  let configuration: GoogleConfiguration
  let client: GoogleClient
  package let oauth: OAuthClient
  private let clock: WallClock
  /// Shared by all that speaks for an account, so that its tokens are renewed once.
  let authorized: AuthorizedHTTP

  package init(configuration: GoogleConfiguration, http: ProviderHTTP, clock: WallClock) {
    self.configuration = configuration
    self.clock = clock
    oauth = OAuthClient(
      tokenURL: configuration.tokenURL,
      clientID: configuration.clientID,
      clientSecret: configuration.clientSecret,
      http: http,
      clock: clock
    )
    authorized = AuthorizedHTTP(http: http, client: oauth, clock: clock)
    client = GoogleClient(apiURL: configuration.apiURL, http: authorized, clock: clock)
  }

  /// Mail of the same accounts, with the same tokens.
  package var mailTransport: any MailTransport {
    GmailTransport(apiURL: configuration.apiURL, http: authorized, clock: clock)
  }

  package func canWrite(_ account: ConnectedAccount) -> Bool { GoogleScope.canWrite(account.grantedScopes) }

  package func createEvent(
    _ draft: ProviderEventDraft,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    let wanted = WireEvent(draft)
    let answer = try await client.insert(
      wanted,
      calendar: draft.calendarExternalID,
      notifyAttendees: draft.notifyAttendees,
      session: session
    )
    let stored =
      switch answer {
      case .made(let event): event
      case .exists: try await existing(wanted, draft, session: session)
      }
    var event = try ProviderEvent(stored)
    // Asked for and not even pending: Google dropped the wish, and will not make it true later.
    if case .withEvent = draft.conference, event.conference == nil { event.conference = .failure }
    return event
  }

  /// The event that has our id already: ours when it bears our mark, made by an attempt whose answer was lost.
  private func existing(
    _ wanted: WireEvent,
    _ draft: ProviderEventDraft,
    session: AccountSession
  ) async throws(ProviderError) -> StoredEvent {
    let stored = try await client.event(wanted.id, calendar: draft.calendarExternalID, session: session)
    // Of a deleted event only the id is certain, so this comes before the mark.
    guard !stored.isDeleted else { throw .gone }
    guard stored.wire.mark == draft.eventID.description else {
      throw .rejected(reason: Messages.idTaken)
    }
    return stored
  }
}
