package import CalendarCore
import HTTPTypes
import ICalendar
package import ProviderKit

extension AccountProviderID {
  /// Any server that speaks CalDAV (RFC 4791).
  package static let calDAV = Self(rawValue: "CALDAV")
}

/// Calendars on any CalDAV server.
package struct CalDAVProvider: CalendarProvider {
  package let providerID = AccountProviderID.calDAV
  package let displayName = "CalDAV"
  package let icon = ProviderIcon(
    key: "caldav",
    shapes: """
      <rect x="3" y="4" width="18" height="17" rx="3" fill="#475569"/><circle cx="12" cy="13" r="5.5" fill="#fff"/>\
      <path d="M6.5 13h11M12 7.5c3.5 3.5 3.5 7.5 0 11-3.5-3.5-3.5-7.5 0-11" fill="none" stroke="#475569"/>
      """
  )
  /// No standard limit; servers that have one say so (`max-attendees-per-instance`).
  package let maximumAttendees = 200

  let http: ProviderHTTP
  let clock: WallClock

  /// `allowPrivateNetworks` lets addresses that users type lead into private networks.
  package init(http: ProviderHTTP, allowPrivateNetworks: Bool, clock: WallClock = .system) {
    self.init(
      http: http,
      addressGuard: AddressGuard(allowsPrivateNetworks: allowPrivateNetworks),
      clock: clock
    )
  }

  package init(http: ProviderHTTP, addressGuard: AddressGuard, clock: WallClock) {
    self.http = http.guarded(by: addressGuard)
    self.clock = clock
  }

  /// Whether a single calendar may be written is the channel's matter; there is nothing to grant to an account.
  package func canWrite(_ account: ConnectedAccount) -> Bool { true }

  package func createEvent(
    _ draft: ProviderEventDraft,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    let client = try await client(session)
    let object = try CalendarObject(draft, serverInvites: session.account.sendsInvitations)
    guard let calendar = WebAddress(draft.calendarExternalID),
      let address = calendar.member(of: draft.eventID)
    else { throw .rejected(reason: Messages.calendarAddressInvalid) }
    let (source, links) = (object.serialized(), draft.conference?.links ?? [])
    let response = try await client.send(
      "PUT",
      address.text,
      headers: [.ifNoneMatch: "*", .contentType: "text/calendar; charset=utf-8"],
      body: source
    )
    if response.isSuccess {
      let made = try StoredObject(
        address: address,
        etag: response.headers[values: .eTag].first,
        source: source
      )
      return try ProviderEvent(await client.settled(made), links: links, for: session.account.handle)
    }
    let found = try await existing(draft.iCalUID, at: address, refusal: response, client: client)
    return try ProviderEvent(found, links: links, for: session.account.handle)
  }

  /// Returns the object at the event's address: ours, when an earlier answer was lost.
  ///
  /// The UID alone tells (RFC 5545 §3.8.4.7), as ours is random: since that answer a phone may have renamed or
  /// moved the event, and the server have raised its SEQUENCE.
  private func existing(
    _ uid: String,
    at address: WebAddress,
    refusal: ProviderResponse,
    client: CalDAVClient
  ) async throws(ProviderError) -> StoredObject {
    let uidConflict = Precondition.all(in: refusal).first(where: \.isUIDConflict)
    guard uidConflict != nil || refusal.status == 412 else {
      // A new event whose calendar is gone is `.notFound`, as at every provider.
      throw try await client.isCalendarMissing(refusal, at: address) ? .notFound : client.error(refusal)
    }
    let holder = uidConflict?.href.flatMap(address.resolving) ?? address
    // The answer may name any address, but our credentials go to the server we talk to only.
    guard holder.hasSameOrigin(as: address) else { throw .conflict(etag: nil) }
    let stored: StoredObject
    do { stored = try await client.object(holder) } catch .notFound {
      throw .conflict(etag: nil)
    }
    guard stored.resource.master.event.uid == uid else { throw .conflict(etag: stored.etag) }
    return stored
  }

  func client(_ session: AccountSession) async throws(ProviderError) -> CalDAVClient {
    let login = try CalDAVClient.Login(await session.credentials())
    return CalDAVClient(http: http, login: login, clock: clock)
  }
}

extension WebAddress {
  /// A member of a collection; its URL may have come without the slash at the end (RFC 4918 §5.2).
  func member(_ name: String) -> WebAddress? {
    let base = text.hasSuffix("/") ? self : WebAddress(text + "/")
    return base?.resolving(name)
  }
}
