package import CalendarCore
package import ICalendar
import JSONModel
package import ProviderKit

extension AccountProviderID {
  /// TemplateOAuthCalendar.
  package static let templateOAuthCalendar = Self(rawValue: "TEMPLATE_OAUTH_CALENDAR")
}

/// TemplateOAuthCalendar, by its API v1.
package struct TemplateOAuthCalendarProvider: CalendarProvider {
  package static let defaultAPIURL = "https://api.example.com"
  package static let defaultOAuthURL = "https://accounts.example.com"

  package let providerID = AccountProviderID.templateOAuthCalendar
  package let displayName = "TemplateOAuthCalendar"
  package let maximumAttendees = 100

  let client: TemplateOAuthCalendarClient
  let oauthURL: String
  package let oauth: OAuthClient

  package init(
    clientID: String,
    clientSecret: String,
    apiURL: String = Self.defaultAPIURL,
    oauthURL: String = Self.defaultOAuthURL,
    http: ProviderHTTP,
    clock: WallClock
  ) {
    self.oauthURL = oauthURL
    oauth = OAuthClient(
      tokenURL: "\(oauthURL)/token",
      clientID: clientID,
      clientSecret: clientSecret,
      http: http,
      clock: clock
    )
    client = TemplateOAuthCalendarClient(
      apiURL: apiURL,
      http: AuthorizedHTTP(http: http, client: oauth, clock: clock),
      clock: clock
    )
  }

  package func canWrite(_ account: ConnectedAccount) -> Bool {
    account.grantedScopes.contains(Self.writingScope)
  }

  package func recurrenceProblem(_ recurrence: [String], timing: EventTiming) -> String? {
    recurrence.isEmpty ? nil : Messages.noRecurrence
  }

  package func createEvent(
    _ draft: ProviderEventDraft,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    let path = Self.path(draft.calendarExternalID, draft.eventID.description)
    let wanted = try JSON(draft)
    let stored: JSON
    do { stored = try await client.create(path, wanted, session: session) } catch .conflict {
      // The id is ours and made for this event alone: an earlier attempt has made it.
      stored = try await client.event(path, session: session)
    }
    return try ProviderEvent(stored, session.account)
  }

  package func event(
    _ reference: ProviderEventReference,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    guard reference.originalStart == nil else { throw .notFound }
    return try ProviderEvent(try await client.event(Self.path(reference), session: session), session.account)
  }

  package func updateEvent(
    _ reference: ProviderEventReference,
    current: ProviderEvent,
    change: ProviderEventChange,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    guard let members = try JSON(change, of: current) else { return current }
    let stored = try await client.update(
      Self.path(reference),
      members,
      etag: current.etag,
      session: session
    )
    return try ProviderEvent(stored, session.account)
  }

  package func deleteEvent(
    _ reference: ProviderEventReference,
    notifyAttendees: Bool,
    session: AccountSession
  ) async throws(ProviderError) {
    guard reference.originalStart == nil else { throw .notFound }
    let query = "notify=\(notifyAttendees)"
    try await client.delete("\(Self.path(reference))?\(query)", session: session)
  }

  private static func path(_ reference: ProviderEventReference) -> String {
    path(reference.calendarExternalID, reference.externalID ?? reference.eventID.description)
  }

  private static func path(_ calendar: String, _ event: String) -> String {
    "/calendars/\(FormEncoding.encode(calendar))/events/\(FormEncoding.encode(event))"
  }
}
