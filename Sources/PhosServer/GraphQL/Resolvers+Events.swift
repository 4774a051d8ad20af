import CalendarCore
import CalendarService
import Foundation
import GraphQLEngine
import ICalendar

extension Resolvers {
  static func addEvents(to table: inout ResolverTable<CallerContext>) {
    addEventQueries(to: &table)
    table.type("CalendarEvent", of: EventView.self) { type in
      type.field("id") { $0.event.reference.description }
      type.field("title") { $0.visible.isRedacted ? nil : $0.event.title }
      type.field("description") { $0.event.details }
      type.field("location") { $0.event.location }
      type.field("startsAt") { $0.event.timing.startText }
      type.field("endsAt") { $0.event.timing.endText }
      type.field("isFullDay") { $0.event.timing.isAllDay }
      type.field("timeZone") { $0.event.timing.zoneIdentifier }
      type.field("isCanceled") { $0.event.isCanceled }
      type.field("iCalUid") { $0.event.iCalUID }
      type.field("externalId") { $0.event.push.externalID }
      type.field("recurrence") { $0.event.recurrence }
      type.field("recurringEventId") { $0.event.seriesID?.description }
      type.field("originalStart") { $0.event.originalStartText }
      type.field("conferenceProviderId") { $0.event.conference.providerID.rawValue }
      type.field("conferenceStatus") { $0.event.conference.status.rawValue }
      type.field("conferenceLink") { $0.conferenceLink }
      type.field("participants") { view in
        view.event.participants.map { ParticipantView(participant: $0, page: view.page) }
      }
      type.field("createdFromCrm") { $0.event.createdFromCRM }
      type.field("crmCreatorId") { $0.event.crmCreatorID?.description }
      type.field("connectedAccountId") { $0.event.accountID?.description }
      type.field("pushStatus") { $0.undecided.push.status.rawValue }
      type.field("pushError") { $0.undecided.push.error }
      type.field("providerUrl") { $0.event.push.providerURL }
      type.field("version") { $0.event.version }
      type.field("canEdit") { $0.visible.permissions.edit == nil }
      type.field("editUnavailableReason") { $0.visible.permissions.edit?.message }
      type.field("canDelete") { $0.visible.permissions.delete == nil }
      type.field("deleteUnavailableReason") { $0.visible.permissions.delete?.message }
      type.field("canRespond") { _ in false }
      type.field("isRedacted") { $0.visible.isRedacted }
      type.field("linkedPeople") { view in
        view.event.links.personIDs.compactMap { view.page.people[$0].map { PersonView(person: $0) } }
      }
      type.field("linkedCompany") { view in
        view.event.links.companyID.flatMap { view.page.companies[$0] }.map { CompanyView(company: $0) }
      }
      type.field("linkedOpportunity") { view in
        view.event.links.opportunityID.flatMap { view.page.opportunities[$0] }
          .map { OpportunityView(opportunity: $0) }
      }
      type.field("emailAttachment") { (view: EventView, request) -> EmailFileView? in
        let context = request.context
        return try await context.useCases.events.queries
          .emailAttachment(about: view.visible, caller: context.caller)
          .map { EmailFileView(file: $0) }
      }
      type.field("icsFileUrl") { view, request in request.context.invitationURL(of: view.visible) }
      type.field("conflict") { ConflictView($0) }
    }
    addConflicts(to: &table)
    table.type("CalendarEventParticipant", of: ParticipantView.self) { type in
      type.field("handle") { $0.participant.handle.rawValue }
      type.field("displayName") { $0.participant.displayName }
      type.field("isOrganizer") { $0.participant.isOrganizer }
      type.field("responseStatus") { $0.participant.responseStatus.rawValue }
      type.field("person") { view in
        view.page.peopleByAddress[view.participant.handle].map { PersonView(person: $0) }
      }
      type.field("workspaceMember") { view in
        view.page.membersByAddress[view.participant.handle].map { MemberView(member: $0) }
      }
    }
    table.type("TimelineCalendarEvents", of: TimelineView.self) { type in
      type.field("totalNumberOfCalendarEvents") { $0.total }
      type.field("timelineCalendarEvents") { $0.events }
    }
    addConnection("CalendarEvent", of: EventView.self, to: &table)
  }

