import Synchronization
import Testing

@testable import GraphQLEngine

/// How long an answer may take, by a clock of the test's own.
@Suite(.timeLimit(.minutes(1))) struct TimeTests {
  /// A clock that stands until it is moved.
  final class HandClock: Clock {
    struct Instant: InstantProtocol {
      var offset: Duration
      func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
      func duration(to other: Instant) -> Duration { other.offset - offset }
      static func < (first: Instant, second: Instant) -> Bool { first.offset < second.offset }
    }

    private let sleeping = AsyncStream.makeStream(of: Duration.self)
    private let waking = AsyncStream.makeStream(of: Never.self)
    var now: Instant { Instant(offset: .zero) }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
      sleeping.continuation.yield(deadline.offset)
      for await _ in waking.stream {}
      try Task.checkCancellation()
    }

    /// Ends the first sleep as soon as there is one, and tells how long it was to be.
    func endSleep() async -> Duration? {
      let length = await sleeping.stream.first { _ in true }
      waking.continuation.finish()
      return length
    }
  }

  private struct Slow {
    let executor: GraphQLExecutor<Void>

    init(clock: any Clock<Duration>, mutation: @escaping @Sendable () async -> String = { "" }) throws {
      var table = ResolverTable<Void>()
      table.query { type in
        type.field("endless") { _, _ async throws -> String? in
          for await _ in AsyncStream.makeStream(of: Never.self).stream {}
          throw CancellationError()
        }
      }
      table.mutation { type in type.field("work") { _, _ async in await mutation() } }
      executor = try GraphQLExecutor(
        schema: Schema(sdl: "type Query { endless: String } type Mutation { work: String }"),
        resolvers: table,
        limits: DocumentLimits(maxDuration: .seconds(7)),
        clock: clock
      )
    }
  }

  @Test func `a query that takes too long is cancelled, and says so by code`() async throws {
    let clock = HandClock()
    let slow = try Slow(clock: clock)
    async let answer = slow.executor.execute(GraphQLRequest(query: "{ endless }"), context: ())
    #expect(await clock.endSleep() == .seconds(7))
    #expect(await answer.errors.map(\.code) == [GraphQLErrorCode.timeout])
    #expect(await answer.data == .null)
  }

  @Test func `a mutation is let finish`() async throws {
    // This clock wakes at once: a mutation that were timed would be over before it began.
    let clock = HandClock()
    let slow = try Slow(clock: clock) { "done" }
    let answer = await slow.executor.execute(GraphQLRequest(query: "mutation { work }"), context: ())
    #expect(answer.value.jsonText == #"{"data":{"work":"done"}}"#)
  }
}
