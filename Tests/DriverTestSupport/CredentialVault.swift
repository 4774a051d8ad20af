package import CalendarCore
import Synchronization

/// Keeps one account's credentials in memory, and remembers what was stored.
package final class CredentialVault: Sendable {
  private struct State {
    var current: Credentials
    var stored: [Credentials] = []
    var refusesToStore = false
  }

  package struct Refusal: Error {}

  private let state: Mutex<State>

  package init(_ credentials: Credentials) { state = Mutex(State(current: credentials)) }

  package var current: Credentials { state.withLock { $0.current } }
  /// Everything that was stored, oldest first.
  package var stored: [Credentials] { state.withLock { $0.stored } }

  /// As another process would.
  package func replace(_ credentials: Credentials) { state.withLock { $0.current = credentials } }

  package func refuseToStore() { state.withLock { $0.refusesToStore = true } }

  package func session(_ account: ConnectedAccount) -> AccountSession {
    AccountSession(
      account: account,
      load: { self.current },
      save: { credentials in
        try self.state.withLock { state in
          guard !state.refusesToStore else { throw Refusal() }
          state.current = credentials
          state.stored.append(credentials)
        }
      }
    )
  }
}
