import CalendarCore
import CalendarService
import GraphQLEngine
import Logging

extension Resolvers {
  static func addMutations(to table: inout ResolverTable<CallerContext>, logger: Logger) {
    table.mutation { mutation in
      mutation.field("createCalendarEvent") { _, request in
        let context = request.context
        return await eventResult(context, logger) {
          let input = try CreateEventInput(request.arguments.object("input"))
          return EventReference(try await context.useCases.createEvent(input, caller: context.caller).id)
        }
      }
      mutation.field("updateCalendarEvent") { _, request in
        let context = request.context
        return await eventResult(context, logger) {
          try await context.useCases.updateEvent(
            try request.arguments.string("eventId"),
            try UpdateEventInput(request.arguments.object("input")),
            caller: context.caller
          )
        }
      }
      mutation.field("deleteCalendarEvent") { _, request in
        await deletion(request.arguments, request.context, logger)
      }
      mutation.field("undoDeleteCalendarEvent") { _, request in
        let context = request.context
        return await eventResult(context, logger) {
          try await context.useCases.undoDeletion(
            try request.arguments.string("eventId"),
            caller: context.caller
          )
        }
      }
      mutation.field("resolveCalendarEventConflict") { _, request in
        let context = request.context
        return await eventResult(context, logger) {
          try await context.useCases.resolveConflict(
            try request.arguments.string("eventId"),
            keepCRM: try request.arguments.bool("keepCrm"),
            caller: context.caller
          )
        }
      }
      mutation.field("retryCalendarEvent") { _, request in
        let context = request.context
        return await eventResult(context, logger) {
          let id = try request.arguments.string("eventId")
          try await context.useCases.retryEvent(id, caller: context.caller)
          guard let reference = EventReference(id) else { throw MeetingDeleted() }
          return reference
        }
      }
      mutation.field("receiveCalendarReply") { _, request in
        await reply(try request.arguments.string("content"), request.context, logger)
      }
      mutation.field("setFeatureFlag") { _, request in
        let context = request.context
        guard let key = FeatureFlagKey(rawValue: try request.arguments.string("key")) else {
          throw UseCaseFailure(cause: InvalidInput("key", "Unknown feature flag."))
        }
        let enabled = try request.arguments.bool("enabled")
        try await context.useCases.setFeatureFlag(key, enabled: enabled, caller: context.caller)
        return FlagView(key: key, isEnabled: enabled)
      }
    }
    table.type("ReceiveCalendarReplyResult", of: ReplyResult.self) { type in
      type.field("success") { $0.failure == nil }
      type.field("error") { $0.failure?.message }
      type.field("errorCode") { $0.failure?.code.rawValue }
      type.field("calendarEvent") { $0.event }
      type.field("handle") { $0.received?.handle.rawValue }
      type.field("displayName") { $0.received?.displayName }
      type.field("responseStatus") { $0.received?.responseStatus.rawValue }
      type.field("delegates") { $0.received?.delegates ?? [] }
    }
    table.type("DeleteCalendarEventResult", of: DeletionResult.self) { type in
      type.field("success") { $0.failure == nil }
      type.field("error") { $0.failure?.message }
      type.field("errorCode") { $0.failure?.code.rawValue }
      type.field("errorField") { $0.failure?.field }
      type.field("undoUntil") { $0.undoUntil?.rfc3339 }
    }
    table.type("CalendarEventResult", of: EventResult.self) { type in
      type.field("success") { $0.failure == nil }
      type.field("calendarEvent") { $0.event }
      type.field("conferenceLink") { result in
        result.event.flatMap { $0.event.conference.status == .success ? $0.event.conference.link : nil }
      }
      type.field("icsFileUrl") { result, request in
        result.event.flatMap { request.context.invitationURL(of: $0.visible) }
      }
      type.field("icsFileName") { $0.file?.name }
      type.field("icsFileContent") { $0.file?.content }
      type.field("error") { $0.failure?.message }
      type.field("errorCode") { $0.failure?.code.rawValue }
      type.field("errorField") { $0.failure?.field }
    }
  }

