package import CalendarCore
package import Foundation
package import ICalendar

/// An instant as a caller wrote it: all-day events count its date part, as written.
package struct RequestedInstant: Sendable, Hashable {
  package var instant: Date
  package var writtenDate: CalendarDate

  package init(instant: Date, writtenDate: CalendarDate) {
    self.instant = instant
    self.writtenDate = writtenDate
  }
}

/// The event that a caller requests; nothing in it has been checked.
package struct CreateEventInput: Sendable, Hashable {
  /// One guest, or the organizer marked as such.
  package struct Attendee: Sendable, Hashable {
    package var email: String
    package var displayName: String?
    package var isOrganizer: Bool

    package init(email: String, displayName: String? = nil, isOrganizer: Bool = false) {
      self.email = email
      self.displayName = displayName
      self.isOrganizer = isOrganizer
    }
  }

  package var title: String
  package var details: String?
  package var location: String?
  package var startsAt: RequestedInstant
  /// Exclusive; for all-day events the day after the last one.
  package var endsAt: RequestedInstant
  package var isFullDay = false
  /// IANA name; nil for the organizer's zone.
  package var timeZone: String?
  package var attendees: [Attendee] = []
  package var conferenceProviderID: ConferenceProviderID = .none
  package var customConferenceLink: String?
  package var connectedAccountID: ConnectedAccount.ID
  package var linkedPersonIDs: [Person.ID] = []
  package var linkedCompanyID: Company.ID?
  package var linkedOpportunityID: Opportunity.ID?
  /// RRULE, RDATE and EXDATE lines.
  package var recurrence: [String] = []
  package var sendInvitations = true
  package var idempotencyKey: String?

  package init(
    title: String,
    startsAt: RequestedInstant,
    endsAt: RequestedInstant,
    connectedAccountID: ConnectedAccount.ID
  ) {
    self.title = title
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.connectedAccountID = connectedAccountID
  }
}
