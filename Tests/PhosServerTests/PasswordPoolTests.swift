import CalendarService
import Dispatch
@testable import PhosServer
import Testing

@Suite(.timeLimit(.minutes(5))) struct PasswordPoolTests {
  @Test func `who comes while too many wait is told to come again, and then is let in`() async throws {
    let pool = PasswordPool(threads: 1, waiters: 0)
    let (gate, began) = (DispatchSemaphore(value: 0), AsyncStream<Void>.makeStream())
    let first = Task {
      try await pool.run {
        began.continuation.yield()
        gate.wait()
        return true
      }
    }
    for await _ in began.stream { break }
    await #expect(throws: SignInError.busy) { try await pool.run { true } }
    gate.signal()
    #expect(try await first.value)
    #expect(try await pool.run { true })
    #expect(SignInError.busy.code == .rateLimited)
    try await pool.shutdown()
  }
}
