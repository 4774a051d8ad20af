import CalendarCore
import Foundation
import Logging
import Synchronization

/// One connection that hears other nodes and calls them, on a thread of its own.
///
/// NOTIFY is not sent inside the transactions that change something: it takes a lock of the whole server's that is
/// held until COMMIT is on the disk, so that all of them would commit one after another. Here it is a transaction that
/// writes nothing, one at a time for all changes that were made since the last.
final class PostgreSQLListener: Sendable {
  private struct State {
    var isStarted = false
    var isClosed = false
    var mustNotify = false
  }

  private enum Call { case end, notify, wait }

  let here = LocalNotifier()
  private let address: PostgreSQLAddress
  private let silence: Duration
  private let logger: Logger
  private let state = Mutex(State())
  private let alarm = SelfPipe()
  private let thread = DispatchGroup()

  /// Nobody needs to hear more often that there is something new.
  private static let pace = Duration.milliseconds(20)
  private static let shortestPause = Duration.milliseconds(100)
  private static let maximumPause = Duration.seconds(5)

  init(_ address: PostgreSQLAddress, silence: Duration, logger: Logger) {
    self.address = address
    self.silence = silence
    self.logger = logger
  }

  func start() {
    let isFirst = state.withLock { state in
      defer { state.isStarted = true }
      return !state.isStarted && !state.isClosed
    }
    guard isFirst else { return }
    thread.enter()
    let own = Thread { [self, thread] in
      serve()
      thread.leave()
    }
    own.name = "phos-postgres-listener"
    own.start()
  }

  func notifyOthers() {
    state.withLock { $0.mustNotify = true }
    start()
    alarm.wake()
  }

  func close() {
    state.withLock { $0.isClosed = true }
    alarm.wake()
  }

  /// A server that does not answer may hold the thread up a little longer.
  func waitForEnd() { _ = thread.wait(timeout: .now() + 6) }

  private func serve() {
    var pause = Self.shortestPause
    while next() != .end {
      do {
        let connection = try PostgreSQLConnection(address, silenceTimeout: silence)
        _ = try connection.answer(to: "LISTEN phos_changes")
        pause = Self.shortestPause
        // What others said until now was not heard.
        here.notify()
        try attend(connection)
      } catch {
        logger.notice(
          "Notifications from other nodes are temporarily unavailable",
          metadata: ["error": "\(error)"]
        )
        let end = ContinuousClock.now + pause
        while next() != .end, ContinuousClock.now < end { alarm.wait(until: end) }
        pause = min(pause * 2, Self.maximumPause)
      }
    }
  }

  private func attend(_ connection: PostgreSQLConnection) throws {
    var earliest = ContinuousClock.now
    while true {
      let call = next()
      if call == .end { return }
      let mayNotify = ContinuousClock.now >= earliest
      if call == .notify, mayNotify {
        // Before it is sent: what changes from now on needs another.
        state.withLock { $0.mustNotify = false }
        do { _ = try connection.answer(to: "NOTIFY phos_changes") } catch {
          state.withLock { $0.mustNotify = true }
          throw error
        }
        earliest = .now + Self.pace
      }
      if try connection.hearsOthers() { here.notify() }
      // A request that arrived in between has left its mark in the pipe.
      alarm.wait(for: connection.socket, until: call == .notify && !mayNotify ? earliest : nil)
    }
  }

  private func next() -> Call {
    state.withLock { $0.isClosed ? .end : $0.mustNotify ? .notify : .wait }
  }
}
