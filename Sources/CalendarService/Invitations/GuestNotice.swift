import CalendarCore
import Foundation
import ICalendar

/// The message that one guest gets after an event changed since it was announced.
struct GuestNotice: Hashable {
  let guest: CalendarEventParticipant
  let content: Content

  enum Content: Hashable {
    /// Asks the guest to the event as it is now, with every occurrence that differs (RFC 5546 §3.2.2).
    case event
    /// Asks the guest to some occurrences.
    case occurrences([OriginalStart])
    /// The event does not take place (RFC 5546 §3.2.5).
    case cancellation
    /// Some occurrences do not take place.
    case canceledOccurrences([OriginalStart])
    /// The event takes place without the guest.
    case removal
    /// Some occurrences take place without the guest.
    case removalFromOccurrences([OriginalStart])

    /// Whether something does not take place.
    var isCancellation: Bool {
      switch self {
      case .cancellation, .canceledOccurrences: true
      case .event, .occurrences, .removal, .removalFromOccurrences: false
      }
    }

    /// The occurrences that it is about; nil for the whole event.
    var starts: [OriginalStart]? {
      switch self {
      case .occurrences(let starts), .canceledOccurrences(let starts), .removalFromOccurrences(let starts):
        starts
      case .event, .cancellation, .removal: nil
      }
    }
  }

  /// The notices to all guests who are concerned, those that end something first; `after` is nil where the event is
  /// deleted.
  ///
  /// A change of the series is told by one message, which holds its exceptions. A change of the guest list alone is told
  /// to those who are new in it or no longer in it.
  static func between(_ before: EventAnnouncement?, and after: EventAnnouncement?) -> [GuestNotice] {
    let isChanged = before.flatMap { old in after.map { $0.version.differs(from: old.version) } } ?? false
    let starts = starts(before, after)
    return guests(before, after).flatMap { guest in
      let view = GuestView(
        guest: guest.handle,
        before: before,
        after: after,
        starts: starts,
        isSeriesChanged: isChanged
      )
      return view.notices.map { GuestNotice(guest: guest, content: $0) }
    }
  }

  /// The occurrences that differ from the series, or do not take place, before or after.
  private static func starts(_ before: EventAnnouncement?, _ after: EventAnnouncement?) -> [OriginalStart] {
    let all = [before, after].compactMap(\.self).flatMap { Array($0.exceptions.keys) + Array($0.exclusions) }
    return Set(all).sorted { $0.instant < $1.instant }
  }

  /// Everyone who was or is invited to something, by address, as they are named now.
  private static func guests(
    _ before: EventAnnouncement?,
    _ after: EventAnnouncement?
  ) -> [CalendarEventParticipant] {
    var found: [EmailAddress: CalendarEventParticipant] = [:]
    for announcement in [before, after].compactMap(\.self) {
      for version in announcement.exceptions.values + [announcement.version] {
        for guest in version.content.attendees { found[guest.handle] = guest }
      }
    }
    return found.values.sorted { $0.handle.normalized < $1.handle.normalized }
  }
}

/// The two announcements as they concern one guest.
private struct GuestView {
  let guest: EmailAddress
  let before: EventAnnouncement?
  let after: EventAnnouncement?
  /// See `GuestNotice.starts(_:_:)`.
  let starts: [OriginalStart]
  let isSeriesChanged: Bool

  var notices: [GuestNotice.Content] {
    let wasInSeries = before?.version.invites(guest) ?? false
    let isInSeries = after?.version.invites(guest) ?? false
    var notices: [GuestNotice.Content] = []
    let hasLostSeries = wasInSeries && !isInSeries
    if hasLostSeries { notices.append(after == nil ? .cancellation : .removal) }
    // The message about the series names what is left out of it.
    let isToldOfSeries = isInSeries && (!wasInSeries || isSeriesChanged || isAskedBack)
    if !hasLostSeries {
      let canceled = isToldOfSeries ? [] : canceled
      if !canceled.isEmpty { notices.append(.canceledOccurrences(canceled)) }
      if !removed.isEmpty { notices.append(.removalFromOccurrences(removed)) }
    }
    if isToldOfSeries {
      notices.append(.event)
    } else {
      let asked = hasLostSeries ? invited : changed
      if !asked.isEmpty { notices.append(.occurrences(asked)) }
    }
    return notices
  }

  /// The differing occurrences that the guest is invited to now.
  private var invited: [OriginalStart] { starts.filter { after?.exceptions[$0]?.invites(guest) == true } }

  /// Those of them that the guest does not know as they are.
  private var changed: [OriginalStart] {
    invited.filter { start in
      guard let new = after?.exceptions[start] else { return false }
      guard let old = before?.version(at: start, like: new), old.invites(guest) else { return true }
      return new.differs(from: old)
    }
  }

  /// The occurrences that the guest was invited to and that are canceled: excluded, or gone with a part of the series.
  private var canceled: [OriginalStart] {
    starts.filter { start in
      guard wasInvited(start) else { return false }
      guard let after else { return true }
      if after.exclusions.contains(start) { return true }
      return after.exceptions[start] == nil && !after.version.invites(guest)
    }
  }

  /// The occurrences that take place without the guest, who was invited to them.
  private var removed: [OriginalStart] {
    starts.filter { wasInvited($0) && after?.exceptions[$0]?.invites(guest) == false }
  }

  /// Whether an occurrence takes place with the guest again that was left out for them.
  ///
  /// The guest's copy of the series may exclude it (EXDATE), and many calendars show nothing that is excluded, whatever a
  /// message about that occurrence alone says.
  private var isAskedBack: Bool { starts.contains { !wasInvited($0) && isInvited($0, in: after) } }

  private func wasInvited(_ start: OriginalStart) -> Bool { isInvited(start, in: before) }

  private func isInvited(_ start: OriginalStart, in announcement: EventAnnouncement?) -> Bool {
    guard let announcement, !announcement.exclusions.contains(start) else { return false }
    return (announcement.exceptions[start] ?? announcement.version).invites(guest)
  }
}

extension EventAnnouncement {
  /// The occurrence as it was announced; nil where it does not take place.
  ///
  /// One that is as its series has the time of `other` if that is the time that the rules give it.
  fileprivate func version(at start: OriginalStart, like other: EventVersion) -> EventVersion? {
    guard !exclusions.contains(start) else { return nil }
    if let exception = exceptions[start] { return exception }
    var occurrence = version
    occurrence.content.recurrence = []
    let (own, plain) = (other.content.timing, version.content.timing)
    let isPlain =
      own.isAllDay == plain.isAllDay && own.startInstant(in: .utc) == start.instant
      && own.length == plain.length
    if isPlain { occurrence.content.timing = own }
    return occurrence
  }
}

extension EventTiming {
  fileprivate var length: TimeInterval { endInstant(in: .utc).timeIntervalSince(startInstant(in: .utc)) }
}

extension EventVersion {
  fileprivate func invites(_ guest: EmailAddress) -> Bool {
    content.attendees.contains { $0.handle == guest }
  }

  /// Whether something else than the list of guests and their responses is different.
  fileprivate func differs(from old: EventVersion) -> Bool {
    !EventMerge.difference(from: old, to: self).subtracting([.attendees]).isEmpty
  }
}
