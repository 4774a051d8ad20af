import CalendarCore
import CalendarService
import GraphQLEngine
import JobQueue

extension Resolvers {
  static func addFailedJobs(to table: inout ResolverTable<CallerContext>) {
    table.query { query in
      query.field("failedJobs") { _, request in
        let context = request.context
        let (jobs, page, emails) = try await context.useCases.failedJobs.list(caller: context.caller)
        let events = EventView.all(page)
        return jobs.map { job in
          FailedJobView(
            dead: job,
            event: events.first { $0.event.id == job.job.eventID },
            email: emails.first { $0.email.id == job.job.emailID }.map { EmailView(visible: $0) }
          )
        }
      }
    }
    table.mutation { mutation in
      mutation.field("retryFailedJob") { _, request in
        let (arguments, context) = (request.arguments, request.context)
        return try await exposingRefusals {
          let id: Job.ID = try arguments.id("id", orThrow: AccessError.missingFailedDelivery)
          try await context.useCases.failedJobs.retry(id, caller: context.caller)
          return true
        }
      }
      mutation.field("discardFailedJob") { _, request in
        let (arguments, context) = (request.arguments, request.context)
        return try await exposingRefusals {
          let id: Job.ID = try arguments.id("id", orThrow: AccessError.missingFailedDelivery)
          try await context.useCases.failedJobs.discard(id, caller: context.caller)
          return true
        }
      }
    }
    table.type("FailedJob", of: FailedJobView.self) { type in
      type.field("id") { $0.dead.job.id.description }
      type.field("kind") { $0.dead.job.kind.rawValue }
      type.field("reason") { $0.dead.reason }
      type.field("failedAt") { $0.dead.discardedAt.rfc3339 }
      type.field("connectedAccountId") { $0.dead.job.accountID.description }
      type.field("calendarEvent") { $0.event }
      type.field("email") { $0.email }
    }
  }
}

/// A delivery that was given up, with its event or mail where that is still there.
struct FailedJobView: GraphQLObject {
  let dead: DiscardedJob
  let event: EventView?
  let email: EmailView?
}
