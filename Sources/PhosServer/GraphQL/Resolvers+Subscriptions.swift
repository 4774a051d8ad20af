import CalendarService
import GraphQLEngine
import Synchronization

extension Resolvers {
  static func addSubscriptions(to table: inout ResolverTable<CallerContext>) {
    table.subscription { subscription in
      subscription.stream("calendarEventChanged") { request in
        let (id, context) = (request.arguments.optionalString("eventId"), request.context)
        return try await exposingRefusals {
          let watch = try await context.useCases.watchEvents.open(
            eventID: id,
            resumeAfter: context.resumeAfter,
            caller: context.caller
          )
          return EventSubscription(watch).events
        }
      }
    }
  }
}

/// What a subscriber is told: first where they may go on from, then each event that has changed.
private final class EventSubscription: Sendable {
  private let watch: EventWatch
  private let isBegun = Mutex(false)

  init(_ watch: EventWatch) { self.watch = watch }

  var events: AsyncThrowingStream<SourceEvent<EventView>, any Error> {
    AsyncThrowingStream { try await self.next() }
  }

  private func next() async throws -> SourceEvent<EventView>? {
    let isFirst = isBegun.withLock { isBegun in
      defer { isBegun = true }
      return !isBegun
    }
    if isFirst { return .position(watch.position) }
    return try await exposingRefusals {
      var updates = watch.updates.makeAsyncIterator()
      while let update = try await updates.next() {
        if let view = EventView.all(update.page).first { return SourceEvent(view, id: update.position) }
      }
      return nil
    }
  }
}
