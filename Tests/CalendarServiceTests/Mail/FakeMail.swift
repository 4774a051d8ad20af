import CalendarCore
import Synchronization

/// A transport that remembers what it was handed.
final class FakeMail: MailTransport {
  private struct State {
    var sent: [OutgoingMail] = []
    var failures: [ProviderError] = []
    var losesNextAnswer = false
    var reason: String?
  }

  let largestMessage = 100_000
  private let state = Mutex(State())

  /// Whatever got out, in its order.
  var sent: [OutgoingMail] { state.withLock { $0.sent } }
  var texts: [String] { sent.map { String(decoding: $0.octets, as: UTF8.self) } }

  /// Each next call fails like one of these, and nothing gets out.
  func fail(_ errors: ProviderError...) { state.withLock { $0.failures = errors } }
  /// The next mail gets out, and nobody hears of it.
  func loseNextAnswer() { state.withLock { $0.losesNextAnswer = true } }
  func close(_ reason: String?) { state.withLock { $0.reason = reason } }

  func handles(_ account: ConnectedAccount) -> Bool { true }

  func unavailableReason(for account: ConnectedAccount) -> String? { state.withLock { $0.reason } }

  func send(_ message: OutgoingMail, session: AccountSession) async throws(ProviderError) {
    let failure = state.withLock { state -> ProviderError? in
      if !state.failures.isEmpty { return state.failures.removeFirst() }
      state.sent.append(message)
      guard state.losesNextAnswer else { return nil }
      state.losesNextAnswer = false
      return .unavailable(reason: "lost")
    }
    if let failure { throw failure }
  }
}
