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
          return try await context.useCases.createEvent(input, caller: context.caller).id
        }
      }
      mutation.field("retryCalendarEvent") { _, request in
        let context = request.context
        return await eventResult(context, logger) {
          let id = try request.arguments.string("eventId")
          try await context.useCases.retryEvent(id, caller: context.caller)
          guard let id = CalendarEvent.ID(id) else { throw StoreError.missing }
          return id
        }
      }
      mutation.field("setFeatureFlag") { _, request in
        let context = request.context
        guard let key = FeatureFlagKey(rawValue: try request.arguments.string("key")) else {
          throw UseCaseFailure(cause: InvalidInput("key", "This flag is not known."))
        }
        let enabled = try request.arguments.bool("enabled")
        try await context.useCases.setFeatureFlag(key, enabled: enabled, caller: context.caller)
        return FlagView(key: key, isEnabled: enabled)
      }
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
    _ body: () async throws -> CalendarEvent.ID
  ) async -> EventResult {
    do {
      let id = try await body()
      guard let page = try await context.useCases.events.event("\(id)", caller: context.caller),
        let view = EventView.all(page).first
      else { throw StoreError.missing }
      let file = try InvitationFile(of: view.event, now: context.useCases.clock.now)
      return EventResult(event: view, file: view.visible.isRedacted ? nil : file, failure: nil)
    } catch let error as any UseCaseError {
      return EventResult(event: nil, file: nil, failure: error)
    } catch {
      logger.error("A mutation failed", metadata: ["error": "\(error)"])
      return EventResult(event: nil, file: nil, failure: InternalFailure())
    }
  }
}

/// Something that is our fault; the details are in the log.
struct InternalFailure: UseCaseError {
  var code: ErrorCode { .internalError }
  var message: String { "Something went wrong on our side. Try again; your meeting will not be made twice." }
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
    attendees = try (input.optionalObjects("attendees") ?? []).map { attendee in
      Attendee(
        email: try attendee.string("email"),
        displayName: attendee.optionalString("displayName"),
        isOrganizer: attendee.optionalBool("isOrganizer") ?? false
      )
    }
    conferenceProviderID =
      input.optionalString("conferenceProviderId").map(ConferenceProviderID.init(rawValue:)) ?? .none
    customConferenceLink = input.optionalString("customConferenceLink")
    linkedPersonIDs = input.optionalStrings("linkedPersonIds") ?? []
    linkedCompanyID = input.optionalString("linkedCompanyId")
    linkedOpportunityID = input.optionalString("linkedOpportunityId")
    sendInvitations = input.optionalBool("sendInvitations") ?? true
    idempotencyKey = input.optionalString("idempotencyKey")
  }
}
