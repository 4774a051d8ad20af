import CalendarCore
import CalendarService
import GraphQLEngine
import Logging

extension Resolvers {
  static func addMutations(to table: inout ResolverTable<CallerContext>, logger: Logger) {
    let results = MutationResults(assurance: Messages.notCreatedTwice, logger: logger)
    table.mutation { mutation in
      results.add("createCalendarEvent", to: &mutation) { arguments, context in
        let input = try CreateEventInput(arguments.object("input"))
        return answer(try await context.useCases.events.create(input, caller: context.caller))
      }
      results.add("updateCalendarEvent", to: &mutation) { arguments, context in
        let shown = try await context.useCases.events.update(
          try arguments.id("eventId", orThrow: AccessError.missingEvent("eventId")),
          try UpdateEventInput(arguments.object("input")),
          caller: context.caller
        )
        return answer(shown)
      }
      results.add("deleteCalendarEvent", to: &mutation) { arguments, context in
        let undoUntil = try await context.useCases.events.delete(
          try arguments.id("eventId", orThrow: AccessError.missingEvent("eventId")),
          scope: arguments.optionalString("scope").flatMap(RecurrenceScope.init(rawValue:)),
          occurrenceStart: try arguments.optionalInstant("occurrenceStart"),
          undoWindow: arguments.optionalInt("undoWindow") ?? 0,
          caller: context.caller
        )
        return MutationResult(payload: EventDeletion(undoUntil: undoUntil))
      }
      results.add("undoDeleteCalendarEvent", to: &mutation) { arguments, context in
        let shown = try await context.useCases.events.undoDeletion(
          try arguments.id("eventId", orThrow: UndoTooLate()),
          caller: context.caller
        )
        return answer(shown)
      }
      results.add("resolveCalendarEventConflict", to: &mutation) { arguments, context in
        let shown = try await context.useCases.events.resolveConflict(
          try arguments.id("eventId", orThrow: AccessError.missingEvent("eventId")),
          keepCRM: try arguments.bool("keepCrm"),
          caller: context.caller
        )
        return answer(shown)
      }
      results.add("retryCalendarEvent", to: &mutation) { arguments, context in
        let shown = try await context.useCases.events.retry(
          try arguments.id("eventId", orThrow: AccessError.missingEvent(nil)),
          caller: context.caller
        )
        return answer(shown)
      }
      results.add("receiveCalendarReply", to: &mutation) { arguments, context in
        let content = try arguments.string("content")
        let (received, meeting) = try await context.useCases.mail.receiveReply(
          content,
          caller: context.caller
        )
        return MutationResult(
          payload: ReceivedReply(received: received, event: meeting.map { EventView($0) })
        )
      }
      mutation.field("setFeatureFlag") { _, request in
        let context = request.context
        guard let key = FeatureFlagKey(rawValue: try request.arguments.string("key")) else {
          throw UseCaseFailure(cause: InvalidInput("key", Messages.unknownFlag))
        }
        let enabled = try request.arguments.bool("enabled")
        try await context.useCases.access.setFeatureFlag(key, enabled: enabled, caller: context.caller)
        return FlagView(key: key, isEnabled: enabled)
      }
    }
    addEventResults(to: &table)
  }

  private static func addEventResults(to table: inout ResolverTable<CallerContext>) {
    table.result("ReceiveCalendarReplyResult", of: ReceivedReply.self) { type in
      type.field("calendarEvent") { $0.payload?.event }
      type.field("handle") { $0.payload?.received.handle.rawValue }
      type.field("displayName") { $0.payload?.received.displayName }
      type.field("responseStatus") { $0.payload?.received.responseStatus.rawValue }
      type.field("delegates") { $0.payload?.received.delegates ?? [] }
      type.field("ignoredParts") { $0.payload?.received.ignoredParts ?? [] }
    }
    table.result("DeleteCalendarEventResult", of: EventDeletion.self) { type in
      type.errorField()
      type.field("undoUntil") { $0.payload?.undoUntil?.rfc3339 }
    }
    table.result("CalendarEventResult", of: EventView.self) { type in
      type.errorField()
      type.field("calendarEvent") { $0.payload }
      type.field("conferenceLink") { $0.payload?.conferenceLink }
      type.field("icsFileUrl") { result, request in
        result.payload.flatMap { request.context.invitationURL(of: $0.visible) }
      }
      type.field("icsFileName") { $0.payload.flatMap { InvitationFile.name(of: $0.visible) } }
      type.field("icsFileContent") { (result: MutationResult<EventView>, request) -> String? in
        guard let visible = result.payload?.visible else { return nil }
        let context = request.context
        return try await context.useCases.events.queries.invitation(to: visible, caller: context.caller)?
          .content
      }
    }
  }

