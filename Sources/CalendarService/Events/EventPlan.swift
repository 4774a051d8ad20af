import CalendarCore
import ICalendar

/// Makes an event of what a caller asks for, checking all that can be checked without asking anyone.
enum EventPlan {
  /// Reads what the input refers to within the transaction, and refuses what cannot be.
  static func make(
    _ input: CreateEventInput,
    caller: Caller,
    id: CalendarEvent.ID,
    requestID: String,
    reader: any WorkspaceReader,
    calendars: CalendarProviderRegistry,
    conferences: AvailableConferenceProviders,
    clock: WallClock
  ) throws -> CalendarEvent {
    guard
      let title = try EventText.line(
        input.title,
        field: "title",
        name: "The title",
        limit: EventLimits.titleCharacters
      )
    else { throw InvalidInput("title", "Give the meeting a title.") }
    guard let member = try reader.member(caller.memberID) else {
      throw AccessError.notFound(what: "The member", field: nil)
    }
    let zone = try EventTimingRules.zone(input.timeZone, default: member.timeZone)
    let timing = try EventTimingRules.timing(of: input, zone: zone)
    let target = try WritableCalendar.find(
      accountID: input.connectedAccountID,
      caller: caller,
      reader: reader,
      calendars: calendars
    )
    let organizer = CalendarEventParticipant(
      handle: target.account.handle,
      displayName: member.displayName,
      isOrganizer: true,
      responseStatus: .accepted
    )
    let now = clock.now
    return CalendarEvent(
      id: id,
      title: title,
      details: try EventText.block(
        input.details,
        field: "description",
        name: "The description",
        limit: EventLimits.descriptionCharacters
      ),
      location: try EventText.line(
        input.location,
        field: "location",
        name: "The location",
        limit: EventLimits.locationCharacters
      ),
      timing: timing,
      iCalUID: id.description,
      participants: try AttendeeRules.participants(
        input.attendees,
        organizer: organizer,
        limit: target.provider.maximumAttendees
      ),
      links: try links(of: input, reader: reader),
      conference: try conferences.choice(
        input.conferenceProviderID,
        link: input.customConferenceLink,
        account: target.account,
        channel: target.channel,
        flags: try reader.flags(),
        requestID: requestID
      ),
      createdFromCRM: true,
      crmCreatorID: caller.memberID,
      accountID: target.account.id,
      channelID: target.channel.id,
      sendInvitations: input.sendInvitations,
      createdAt: now,
      updatedAt: now
    )
  }

  private static func links(of input: CreateEventInput, reader: any WorkspaceReader) throws -> EventLinks {
    guard input.linkedPersonIDs.count <= EventLimits.linkedPeople else {
      throw InvalidInput(
        "linkedPersonIds",
        "At most \(EventLimits.linkedPeople) people can be linked to one event."
      )
    }
    let personIDs = try input.linkedPersonIDs.map { text throws(AccessError) in
      guard let id = Person.ID(text) else {
        throw .notFound(what: "A linked person", field: "linkedPersonIds")
      }
      return id
    }
    let unique = Array(Set(personIDs))
    guard try reader.people(ids: unique).count == unique.count else {
      throw AccessError.notFound(what: "A linked person", field: "linkedPersonIds")
    }
    let companyID = input.linkedCompanyID.map { Company.ID($0) }
    if let companyID, try companyID.flatMap({ try reader.companies(ids: [$0]).first }) == nil {
      throw AccessError.notFound(what: "The linked company", field: "linkedCompanyId")
    }
    let opportunityID = input.linkedOpportunityID.map { Opportunity.ID($0) }
    if let opportunityID, try opportunityID.flatMap({ try reader.opportunities(ids: [$0]).first }) == nil {
      throw AccessError.notFound(what: "The linked opportunity", field: "linkedOpportunityId")
    }
    return EventLinks(
      personIDs: unique.sorted { $0.description < $1.description },
      companyID: companyID ?? nil,
      opportunityID: opportunityID ?? nil
    )
  }
}
