#if DEBUG
  import Foundation
  import Synchronization
#endif

/// The steps between a request and its answer, and of a job, at which a test may end the program.
///
/// `PHOS_FAIL_POINT=stored` kills the process with SIGKILL when it comes to that step, `stored:3` the third time.
/// Release builds have none of this.
package enum FailPoint: String, CaseIterable, Sendable {
  /// The mutation has arrived; nothing was done.
  case received
  /// The event and its job are written and not committed.
  case storing
  /// They are committed; nobody runs the job yet.
  case stored
  case jobLeased
  case beforeProvider
  /// The provider has answered; nothing of that is stored.
  case afterProvider
  /// The provider's answer is written and not committed.
  case storingResult
  case storedResult
  /// All is done but the answer to the caller.
  case beforeAnswer

  @inline(__always)
  package func reached() {
    #if DEBUG
      if let step = Self.fatal, step.point == self,
        Self.visits.withLock({
          $0 += 1; return $0
        }) == step.visit
      {
        kill(getpid(), SIGKILL)
      }
    #endif
  }

  #if DEBUG
    private static let visits = Mutex(0)

    private static let fatal: (point: FailPoint, visit: Int)? = {
      guard let text = ProcessInfo.processInfo.environment["PHOS_FAIL_POINT"] else { return nil }
      let parts = text.split(separator: ":")
      guard let name = parts.first, let point = FailPoint(rawValue: String(name)) else { return nil }
      return (point, parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
    }()
  #endif
}