  private static func answer(_ shown: ShownEvent) -> MutationResult<EventView> {
    MutationResult(payload: EventView(shown))
  }
}

extension CreateEventInput {
  init(_ input: Arguments) throws {
    self.init(
      title: try input.string("title"),
      startsAt: try input.instant("startsAt"),
      endsAt: try input.instant("endsAt"),
      connectedAccountID: try input.id(
        "connectedAccountId",
        orThrow: AccessError.missingCalendarAccount
      )
    )
    details = input.optionalString("description")
    location = input.optionalString("location")
    isFullDay = input.optionalBool("isFullDay") ?? false
    timeZone = input.optionalString("timeZone")
    attendees = try (input.optionalObjects("attendees") ?? []).map { try Attendee($0) }
    conferenceProviderID =
      input.optionalString("conferenceProviderId").map(ConferenceProviderID.init(rawValue:)) ?? .none
    customConferenceLink = input.optionalString("customConferenceLink")
    linkedPersonIDs = try input.linkedPersonIDs() ?? []
    linkedCompanyID = try input.linkedCompanyID()
    linkedOpportunityID = try input.linkedOpportunityID()
    recurrence = input.optionalStrings("recurrence") ?? []
    sendInvitations = input.optionalBool("sendInvitations") ?? true
    idempotencyKey = input.optionalString("idempotencyKey")
  }
}

extension CreateEventInput.Attendee {
  init(_ input: Arguments) throws {
    self.init(
      email: try input.string("email"),
      displayName: input.optionalString("displayName"),
      isOrganizer: input.optionalBool("isOrganizer") ?? false
    )
  }
}

extension UpdateEventInput {
  init(_ input: Arguments) throws {
    self.init()
    // No meeting is without a title: what would clear it is refused like an empty one.
    title = input.isNull("title") ? "" : input.optionalString("title")
    details = Change(input, "description")
    location = Change(input, "location")
    startsAt = try input.optionalInstant("startsAt")
    endsAt = try input.optionalInstant("endsAt")
    isFullDay = input.optionalBool("isFullDay")
    timeZone = input.optionalString("timeZone")
    attendees =
      input.isNull("attendees")
      ? [] : try input.optionalObjects("attendees")?.map { try CreateEventInput.Attendee($0) }
    conferenceProviderID =
      input.optionalString("conferenceProviderId").map(ConferenceProviderID.init(rawValue:))
    customConferenceLink = input.optionalString("customConferenceLink")
    linkedPersonIDs = input.isNull("linkedPersonIds") ? [] : try input.linkedPersonIDs()
    linkedCompanyID = input["linkedCompanyId"] == nil ? .keep : .set(try input.linkedCompanyID())
    linkedOpportunityID =
      input["linkedOpportunityId"] == nil ? .keep : .set(try input.linkedOpportunityID())
    recurrence = input.isNull("recurrence") ? [] : input.optionalStrings("recurrence")
    scope = input.optionalString("scope").flatMap(RecurrenceScope.init(rawValue:))
    occurrenceStart = try input.optionalInstant("occurrenceStart")
    sendInvitations = input.optionalBool("sendInvitations") ?? true
    expectedVersion = input.optionalInt("expectedVersion")
  }
}

extension Arguments {
  /// Whether it was given, as null.
  fileprivate func isNull(_ name: String) -> Bool { self[name] == .null }
}

extension UpdateEventInput.Change where Value == String {
  /// Absent leaves the field alone, null clears it.
  init(_ input: Arguments, _ name: String) {
    self = input[name] == nil ? .keep : .set(input.optionalString(name))
  }
}
