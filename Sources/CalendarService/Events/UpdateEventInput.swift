package import CalendarCore

/// The changes that a caller requests; nothing in them has been checked.
package struct UpdateEventInput: Sendable, Hashable {
  /// A field that is left alone, or gets another value; nil clears it.
  package enum Change<Value: Sendable & Hashable>: Sendable, Hashable {
    case keep
    case set(Value?)
  }

  package var title: String?
  package var details: Change<String> = .keep
  package var location: Change<String> = .keep
  package var startsAt: RequestedInstant?
  package var endsAt: RequestedInstant?
  package var isFullDay: Bool?
  package var timeZone: String?
  package var attendees: [CreateEventInput.Attendee]?
  package var conferenceProviderID: ConferenceProviderID?
  package var customConferenceLink: String?
  package var linkedPersonIDs: [Person.ID]?
  package var linkedCompanyID: Change<Company.ID> = .keep
  package var linkedOpportunityID: Change<Opportunity.ID> = .keep
  package var recurrence: [String]?
  package var scope: RecurrenceScope?
  package var occurrenceStart: RequestedInstant?
  package var sendInvitations = true
  package var expectedVersion: Int?

  package init() {}

  var changesTiming: Bool { startsAt != nil || endsAt != nil || isFullDay != nil || timeZone != nil }
}
