package import CalendarCore
package import Foundation
import ICalendar
import ProviderKit

extension GoogleCalendarProvider: ChangeFeedProvider {
  package func changes(
    in calendarExternalID: String,
    since position: ChangePosition?,
    session: AccountSession
  ) async throws(ProviderError) -> RemoteChangePage {
    let place = try position.map { position throws(ProviderError) in try ListPlace(position) } ?? ListPlace()
    let list = try await client.list(place.query, calendar: calendarExternalID, session: session)
    guard let next = place.following(list) else {
      throw .malformedReply(reason: Messages.listWithoutNextPage)
    }
    let isLast = list.wire.nextPageToken == nil
    return RemoteChangePage(
      list.items.map(RemoteEventChange.init)
        + list.unreadable.map { .unreadable(externalID: $0, reason: Messages.fieldsUnreadable) },
      next: next.position,
      isLast: isLast
    )
  }
}

extension GoogleCalendarProvider: FreeBusyProvider {
  /// From the events themselves: `freeBusy` asks for a scope of its own.
  package func busyTimes(
    in calendarExternalID: String,
    from start: Date,
    to end: Date,
    session: AccountSession
  ) async throws(ProviderError) -> [DateInterval] {
    var query = [
      ("singleEvents", "true"), ("maxResults", "2500"), ("timeMin", start.rfc3339), ("timeMax", end.rfc3339),
    ]
    var busy: [DateInterval] = []
    // More meetings than a quarter of a million are no calendar; and an end, if the pages go in a circle.
    for _ in 0..<100 {
      let list = try await client.list(query, calendar: calendarExternalID, session: session)
      // Whole days are meant where the calendar is.
      let zone = list.wire.timeZone.flatMap { Zone($0) } ?? .utc
      busy += list.items.filter { $0.wire.takesTime }.compactMap { $0.wire.interval(in: zone) }
      guard let page = list.wire.nextPageToken else { break }
      query.removeAll { $0.0 == "pageToken" }
      query.append(("pageToken", page))
    }
    return busy.joined(within: DateInterval(start: start, end: max(start, end)))
  }
}

/// Where in which list we are: `changes` goes from page to page, and from one round to the next.
private struct ListPlace: Codable {
  /// Ends the round before; none at the first.
  var sync: String?
  /// The next page of this round.
  var page: String?

  init() {}

  init(_ position: ChangePosition) throws(ProviderError) {
    guard let place = try? JSONDecoder().decode(Self.self, from: Data(position.text.utf8)) else {
      throw .gone
    }
    self = place
  }

  var position: ChangePosition {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return ChangePosition(String(decoding: (try? encoder.encode(self)) ?? Data(), as: UTF8.self))
  }

  /// With a page goes what the first page was asked with.
  var query: [(String, String)] {
    [("maxResults", "250")]
      + [("syncToken", sync), ("pageToken", page)].compactMap { name, value in
        value.map { (name, $0) }
      }
  }

  func following(_ list: StoredEventList) -> ListPlace? {
    var next = self
    next.page = list.wire.nextPageToken
    if next.page == nil {
      guard let sync = list.wire.nextSyncToken else { return nil }
      next.sync = sync
    }
    return next
  }
}

extension RemoteEventChange {
  fileprivate init(_ stored: StoredEvent) {
    let place = RemoteEvent.Locator(
      externalID: stored.wire.id,
      seriesExternalID: stored.wire.recurringEventId,
      originalStart: stored.wire.originalStart
    )
    if place.seriesExternalID != nil, place.originalStart == nil {
      self = .unreadable(externalID: place.externalID, reason: Messages.occurrenceUnknown)
    } else if stored.isDeleted {
      self = .deleted(place)
    } else {
      do throws(ProviderError) { self = .event(RemoteEvent(try ProviderEvent(stored), at: place)) } catch {
        self = .unreadable(externalID: place.externalID, reason: Messages.noTime)
      }
    }
  }
}

extension WireEvent {
  fileprivate var takesTime: Bool {
    status != "cancelled" && availability != .free && ownAttendee?.responseStatus != "declined"
  }

  fileprivate func interval(in zone: Zone) -> DateInterval? {
    guard let timing = EventTiming(start, end) else { return nil }
    let (start, end) = (timing.startInstant(in: zone), timing.endInstant(in: zone))
    return end > start ? DateInterval(start: start, end: end) : nil
  }
}