  private static func addEventQueries(to table: inout ResolverTable<CallerContext>) {
    table.query { query in
      query.field("getCalendarEventById") { _, request in
        let context = request.context
        guard let reference = EventReference(try request.arguments.string("eventId")) else {
          return EventView?.none
        }
        return try await context.useCases.events.queries.event(reference, caller: context.caller)
          .map { EventView($0) }
      }
      query.field("calendarEvents") { _, request in
        let (arguments, context) = (request.arguments, request.context)
        return try await exposingRefusals {
          let (page, hasMore) = try await context.useCases.events.queries.events(
            from: try arguments.instant("from").instant,
            to: try arguments.instant("to").instant,
            in: AccountFilter(arguments.optionalString("connectedAccountId")),
            first: arguments.optionalInt("first"),
            after: try Cursor.event(arguments.optionalString("after")),
            caller: context.caller
          )
          return Connection(
            edges: EventView.all(page).map { view in
              .init(node: view, cursor: Cursor.text(EventCursor(of: view.event)))
            },
            hasNextPage: hasMore
          )
        }
      }
      timeline("Person", &query) { Person.ID($0).map { .person($0) } }
      timeline("Company", &query) { Company.ID($0).map { .company($0) } }
      timeline("Opportunity", &query) { Opportunity.ID($0).map { .opportunity($0) } }
    }
  }

  private static func timeline(
    _ kind: String,
    _ query: inout FieldTable<Void, CallerContext>,
    _ reference: @escaping @Sendable (String) -> RecordReference?
  ) {
    query.field("getTimelineCalendarEventsFrom\(kind)Id") { _, request in
      let (arguments, context) = (request.arguments, request.context)
      guard let record = reference(try arguments.string("\(kind.lowercased())Id")) else {
        return TimelineView(total: 0, events: [])
      }
      return try await exposingRefusals {
        let (page, total) = try await context.useCases.events.queries.timeline(
          of: record,
          page: try arguments.int("page"),
          pageSize: try arguments.int("pageSize"),
          caller: context.caller
        )
        return TimelineView(total: total, events: EventView.all(page))
      }
    }
  }
}

extension CalendarEvent {
  /// When an occurrence would start by its series' rules, as the contract's DateTime.
  var originalStartText: String? {
    guard let originalStart else { return nil }
    if case .timed(let start, _) = timing, !originalStart.time.isDate {
      return ZonedDateTime(instant: originalStart.instant, zone: start.zone).rfc3339
    }
    return "\(originalStart.time.local)Z"
  }
}

extension EventTiming {
  /// As the contract's DateTime; for all-day events only the date part counts.
  ///
  /// An occurrence whose hour the clocks leave out in spring is shown when it takes place, which is later on the clock.
  var startText: String {
    switch self {
    case .allDay(let start, _): "\(start)T00:00:00Z"
    case .timed(let start, _): start.onTheClock.rfc3339
    }
  }

  /// The end of the range, exclusive.
  var endText: String {
    switch self {
    case .allDay(_, let end): "\(end)T00:00:00Z"
    case .timed(_, let end): end.onTheClock.rfc3339
    }
  }

  var zoneIdentifier: String? {
    switch self {
    case .allDay: nil
    case .timed(let start, _): start.zone.identifier
    }
  }
}

extension ZonedDateTime {
  /// Returns this instant at a time that the zone's clocks show.
  fileprivate var onTheClock: ZonedDateTime { ZonedDateTime(instant: instant, zone: zone) }
}

extension Arguments {
  /// The argument as an instant; nil when it is absent or null.
  func optionalInstant(_ name: String) throws -> RequestedInstant? {
    optionalString(name) == nil ? nil : try instant(name)
  }

  /// A DateTime, which the scalar has already checked.
  func instant(_ name: String) throws -> RequestedInstant {
    guard let instant = RequestedInstant(rfc3339: try string(name)) else {
      throw InvalidInput(name, Messages.invalidTime)
    }
    return instant
  }
}
