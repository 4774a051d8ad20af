import Synchronization

/// The faults in force, oldest first, and the requests that hang because of them.
package final class FaultBoard: Sendable {
  private struct State {
    var faults: [Fault] = []
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    var abandoned: Set<Int> = []
    var nextTicket = 0
    var answerDelay: Duration
  }

  private let state: Mutex<State>
  private static let limit = 100

  package init(answerDelay: Duration = .zero) {
    state = Mutex(State(answerDelay: answerDelay))
  }

  /// The delay of every answer of the vendor's API.
  package var answerDelay: Duration {
    get { state.withLock { $0.answerDelay } }
    set { state.withLock { $0.answerDelay = newValue } }
  }

  /// Puts a fault in force; false when there are too many already.
  @discardableResult
  package func add(_ fault: Fault) -> Bool {
    state.withLock { state in
      guard state.faults.count < Self.limit else { return false }
      state.faults.append(fault)
      return true
    }
  }

  /// Clears every fault and lets hanging requests continue.
  package func clear() {
    let waiting = state.withLock { state in
      state.faults = []
      defer { state.waiting = [:] }
      return state.waiting.values
    }
    for continuation in waiting { continuation.resume() }
  }

  package var current: [Fault] { state.withLock { $0.faults } }

  /// The number of requests that hang now.
  package var hanging: Int { state.withLock { $0.waiting.count } }

  /// Returns the fault that applies to this operation, and counts it.
  func take(for operation: String) -> Fault? {
    state.withLock { state in
      guard let index = state.faults.firstIndex(where: { $0.matches(operation) }) else { return nil }
      let fault = state.faults[index]
      if let count = fault.count {
        state.faults[index].count = count - 1
        if count <= 1 { state.faults.remove(at: index) }
      }
      return fault
    }
  }

  /// Returns when the faults are cleared, or when the task is canceled because its client disconnected.
  func hang() async {
    let ticket = state.withLock { state in
      state.nextTicket += 1
      return state.nextTicket
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let leave = state.withLock { state in
          if state.abandoned.remove(ticket) != nil { return true }
          state.waiting[ticket] = continuation
          return false
        }
        if leave { continuation.resume() }
      }
    } onCancel: {
      let continuation = state.withLock { state in
        let continuation = state.waiting.removeValue(forKey: ticket)
        if continuation == nil { state.abandoned.insert(ticket) }
        return continuation
      }
      continuation?.resume()
    }
    state.withLock { _ = $0.abandoned.remove(ticket) }
  }
}
