package import CalendarCore
package import ProviderKit

extension AccountProviderID {
  /// Microsoft 365.
  package static let microsoft = Self(rawValue: "MICROSOFT")
}

/// The calendar of Microsoft 365, by Graph v1.0.
package struct MicrosoftCalendarProvider: CalendarProvider {
  package let providerID = AccountProviderID.microsoft
  package let displayName = "Microsoft 365"
  package let icon = ProviderIcon(
    key: "microsoft-calendar",
    shapes: """
      <rect x="3" y="4" width="18" height="17" rx="3" fill="#0e7490"/>\
      <path d="M6 9h5v4H6zM13 9h5v4h-5zM6 15h5v3H6z" fill="#fff"/>
      """
  )
  package let maximumAttendees = 500
  /// 10,000 requests in ten minutes for each mailbox (learn.microsoft.com/graph/throttling-limits); a run makes up to
  /// three, and one more for whole days.
  package let requestLimits = RequestLimits(perAccount: .init(3000, perSeconds: 600))

  /// Graph mails the guests of whatever it stores; there is no way to say that it should not.
  package let supportsSilentUpdates = false

  /// Exchange drops all exceptions of a series whose time, pattern or range is written.
  package let keepsExceptions = false

  let configuration: MicrosoftConfiguration
  let client: GraphClient
  package let oauth: OAuthClient
  let clock: WallClock
  /// Shared by all that speaks for an account, so that its tokens are renewed once.
  let authorized: AuthorizedHTTP

  package init(configuration: MicrosoftConfiguration, http: ProviderHTTP, clock: WallClock) {
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
    client = GraphClient(graphURL: configuration.graphURL, http: authorized, clock: clock)
  }

  /// Mail of the same accounts, with the same tokens.
  package var mailTransport: any MailTransport {
    GraphMailTransport(graphURL: configuration.graphURL, http: authorized, clock: clock)
  }

  package func canWrite(_ account: ConnectedAccount) -> Bool {
    MicrosoftScope.canWrite(account.grantedScopes)
  }

  package func createEvent(
    _ draft: ProviderEventDraft,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    let wish = try GraphEventBody(draft, dayZone: try await dayZone(draft.timing, session))
    let made: GraphEvent
    switch try await client.create(wish.body, calendar: draft.calendarExternalID, session: session) {
    // The same `transactionId` again may answer with the event that is there, as it is now.
    case .made(let event): made = event.keeping(wish.properties)
    case .exists:
      made = try await client.event(ours(draft.eventID, in: draft.calendarExternalID, session), session)
    }
    var event = try await read(made, session)
    // Asked for and not even pending: the wish was dropped, and will not come true later.
    if case .withEvent = draft.conference, event.conference == nil { event.conference = .failure }
    return event
  }

  /// The id of the event that bears our mark.
  func ours(
    _ id: CalendarEvent.ID,
    in calendar: String,
    _ session: AccountSession
  ) async throws(ProviderError) -> String {
    guard let found = try await client.find(.mark, id.description, calendar: calendar, session: session)
    else {
      throw .notFound
    }
    return found
  }
}
