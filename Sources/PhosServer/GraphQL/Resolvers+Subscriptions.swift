import CalendarCore
import CalendarService
import GraphQLEngine
import Synchronization

extension Resolvers {
  static func addSubscriptions(to table: inout ResolverTable<CallerContext>) {
    table.subscription { subscription in
      subscription.stream("calendarEventChanged") { request in
        let (arguments, context) = (request.arguments, request.context)
        return try await exposingRefusals {
          let watch = try await context.useCases.events.watch(
            try arguments.optionalID("eventId", orThrow: AccessError.missingEvent(nil)),
            resumeAfter: context.place?.resumeAfter,
            caller: context.caller
          )
          context.place?.follow(watch)
          return EventSubscription(watch).events
        }
      }
    }
  }
}

/// The updates of a subscription: first the position to resume from, then each event that changed or is gone.
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
      guard let update = try await updates.next() else { return nil }
      guard let view = update.page.map(EventView.all)?.first else {
        return .failure(EventGone(reference: update.reference), id: update.position)
      }
      return SourceEvent(view, id: update.position)
    }
  }
}

/// A watched event no longer exists.
struct EventGone: GraphQLCodedError {
  let reference: EventReference

  var message: String { Messages.meetingGone }
  var code: String { "EVENT_GONE" }
  var extensions: [String: GraphQLValue] { ["eventId": .string("\(reference)")] }
}

/// Where a client of a stream has got to.
final class ResumeCursor: Sendable {
  /// Where it wants to go on; nil when it begins.
  let resumeAfter: String?
  private let watch = Mutex<EventWatch?>(nil)

  init(resumeAfter: String?) { self.resumeAfter = resumeAfter }

  /// Where it may go on from by now; nil while nothing is watched.
  var position: String? { watch.withLock { $0?.position } }

  func follow(_ watch: EventWatch) { self.watch.withLock { $0 = watch } }
}
