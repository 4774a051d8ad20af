/// A clock on which every sleep lasts until a test ends it.
package final class ManualSleepClock: Clock, Sendable {
  package struct Instant: InstantProtocol {
    var offset: Duration
    package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    package func duration(to other: Instant) -> Duration { other.offset - offset }
    package static func < (first: Instant, second: Instant) -> Bool { first.offset < second.offset }
  }

  private struct Sleep: Sendable {
    var length: Duration
    var alarm: AsyncStream<Never>.Continuation
  }

  private let sleeps = AsyncStream.makeStream(of: Sleep.self)

  package init() {}

  package var now: Instant { Instant(offset: .zero) }
  package var minimumResolution: Duration { .zero }

  package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let (ringing, alarm) = AsyncStream.makeStream(of: Never.self)
    sleeps.continuation.yield(Sleep(length: deadline.offset, alarm: alarm))
    for await _ in ringing {}
    try Task.checkCancellation()
  }

  /// Ends the next sleep, as soon as there is one, and returns how long it was to last.
  @discardableResult
  package func endNextSleep() async -> Duration? {
    let sleep = await sleeps.stream.first { _ in true }
    sleep?.alarm.finish()
    return sleep?.length
  }
}
