import CalendarService
import NIOPosix
import Synchronization

/// Where passwords are checked: a check takes 32 MiB and a core for a while (`PasswordHash`), and anyone may ask
/// for one, so that few run at once, few wait, and the threads that others need are left alone.
final class PasswordPool: Sendable {
  /// One for the process, as its memory is; it is never shut down.
  static let shared = PasswordPool(threads: 2, waiters: 32)

  private let threads: NIOThreadPool
  private let most: Int
  private let underWay = Mutex(0)

  init(threads: Int, waiters: Int) {
    self.threads = NIOThreadPool(numberOfThreads: threads)
    most = threads + waiters
    self.threads.start()
  }

  /// Throws `SignInError.busy` when too many are waiting already.
  func run(_ body: @escaping @Sendable () throws -> Bool) async throws -> Bool {
    let isAdmitted = underWay.withLock { count in
      guard count < most else { return false }
      count += 1
      return true
    }
    guard isAdmitted else { throw SignInError.busy }
    defer { underWay.withLock { $0 -= 1 } }
    return try await threads.runIfActive(body)
  }

  func shutdown() async throws { try await threads.shutdownGracefully() }
}
