import CalendarCore
import Foundation
import Synchronization

/// Changes whose callers still wait for the provider's answer, in this process.
///
/// A refusal takes them back in the very transaction that ends the job, so that nobody ever sees a change that was not
/// accepted as one that failed. Once nobody waits any more, the change was accepted and stays.
final class AwaitedChanges: Sendable {
  private struct Entry {
    let job: Job.ID
    let saved: SavedChange
    var refusal: EventRefused?
  }

  /// By who waits: one job may bring the changes of several of them.
  private let entries = Mutex<[UUID: [Entry]]>([:])

  /// Runs the jobs of a change while its caller waits.
  ///
  /// Throws `EventRefused` when it was refused and taken back.
  func run(_ saved: SavedChange, on runner: JobRunner) async throws {
    let caller = UUID()
    entries.withLock { $0[caller] = saved.jobs.map { Entry(job: $0.id, saved: saved) } }
    _ = await runner.runNow(saved.jobs)
    let refusal = entries.withLock { $0.removeValue(forKey: caller)?.compactMap(\.refusal).first }
    if let refusal { throw refusal }
  }

  /// The changes that a refused job was to bring and whose callers still wait, the latest first; they hear of the
  /// refusal.
  ///
  /// May be asked again for the same job, as a transaction may be run again.
  func refused(_ job: Job, _ refusal: EventRefused) -> [SavedChange] { mark(job, refusal) }

  /// The refusal could not be stored: somebody else has the job now.
  func isStillOpen(_ job: Job) { _ = mark(job, nil) }

  private func mark(_ job: Job, _ refusal: EventRefused?) -> [SavedChange] {
    entries.withLock { entries in
      var found: [SavedChange] = []
      for (caller, own) in entries {
        for index in own.indices where own[index].job == job.id {
          entries[caller]?[index].refusal = refusal
          found.append(own[index].saved)
        }
      }
      return found.sorted { $0.version(of: job.eventID) > $1.version(of: job.eventID) }
    }
  }
}
