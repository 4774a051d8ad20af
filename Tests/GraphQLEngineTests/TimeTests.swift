import TestSupport
import Testing

@testable import GraphQLEngine

/// How long an answer may take, by a clock of the test's own.
@Suite(.timeLimit(.minutes(1))) struct TimeTests {
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
    let clock = ManualSleepClock()
    let slow = try Slow(clock: clock)
    async let answer = slow.executor.execute(GraphQLRequest(query: "{ endless }"), context: ())
    #expect(await clock.endNextSleep() == .seconds(7))
    #expect(await answer.errors.map(\.code) == [GraphQLErrorCode.timeout])
    #expect(await answer.data == .null)
  }

  @Test func `a mutation is let finish`() async throws {
    // This clock wakes at once: a mutation that were timed would be over before it began.
    let clock = ManualSleepClock()
    let slow = try Slow(clock: clock) { "done" }
    let answer = await slow.executor.execute(GraphQLRequest(query: "mutation { work }"), context: ())
    #expect(answer.value.jsonText == #"{"data":{"work":"done"}}"#)
  }
}
