package import Foundation

/// The time limits of a runner.
package struct JobRunnerLimits: Sendable {
  /// How long a person waits for a run, well below the 3 s of NFR-1.
  package var answer: Duration = .milliseconds(2300)
  /// How long one run may take.
  package var run: Duration = .seconds(25)
  /// Seconds after which a claim of a process that died expires.
  package let lease: TimeInterval
  /// How often a claim is renewed: two renewals may be missed before it expires.
  package var heartbeat: Duration
  /// How long running jobs may continue when the program is told to stop.
  package var drain: Duration = .seconds(5)
  /// How often in a row a job may be started without an end before it is discarded.
  package var crashes = 8
  /// How many jobs the background worker runs at once.
  package var concurrentJobs = 16

  package init(lease: TimeInterval = 12) {
    self.lease = lease
    heartbeat = .seconds(lease / 3)
  }
}
