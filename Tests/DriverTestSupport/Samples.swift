package import CalendarCore
import Foundation
package import ICalendar

/// Values that tests of drivers need and do not care about.
package enum Samples {
  package struct Missing: Error {}

  package static func address(_ text: String) throws -> EmailAddress {
    guard let address = EmailAddress(text) else { throw Missing() }
    return address
  }

  package static func account(
    _ provider: AccountProviderID,
    handle: String = "ann@example.com",
    scopes: [String] = [],
    sendsInvitations: Bool = true
  ) throws -> ConnectedAccount {
    ConnectedAccount(
      id: .init(UUID()),
      ownerID: .init(UUID()),
      provider: provider,
      handle: try address(handle),
      displayName: "Ann",
      grantedScopes: scopes,
      sendsInvitations: sendsInvitations
    )
  }

  package static func channel(solutions: [String] = [], isWritable: Bool = true) -> CalendarChannel {
    CalendarChannel(
      id: .init(UUID()),
      accountID: .init(UUID()),
      handle: "Calendar",
      externalID: "primary",
      isPrimary: true,
      isWritable: isWritable,
      conferenceSolutions: solutions
    )
  }

  package static func timed(
    _ start: String = "2027-01-28T10:00:00",
    _ end: String = "2027-01-28T11:00:00",
    zone: String = "Europe/Berlin"
  ) throws -> EventTiming {
    guard let zone = Zone(zone), let start = LocalDateTime(start), let end = LocalDateTime(end) else {
      throw Missing()
    }
    return .timed(start: ZonedDateTime(local: start, zone: zone), end: ZonedDateTime(local: end, zone: zone))
  }

  package static func allDay(_ start: String, _ end: String) throws -> EventTiming {
    guard let start = CalendarDate(start), let end = CalendarDate(end) else { throw Missing() }
    return .allDay(start: start, end: end)
  }

  package static func draft(
    calendar: String,
    eventID: CalendarEvent.ID = .init(UUID()),
    title: String = "Quarterly review",
    timing: EventTiming? = nil,
    attendees: [String] = [],
    conference: ConferenceCreation? = nil
  ) throws -> ProviderEventDraft {
    ProviderEventDraft(
      eventID: eventID,
      calendarExternalID: calendar,
      iCalUID: "\(eventID)@phos.example",
      title: title,
      timing: try timing ?? timed(),
      organizer: CalendarEventParticipant(
        handle: try address("ann@example.com"),
        displayName: "Ann",
        isOrganizer: true,
        responseStatus: .accepted
      ),
      attendees: try attendees.map { CalendarEventParticipant(handle: try address($0)) },
      conference: conference,
      createdAt: Date(timeIntervalSince1970: 1_790_000_000)
    )
  }
}
