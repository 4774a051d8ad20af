import CalendarCore
import Foundation
import Synchronization

/// Threads with a connection each.
///
/// libpq blocks while it waits for the server, and the cooperative pool has only as many threads as there are cores.
/// A connection is opened when its thread first has something to do, and again after it broke.
final class PostgreSQLPool: Sendable {
  private let queue: PostgreSQLQueue
  private let threads = DispatchGroup()
  private let count: Int
  private let maximumWait: Duration
  private let clock: any Clock<Duration>

  init(connections: Int, maximumWait: Duration, clock: any Clock<Duration> = ContinuousClock()) {
    count = max(1, connections)
    self.maximumWait = maximumWait
    self.clock = clock
    queue = PostgreSQLQueue(threads: count)
    for number in 1...count {
      threads.enter()
      // The threads know the queue only, so that a pool that is dropped ends them.
      let thread = Thread { [queue, threads] in
        queue.serve()
        threads.leave()
      }
      thread.name = "phos-postgres-\(number)"
      thread.start()
    }
  }

  deinit { queue.close() }

  /// Runs `body` on a connection as soon as one is free.
  ///
  /// Throws `StoreError.unavailable` when that takes too long, and `CancellationError` when the task is cancelled
  /// before its turn.
  func run<T: Sendable>(
    _ body: @escaping @Sendable (inout PostgreSQLConnection?) throws -> T
  ) async throws -> T {
    let number = queue.nextNumber()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
        let mustWait = queue.add(
          .init(
            number: number,
            work: { slot in
              let result = Result { try body(&slot) }
              return { continuation.resume(with: result) }
            },
            refuse: { continuation.resume(throwing: $0) }
          )
        )
        if mustWait { limitWait(of: number) }
      }
    } onCancel: {
      queue.refuse(number, CancellationError())
    }
  }

  /// Only for those who find every thread busy: the clock keeps an alarm until it has gone off.
  ///
  /// Threads that are stuck with a server that says nothing cannot be asked to look at the time.
  private func limitWait(of number: Int) {
    Task { [queue, clock, maximumWait] in
      try await clock.sleep(for: maximumWait)
      queue.refuse(number, StoreError.unavailable)
    }
  }

  /// Ends the threads and closes their connections, once what they are doing is done.
  func close() {
    queue.close()
    threads.wait()
  }
}

/// A request that waits for a connection.
final class PostgreSQLQueue: Sendable {
  struct Waiting: Sendable {
    let number: Int
    /// The work of a thread with its connection, which it may replace, and the delivery of its result.
    let work: @Sendable (inout PostgreSQLConnection?) -> () -> Void
    let refuse: @Sendable (any Error) -> Void
  }

  private struct State {
    var waiting: [Waiting] = []
    var lastNumber = 0
    var idle: Int
    var isClosed = false
  }

  private let state: Mutex<State>
  private let somethingToDo = DispatchSemaphore(value: 0)
  private let threads: Int

  /// For so many threads that will call `serve`.
  init(threads: Int) {
    self.threads = threads
    state = Mutex(State(idle: threads))
  }

  func nextNumber() -> Int {
    state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
  }

  /// Whether there are more who wait than threads with nothing to do.
  func add(_ waiting: Waiting) -> Bool {
    let (refusal, mustWait) = state.withLock { state -> ((any Error)?, Bool) in
      // The waiter was canceled before it was queued, so it must be removed here.
      if Task.isCancelled { return (CancellationError(), false) }
      if state.isClosed { return (StoreError.unavailable, false) }
      state.waiting.append(waiting)
      return (nil, state.waiting.count > state.idle)
    }
    if let refusal { waiting.refuse(refusal) } else { somethingToDo.signal() }
    return mustWait
  }

  /// Takes the one with this number out, unless its turn has come.
  func refuse(_ number: Int, _ reason: any Error) {
    let mine = state.withLock { state -> Waiting? in
      if let index = state.waiting.firstIndex(where: { $0.number == number }) {
        return state.waiting.remove(at: index)
      }
      return nil
    }
    mine?.refuse(reason)
  }

  func close() {
    let left = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for waiting in left { waiting.refuse(StoreError.unavailable) }
    for _ in 0..<threads { somethingToDo.signal() }
  }

  /// Does what comes, on the calling thread, until it is closed.
  func serve() {
    var connection: PostgreSQLConnection?
    while true {
      somethingToDo.wait()
      let (next, isClosed) = state.withLock { state -> (Waiting?, Bool) in
        if state.waiting.isEmpty { return (nil, state.isClosed) }
        state.idle -= 1
        return (state.waiting.removeFirst(), state.isClosed)
      }
      if let next {
        let tell = next.work(&connection)
        // A waiter that is resumed may return at once, and need not wait then.
        state.withLock { $0.idle += 1 }
        tell()
      } else if isClosed {
        return
      }
    }
  }
}
