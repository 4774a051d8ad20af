import CalendarCore
import ICalendar

/// Makes an event of what a caller asks for, checking all that can be checked without asking anyone.
enum NewEvent {
  /// Reads what the input refers to within the transaction, and refuses what cannot be.
  ///
  /// Returns the event as it is found once it is stored, and the calendar that it goes to.
  static func make(
    _ input: CreateEventInput,
    caller: Caller,
    id: CalendarEvent.ID,
    requestID: String,
    flags: FeatureFlags,
    reader: any WorkspaceReader,
    calendars: CalendarProviderRegistry,
    conferences: AvailableConferenceProviders,
    clock: WallClock
  ) throws -> (CalendarEvent, WritableCalendar) {
    guard let title = try EventText.title(input.title) else {
      throw InvalidInput("title", Messages.Events.titleMissing)
    }
    guard let member = try reader.members.find(caller.memberID) else {
      throw AccessError.notFound(what: Messages.Things.member, field: nil)
    }
    let zone = try EventTimingRules.zone(input.timeZone, default: member.timeZone)
    let timing = try EventTimingRules.timing(
      from: input.startsAt,
      to: input.endsAt,
      isFullDay: input.isFullDay,
      zone: zone
    )
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
    let event = CalendarEvent(
      id: id,
      title: title,
      details: try EventText.details(input.details),
      location: try EventText.location(input.location),
      timing: timing,
      recurrence: try recurrence(input.recurrence, timing: timing, provider: target.provider),
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
        flags: flags,
        requestID: requestID,
        accounts: try reader.accounts.list(ownerID: caller.memberID)
      ),
      createdFromCRM: true,
      crmCreatorID: caller.memberID,
      accountID: target.account.id,
      channelID: target.channel.id,
      sendInvitations: input.sendInvitations,
      createdAt: now,
      updatedAt: now
    )
    try target.provider.checkTexts(of: event.editable)
    return (event, target)
  }

  /// Rules that hold, and that the provider can hold: none is written that only resembles what was asked for.
  static func recurrence(
    _ lines: [String],
    timing: EventTiming,
    provider: any CalendarProvider
  ) throws -> [String] {
    guard !lines.isEmpty else { return [] }
    let rules = try RecurrenceRules.normalized(lines, timing: timing)
    if let problem = provider.recurrenceProblem(rules, timing: timing) {
      throw InvalidInput("recurrence", problem)
    }
    return rules
  }

  private static func links(of input: CreateEventInput, reader: any WorkspaceReader) throws -> EventLinks {
    EventLinks(
      personIDs: try people(input.linkedPersonIDs, reader: reader),
      companyID: try company(input.linkedCompanyID, reader: reader),
      opportunityID: try opportunity(input.linkedOpportunityID, reader: reader)
    )
  }

  static func people(_ ids: [Person.ID], reader: any WorkspaceReader) throws -> [Person.ID] {
    guard ids.count <= EventLimits.linkedPeople else {
      throw InvalidInput(
        "linkedPersonIds",
        Messages.Events.tooManyLinkedPeople
      )
    }
    let unique = Array(Set(ids))
    guard try reader.records.people(ids: unique).count == unique.count else {
      throw AccessError.missingLinkedPerson
    }
    return unique.sorted { $0.description < $1.description }
  }

  static func company(_ id: Company.ID?, reader: any WorkspaceReader) throws -> Company.ID? {
    guard let id else { return nil }
    guard try reader.records.companies(ids: [id]).first != nil else { throw AccessError.missingLinkedCompany }
    return id
  }

  static func opportunity(_ id: Opportunity.ID?, reader: any WorkspaceReader) throws -> Opportunity.ID? {
    guard let id else { return nil }
    guard try reader.records.opportunities(ids: [id]).first != nil else {
      throw AccessError.missingLinkedOpportunity
    }
    return id
  }
}
