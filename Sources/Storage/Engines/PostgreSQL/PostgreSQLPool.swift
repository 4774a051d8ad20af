import CalendarCore
import Foundation
import Synchronization

/// Threads with a connection each.
///
/// libpq blocks while it waits for the server, and the cooperative pool has only as many threads as there are cores.
/// A connection is opened when its thread first has something to do, and again after it broke.
final class PostgreSQLPool: Sendable {
  /// What a thread does with its connection, which it may replace.
  typealias Work = @Sendable (inout PostgreSQLConnection?) -> Void

  private struct Waiting {
    let number: Int
    let since: ContinuousClock.Instant
    let work: Work
    let refuse: @Sendable (any Error) -> Void
  }

  private struct State {
    var waiting: [Waiting] = []
    var lastNumber = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  private let somethingToDo = DispatchSemaphore(value: 0)
  private let threads = DispatchGroup()
  private let count: Int
  private let longestWait: Duration

  init(connections: Int, longestWait: Duration) {
    (count, self.longestWait) = (max(1, connections), longestWait)
    for number in 1...count {
      threads.enter()
      let thread = Thread { [self] in
        serve()
        threads.leave()
      }
      thread.name = "phos-postgres-\(number)"
      thread.start()
    }
  }

  /// Runs `body` on a connection as soon as one is free.
  ///
  /// Throws `StoreError.unavailable` when that takes too long, and `CancellationError` when the task is cancelled
  /// before its turn.
  func run<T: Sendable>(
    _ body: @escaping @Sendable (inout PostgreSQLConnection?) throws -> T
  ) async throws -> T {
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
        let waiting = Waiting(
          number: number,
          since: .now,
          work: { slot in
            continuation.resume(with: Result { try body(&slot) })
          },
          refuse: { continuation.resume(throwing: $0) }
        )
        let refusal = state.withLock { state -> (any Error)? in
          if state.isClosed { return StoreError.unavailable }
          if Task.isCancelled { return CancellationError() }
          state.waiting.append(waiting)
          return nil
        }
        if let refusal { waiting.refuse(refusal) } else { somethingToDo.signal() }
      }
    } onCancel: {
      let mine = state.withLock { state -> Waiting? in
        state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0) }
      }
      mine?.refuse(CancellationError())
    }
  }

  /// Ends the threads and closes their connections, once what they are doing is done.
  func close() {
    let left = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for waiting in left { waiting.refuse(StoreError.unavailable) }
    for _ in 0..<count { somethingToDo.signal() }
    threads.wait()
  }

  private func serve() {
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
