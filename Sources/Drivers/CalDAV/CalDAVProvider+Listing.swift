package import CalendarCore
package import Foundation
import ICalendar
import ProviderKit

extension CalDAVProvider: ChangeFeedProvider {
  /// How many events are read at a time.
  private static let pageSize = 100

  package func changes(
    in calendarExternalID: String,
    since position: ChangePosition?,
    session: AccountSession
  ) async throws(ProviderError) -> RemoteChangePage {
    let (calendar, client) = (try Self.address(calendarExternalID), try await client(session))
    var place = CalendarPosition()
    if let position { place = try CalendarPosition(position) }
    let round = try await Self.round(from: place, of: calendar, client)
    let left = round.changed.sorted().filter { href in place.toldTo.map { href > $0 } ?? true }
    let page = Array(left.prefix(Self.pageSize))
    let changes = try await Self.changes(of: page, in: calendar, for: session.account.handle, client)
    // Where the first page said the next round begins: what is changed while pages are turned comes with that.
    var next = round.next
    if place.toldTo != nil { next = CalendarPosition(token: place.nextToken, versions: place.nextVersions) }
    guard left.count > page.count else {
      return RemoteChangePage(changes, next: next.position, isLast: !round.isCut)
    }
    var middle = CalendarPosition(token: place.token, versions: place.versions)
    middle.toldTo = page.last
    middle.nextToken = next.token
    middle.nextVersions = next.versions
    return RemoteChangePage(changes, next: middle.position, isLast: false)
  }

  private static func round(
    from place: CalendarPosition,
    of calendar: WebAddress,
    _ client: CalDAVClient
  ) async throws(ProviderError) -> CalDAVClient.Round {
    if place.versions == nil, place.nextVersions == nil,
      let round = try await client.synchronization(of: calendar, since: place.token)
    {
      return round
    }
    // A server that has lost its synchronization state is listed again.
    guard place.token == nil else { throw .gone }
    return try await client.comparison(of: calendar, with: place.versions ?? [:])
  }

  private static func changes(
    of hrefs: [String],
    in calendar: WebAddress,
    for handle: EmailAddress,
    _ client: CalDAVClient
  ) async throws(ProviderError) -> [RemoteEventChange] {
    let found = try await client.objects(hrefs, of: calendar)
    let byAddress = Dictionary(
      found.compactMap { resource in calendar.resolving(resource.href).map { ($0, resource) } },
      uniquingKeysWith: { first, _ in first }
    )
    return hrefs.flatMap { href -> [RemoteEventChange] in
      guard let address = calendar.resolving(href), address.hasSameOrigin(as: calendar) else { return [] }
      guard let text = byAddress[address]?.property(.calDAV("calendar-data"))?.text else {
        return [.deleted(.init(externalID: address.text))]
      }
      return RemoteEventChange.all(in: text, at: address, byAddress[address]?.etag, for: handle)
    }
  }

  private static func address(_ calendar: String) throws(ProviderError) -> WebAddress {
    // Members are found relative to it (RFC 4918 §5.2).
    guard let address = WebAddress(calendar.hasSuffix("/") ? calendar : calendar + "/") else {
      throw .rejected(reason: Messages.calendarAddressInvalid)
    }
    return address
  }
}

extension CalDAVProvider: FreeBusyProvider {
  /// From the events themselves: not every server answers `free-busy-query`, and those that do count differently.
  package func busyTimes(
    in calendarExternalID: String,
    from start: Date,
    to end: Date,
    session: AccountSession
  ) async throws(ProviderError) -> [DateInterval] {
    let (calendar, client) = (try Self.address(calendarExternalID), try await client(session))
    let found = try await client.objects(of: calendar, from: start, to: end)
    return found.compactMap { $0.property(.calDAV("calendar-data"))?.text }
      .compactMap { try? EventResource(Array($0.utf8)) }
      .flatMap { $0.busyTimes(from: start, to: end, for: session.account.handle) }
      .joined(within: DateInterval(start: start, end: max(start, end)))
  }
}

extension Multistatus.Resource {
  fileprivate var etag: String? {
    property(.dav("getetag")).map(\.trimmedText).flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension RemoteEventChange {
  /// The content of an object: its event, and the occurrences that differ from it; nothing for a task.
  fileprivate static func all(
    in text: String,
    at address: WebAddress,
    _ etag: String?,
    for handle: EmailAddress
  ) -> [RemoteEventChange] {
    let octets = Array(text.utf8)
    guard octets.holdsEvent else { return [] }
    do throws(ProviderError) {
      let stored = try StoredObject(address: address, etag: etag, source: octets)
      var all: [RemoteEventChange] = [
        .event(RemoteEvent(try ProviderEvent(stored, for: handle), at: .init(externalID: address.text)))
      ]
      for override in stored.resource.overrides {
        guard let start = (override.event.recurrenceID?.time).map({ OriginalStart($0) }) else { continue }
        let place = RemoteEvent.Locator(
          externalID: address.text,
          seriesExternalID: address.text,
          originalStart: start
        )
        if override.event.status == .cancelled {
          all.append(.deleted(place))
        } else {
          all.append(.event(RemoteEvent(try ProviderEvent(stored, start, for: handle), at: place)))
        }
      }
      return all
    } catch {
      var reason = Messages.eventUnreadable
      if case .rejected(let rejection) = error { reason = rejection }
      return [.unreadable(externalID: address.text, reason: reason)]
    }
  }
}

extension [UInt8] {
  /// Whether there is a VEVENT in it, readable or not.
  fileprivate var holdsEvent: Bool {
    String(decoding: self, as: UTF8.self).uppercased().contains("BEGIN:VEVENT")
  }
}

extension EventResource {
  fileprivate func busyTimes(from start: Date, to end: Date, for handle: EmailAddress) -> [DateInterval] {
    let series = series
    return series.between(start, end).instances.compactMap { instance in
      let event = series.event(for: instance)
      guard event.status != .cancelled, event.transparency != .transparent,
        event.attendees.response(of: handle) != .declined
      else { return nil }
      let (from, to) = (instance.timing.startInstant(in: .utc), instance.timing.endInstant(in: .utc))
      return to > from ? DateInterval(start: from, end: to) : nil
    }
  }
}
