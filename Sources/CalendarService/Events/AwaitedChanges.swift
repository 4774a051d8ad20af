import CalendarCore
import Synchronization

/// Changes whose callers still wait for the provider's answer, in this process.
///
/// A refusal takes them back in the very transaction that ends the job, so that nobody ever sees a change that was not
/// accepted as one that failed. Once nobody waits any more, the change was accepted and stays.
final class AwaitedChanges: Sendable {
  private struct Entry {
    let saved: SavedChange
    var refusal: EventRefused?
  }

  private let entries = Mutex<[Job.ID: Entry]>([:])

  /// Runs the jobs of a change while its caller waits.
  ///
  /// Throws `EventRefused` when it was refused and taken back.
  func run(_ saved: SavedChange, on runner: JobRunner) async throws {
    entries.withLock { entries in
      for job in saved.jobs { entries[job.id] = Entry(saved: saved) }
    }
    _ = await runner.runNow(saved.jobs)
    let refusal = entries.withLock { entries in
      saved.jobs.compactMap { entries.removeValue(forKey: $0.id)?.refusal }.first
    }
    if let refusal { throw refusal }
  }

  /// The change that a refused job belongs to, if its caller still waits; they hear of the refusal.
  ///
  /// May be asked again for the same job, as a transaction may be run again.
  func refused(_ job: Job.ID, _ refusal: EventRefused) -> SavedChange? {
    entries.withLock { entries in
      entries[job]?.refusal = refusal
      return entries[job]?.saved
    }
  }

  /// The refusal could not be stored: somebody else has the job now.
  func isStillOpen(_ job: Job.ID) { entries.withLock { $0[job]?.refusal = nil } }
}
