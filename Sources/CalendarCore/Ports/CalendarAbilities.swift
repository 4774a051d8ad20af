package import Foundation

/// A calendar driver that can answer invitations.
package protocol InvitationResponder: CalendarProvider {
  /// Answers for the account's owner; the organizer hears of it in the provider's own way, once.
  ///
  /// `current` was just read. Throws `.conflict` when it is no longer the provider's version, `.gone` or `.notFound` when
  /// nothing is, `.rejected` when the owner is not invited. The same answer again changes nothing.
  func respond(
    _ reference: ProviderEventReference,
    current: ProviderEvent,
    response: CalendarEventResponseStatus,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent
}

/// A calendar driver that can tell what has changed in a calendar.
package protocol ChangeFeedProvider: CalendarProvider {
  /// One page of what has changed since `position`; nil begins with all that is there.
  ///
  /// A page may repeat what another told, and may be empty. Throws `.gone` when the provider does not know the position
  /// now: then everything has to be listed again.
  func changes(
    in calendarExternalID: String,
    since position: ChangePosition?,
    session: AccountSession
  ) async throws(ProviderError) -> RemoteChangePage
}

/// How far a calendar was read: the provider's own words, to be kept as they are.
package struct ChangePosition: Sendable, Hashable {
  package var text: String

  package init(_ text: String) { self.text = text }
}

/// A page of changes.
package struct RemoteChangePage: Sendable, Hashable {
  package var changes: [RemoteEventChange]
  /// From where to go on.
  package var next: ChangePosition
  /// Whether there is nothing more to be told for now.
  package var isLast: Bool

  package init(_ changes: [RemoteEventChange], next: ChangePosition, isLast: Bool) {
    self.changes = changes
    self.next = next
    self.isLast = isLast
  }
}

/// One thing that has changed in a calendar.
package enum RemoteEventChange: Sendable, Hashable {
  /// Made or changed: an event, a series, or one occurrence that differs from its series.
  case event(RemoteEvent)
  /// Deleted; for an occurrence, taken out of its series.
  case deleted(RemoteEvent.Locator)
  /// There is something that the driver cannot read; the reason has no personal data.
  case unreadable(externalID: String, reason: String)
}

/// An event in a list of changes.
package struct RemoteEvent: Sendable, Hashable {
  /// Which event it is.
  package struct Locator: Sendable, Hashable {
    /// The provider's id of the event itself; for an occurrence, its own where it has one.
    package var externalID: String
    /// The series of an occurrence.
    package var seriesExternalID: String?
    package var originalStart: OriginalStart?

    package init(
      externalID: String,
      seriesExternalID: String? = nil,
      originalStart: OriginalStart? = nil
    ) {
      self.externalID = externalID
      self.seriesExternalID = seriesExternalID
      self.originalStart = originalStart
    }
  }

  package var locator: Locator
  package var event: ProviderEvent

  package init(_ event: ProviderEvent, at locator: Locator) {
    self.event = event
    self.locator = locator
  }
}

/// A calendar driver that can tell when an account is busy.
package protocol FreeBusyProvider: CalendarProvider {
  /// When the calendar is taken between two instants, by start, touching and overlapping times joined.
  ///
  /// Events that are canceled, or shown as free, take no time.
  func busyTimes(
    in calendarExternalID: String,
    from start: Date,
    to end: Date,
    session: AccountSession
  ) async throws(ProviderError) -> [DateInterval]
}

extension [DateInterval] {
  /// Within the bounds, by start, those that touch or overlap joined.
  package func joined(within bounds: DateInterval) -> [DateInterval] {
    compactMap { interval -> DateInterval? in
      guard interval.start < bounds.end, interval.end > bounds.start else { return nil }
      return DateInterval(
        start: Swift.max(interval.start, bounds.start),
        end: Swift.min(interval.end, bounds.end)
      )
    }
    .sorted { $0.start < $1.start }
    .reduce(into: []) { joined, interval in
      guard let last = joined.last, interval.start <= last.end else { return joined.append(interval) }
      joined[joined.count - 1] = DateInterval(start: last.start, end: Swift.max(last.end, interval.end))
    }
  }
}