  /// A mutation's own failures are part of its answer, never an error of the whole request.
  private static func eventResult(
    _ context: CallerContext,
    _ logger: Logger,
    _ body: () async throws -> EventReference
  ) async -> EventResult {
    do {
      let reference = try await body()
      guard let page = try await context.useCases.events.event("\(reference)", caller: context.caller),
        let view = EventView.all(page).first
      else { throw MeetingDeleted() }
      let file = try await context.useCases.events.invitation(
        to: view.event,
        in: context.caller.workspaceID,
        now: context.useCases.clock.now
      )
      return EventResult(event: view, file: view.visible.isRedacted ? nil : file, failure: nil)
    } catch let error as any UseCaseError {
      return EventResult(failure: error)
    } catch {
      logger.error("A mutation failed", metadata: ["error": "\(error)"])
      return EventResult(failure: InternalFailure())
    }
  }
}

extension Resolvers {
  private static func deletion(
    _ arguments: Arguments,
    _ context: CallerContext,
    _ logger: Logger
  ) async -> DeletionResult {
    do {
      let until = try await context.useCases.deleteEvent(
        try arguments.string("eventId"),
        scope: arguments.optionalString("scope").flatMap(RecurrenceScope.init(rawValue:)),
        occurrenceStart: try arguments.optionalInstant("occurrenceStart"),
        undoWindow: arguments.optionalInt("undoWindow") ?? 0,
        caller: context.caller
      )
      return DeletionResult(undoUntil: until, failure: nil)
    } catch let error as any UseCaseError {
      return DeletionResult(undoUntil: nil, failure: error)
    } catch {
      logger.error("A mutation failed", metadata: ["error": "\(error)"])
      return DeletionResult(undoUntil: nil, failure: InternalFailure())
    }
  }
}

extension Resolvers {
  private static func reply(_ content: String, _ context: CallerContext, _ logger: Logger) async
    -> ReplyResult
  {
    do {
      let received = try await context.useCases.receiveReply(content, caller: context.caller)
      let page = try await context.useCases.events.event("\(received.event)", caller: context.caller)
      return ReplyResult(received: received, event: page.flatMap { EventView.all($0).first }, failure: nil)
    } catch let error as any UseCaseError {
      return ReplyResult(failure: error)
    } catch {
      logger.error("A reply could not be added", metadata: ["error": "\(error)"])
      return ReplyResult(failure: InternalFailure())
    }
  }
}

/// The changed event was deleted before the answer could show it.
struct MeetingDeleted: UseCaseError {
  var code: ErrorCode { .notFound }
  var message: String { "This meeting has since been deleted." }
  var field: String? { "eventId" }
}

/// Something that is our fault; the details are in the log.
struct InternalFailure: UseCaseError {
  var code: ErrorCode { .internalError }
  var message: String { "Something went wrong on our side. Try again; your meeting won't be created twice." }
}

extension CreateEventInput {
  init(_ input: Arguments) throws {
    self.init(
      title: try input.string("title"),
      startsAt: try input.instant("startsAt"),
      endsAt: try input.instant("endsAt"),
      connectedAccountID: try input.string("connectedAccountId")
    )
    details = input.optionalString("description")
    location = input.optionalString("location")
    isFullDay = input.optionalBool("isFullDay") ?? false
    timeZone = input.optionalString("timeZone")
    attendees = try (input.optionalObjects("attendees") ?? []).map { try Attendee($0) }
    conferenceProviderID =
      input.optionalString("conferenceProviderId").map(ConferenceProviderID.init(rawValue:)) ?? .none
    customConferenceLink = input.optionalString("customConferenceLink")
    linkedPersonIDs = input.optionalStrings("linkedPersonIds") ?? []
    linkedCompanyID = input.optionalString("linkedCompanyId")
    linkedOpportunityID = input.optionalString("linkedOpportunityId")
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
    linkedPersonIDs = input.isNull("linkedPersonIds") ? [] : input.optionalStrings("linkedPersonIds")
    linkedCompanyID = Change(input, "linkedCompanyId")
    linkedOpportunityID = Change(input, "linkedOpportunityId")
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
