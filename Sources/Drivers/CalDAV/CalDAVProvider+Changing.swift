package import CalendarCore
import ICalendar
import ProviderKit

extension CalDAVProvider {
  package func event(
    _ reference: ProviderEventReference,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    let stored = try await client(session).object(try reference.address)
    return try ProviderEvent(
      stored,
      reference.originalStart,
      links: reference.conferenceLinks,
      for: session.account.handle
    )
  }

  package func updateEvent(
    _ reference: ProviderEventReference,
    current: ProviderEvent,
    change: ProviderEventChange,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    guard current.isOrganizer else {
      throw .forbidden(reason: Messages.notOrganizer)
    }
    guard !change.fields.isEmpty || change.conference != nil else { return current }
    let (address, client) = (try reference.address, try await client(session))
    var resource = try EventResource(current.source)
    try resource.apply(
      change,
      to: reference.originalStart,
      from: current,
      serverInvites: session.account.sendsInvitations
    )
    var etag = current.etag
    if etag == nil {
      // A server that tells no etag with a version may tell it now; its text says whether it is the same version.
      let stored = try await client.object(address)
      guard stored.source == current.source else { throw .conflict(etag: stored.etag) }
      etag = stored.etag
    }
    let stored = try await client.replace(address, etag: etag, with: resource.serialized())
    return try ProviderEvent(
      stored,
      reference.originalStart,
      links: change.links(over: current),
      for: session.account.handle
    )
  }

  package func deleteEvent(
    _ reference: ProviderEventReference,
    notifyAttendees: Bool,
    session: AccountSession
  ) async throws(ProviderError) {
    let (address, client) = (try reference.address, try await client(session))
    guard let start = reference.originalStart else { return try await client.delete(address) }
    // Removing an occurrence does not depend on other changes, so a newer version is no reason to give up.
    for attempt in 1... {
      let stored = try await client.object(address)
      var resource = stored.resource
      let leavesAny = try resource.exclude(start, at: clock.now)
      do throws(ProviderError) {
        if leavesAny {
          _ = try await client.replace(address, etag: stored.etag, with: resource.serialized())
        } else {
          try await client.delete(address, etag: stored.etag)
        }
        return
      } catch {
        guard case .conflict = error, attempt < 3 else { throw error }
      }
    }
  }
}

extension ProviderEvent {
  /// The link of the conference that it was read with.
  var link: String? { if case .success(let conference) = conference { conference.link } else { nil } }
}

extension ProviderEventChange {
  /// The link that the event has afterwards.
  fileprivate func links(over current: ProviderEvent) -> [String] {
    switch conference {
    case nil: [current.link].compactMap(\.self)
    case .set(let creation): creation.links
    case .remove: []
    }
  }
}

extension ConferenceCreation {
  /// The link, if the conference is made already.
  var links: [String] { if case .ready(let conference) = self { [conference.link] } else { [] } }
}

extension ProviderEventReference {
  /// The resource: as told, or as `createEvent` names it.
  var address: WebAddress {
    get throws(ProviderError) {
      let address = externalID.map { WebAddress($0) } ?? WebAddress(calendarExternalID)?.member(of: eventID)
      guard let address else { throw .rejected(reason: Messages.eventAddressInvalid) }
      return address
    }
  }
}

extension WebAddress {
  /// Where an event of ours is in a calendar.
  func member(of event: CalendarEvent.ID) -> WebAddress? { member("\(event).ics") }
}
