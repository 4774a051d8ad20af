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

  init(connections: Int, longestWait: Duration) {
    count = max(1, connections)
    queue = PostgreSQLQueue(longestWait: longestWait)
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

  deinit { queue.close(threads: count) }

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
        queue.add(
          .init(
            number: number,
            since: .now,
            work: { slot in continuation.resume(with: Result { try body(&slot) }) },
            refuse: { continuation.resume(throwing: $0) }
          )
        )
      }
    } onCancel: {
      queue.cancel(number)
    }
  }

  /// Ends the threads and closes their connections, once what they are doing is done.
  func close() {
    queue.close(threads: count)
    threads.wait()
  }
}

/// What waits for a connection.
final class PostgreSQLQueue: Sendable {
  struct Waiting: Sendable {
    let number: Int
    let since: ContinuousClock.Instant
    /// What a thread does with its connection, which it may replace.
    let work: @Sendable (inout PostgreSQLConnection?) -> Void
    let refuse: @Sendable (any Error) -> Void
  }

  private struct State {
    var waiting: [Waiting] = []
    var lastNumber = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  private let somethingToDo = DispatchSemaphore(value: 0)
  private let longestWait: Duration

  init(longestWait: Duration) { self.longestWait = longestWait }

  func nextNumber() -> Int {
    state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
  }

  func add(_ waiting: Waiting) {
    let refusal = state.withLock { state -> (any Error)? in
      // Cancelled before it came: nobody would take it out any more.
      if Task.isCancelled { return CancellationError() }
      if state.isClosed { return StoreError.unavailable }
      state.waiting.append(waiting)
      return nil
    }
    if let refusal { waiting.refuse(refusal) } else { somethingToDo.signal() }
  }

  /// Takes the one with this number out, unless its turn has come.
  func cancel(_ number: Int) {
    let mine = state.withLock { state -> Waiting? in
      if let index = state.waiting.firstIndex(where: { $0.number == number }) {
        return state.waiting.remove(at: index)
      }
      return nil
    }
    mine?.refuse(CancellationError())
  }

  func close(threads: Int) {
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
      let (next, isClosed) = state.withLock { state in
        (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.isClosed)
      }
      if let next {
        if next.since.duration(to: .now) > longestWait {
          next.refuse(StoreError.unavailable)
        } else {
          next.work(&connection)
        }
      } else if isClosed {
        return
      }
    }
  }
}
