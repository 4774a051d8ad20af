package import JSONModel
import Synchronization

/// The requests of clients, newest last, so that a test can check what a driver did and did not send.
package final class RequestLog: Sendable {
  package struct Entry: Sendable {
    package var operation: String
    package var method: String
    package var path: String
    /// The query of a vendor's call; sign-in requests keep only the names, because their values are secrets.
    package var query: [String: [String]]
    package var ifMatch: String?
    package var ifNoneMatch: String?
    /// The request's body, for calls that carry no secret; never shown over HTTP.
    package var body: JSON?
    /// The status of the answer; nil while the request hangs or when no answer was sent.
    package var status: Int?
    package var fault: Fault.Mode?
  }

  private struct State {
    var first = 0
    var entries: [Entry] = []
  }

  private let state = Mutex(State())
  private static let limit = 2000

  package init() {}

  package var entries: [Entry] { state.withLock { $0.entries } }

  package func clear() {
    state.withLock { state in
      state.first += state.entries.count
      state.entries = []
    }
  }

  /// Records a request and returns the number under which its answer can be added.
  func record(_ entry: Entry) -> Int {
    state.withLock { state in
      if state.entries.count >= Self.limit {
        state.first += Self.limit / 2
        state.entries.removeFirst(Self.limit / 2)
      }
      state.entries.append(entry)
      return state.first + state.entries.count - 1
    }
  }

  func note(_ number: Int, _ change: (inout Entry) -> Void) {
    state.withLock { state in
      let index = number - state.first
      if state.entries.indices.contains(index) { change(&state.entries[index]) }
    }
  }
}

extension RequestLog.Entry {
  var json: JSON {
    var shown: [String: JSON] = [
      "operation": .string(operation), "method": .string(method), "path": .string(path),
      "query": .object(query.mapValues { .array($0.map { .string($0) }) }),
    ]
    shown["ifMatch"] = ifMatch.map { .string($0) }
    shown["ifNoneMatch"] = ifNoneMatch.map { .string($0) }
    shown["status"] = status.map { .integer($0) }
    shown["fault"] = fault.map { .string($0.rawValue) }
    return .object(shown)
  }
}
