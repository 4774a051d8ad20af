import CalendarCore
import Foundation
import ICalendar

/// Applies what a caller wants changed to a version of an event, checking all that can be checked without asking
/// anyone.
struct EventEdit {
  let input: UpdateEventInput
  let account: ConnectedAccount
  let channel: CalendarChannel
  let provider: any CalendarProvider
  let conferences: AvailableConferenceProviders
  let flags: FeatureFlags
  /// All accounts of the calendar's owner.
  let ownAccounts: [ConnectedAccount]
  /// For another choice of conference.
  let requestID: String

  func applied(to version: EventVersion, organizer: CalendarEventParticipant?) throws -> EventVersion {
    var edited = version
    if let text = input.title {
      guard let title = try EventText.title(text) else {
        throw InvalidInput("title", Messages.Events.titleMissing)
      }
      edited.content.title = title
    }
    // What is kept stays as it is, whatever another program wrote there.
    if case .set(let text) = input.details { edited.content.details = try EventText.details(text) }
    if case .set(let text) = input.location { edited.content.location = try EventText.location(text) }
    edited.content.timing = try timing(from: version.content.timing)
    if let attendees = input.attendees {
      edited.content.attendees = try self.attendees(attendees, known: version.content.attendees, organizer)
    }
    if let lines = input.recurrence { edited.content.recurrence = lines }
    edited.conference = try conference(from: version.conference)
    try provider.checkTexts(of: edited, over: version)
    return edited
  }

  private func timing(from old: EventTiming) throws -> EventTiming {
    guard input.changesTiming else { return old }
    let isFullDay = input.isFullDay ?? old.isAllDay
    let zone = try EventTimingRules.zone(input.timeZone, default: old.zone ?? .utc)
    guard isFullDay == old.isAllDay || (input.startsAt != nil && input.endsAt != nil) else {
      throw InvalidInput("startsAt", Messages.Events.timesMissing)
    }
    let length = old.endInstant(in: .utc).timeIntervalSince(old.startInstant(in: .utc))
    let start = input.startsAt ?? RequestedInstant(startOf: old)
    // With another start alone, the meeting is as long as it was.
    let end =
      input.endsAt
      ?? (input.startsAt == nil ? RequestedInstant(endOf: old) : start.adding(length, days: isFullDay))
    return try EventTimingRules.timing(
      from: start,
      to: end,
      isFullDay: isFullDay,
      zone: zone,
      canBeMoment: length == 0
    )
  }

  /// A guest who is known already keeps their response.
  private func attendees(
    _ wanted: [CreateEventInput.Attendee],
    known: [CalendarEventParticipant],
    _ organizer: CalendarEventParticipant?
  ) throws -> [CalendarEventParticipant] {
    let organizer =
      organizer
      ?? CalendarEventParticipant(handle: account.handle, isOrganizer: true, responseStatus: .accepted)
    let participants = try AttendeeRules.participants(
      wanted,
      organizer: organizer,
      limit: provider.maximumAttendees
    )
    return participants.filter { !$0.isOrganizer }.map { attendee in
      guard let before = known.first(where: { $0.handle == attendee.handle }) else { return attendee }
      var kept = before
      kept.displayName = attendee.displayName ?? before.displayName
      return kept
    }
  }

  /// Another choice, or another link of one's own, is a conference to be made.
  private func conference(from old: EventConference) throws -> EventConference {
    let id = input.conferenceProviderID ?? old.providerID
    let link = input.customConferenceLink
    let isSameLink =
      link == nil || link?.trimmed == old.link || (link?.trimmed.isEmpty == true && old.link == nil)
    // One that failed and is chosen again is tried again.
    guard id != old.providerID || !isSameLink || (input.conferenceProviderID != nil && old.status == .failure)
    else { return old }
    return try conferences.choice(
      id,
      link: link ?? (id == old.providerID ? old.link : nil),
      account: account,
      channel: channel,
      flags: flags,
      requestID: requestID,
      accounts: ownAccounts
    )
  }
}

extension EventTiming {
  var zone: Zone? {
    switch self {
    case .allDay: nil
    case .timed(let start, _): start.zone
    }
  }

  /// A whole day is over when it is over everywhere: twelve hours later than in UTC.
  func isOver(at now: Date) -> Bool {
    endInstant(in: .utc).addingTimeInterval(isAllDay ? 12 * 3600 : 0) <= now
  }
}

extension RequestedInstant {
  init(startOf timing: EventTiming) {
    switch timing {
    case .allDay(let start, _):
      self.init(instant: timing.startInstant(in: .utc), writtenDate: start)
    case .timed(let start, _):
      self.init(instant: start.instant, writtenDate: start.local.date)
    }
  }

  init(endOf timing: EventTiming) {
    switch timing {
    case .allDay(_, let end): self.init(instant: timing.endInstant(in: .utc), writtenDate: end)
    case .timed(_, let end): self.init(instant: end.instant, writtenDate: end.local.date)
    }
  }

  func adding(_ seconds: TimeInterval, days isFullDay: Bool) -> RequestedInstant {
    RequestedInstant(
      instant: instant.addingTimeInterval(seconds),
      writtenDate: isFullDay ? writtenDate.adding(days: Int((seconds / 86_400).rounded())) : writtenDate
    )
  }
}
