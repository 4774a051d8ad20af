import CalendarCore
import Foundation
import JobQueue
import Synchronization

/// Changes whose callers still wait for the provider's answer, in this process.
///
/// A refusal takes them back in the very transaction that ends the job, so that nobody ever sees a change that was not
/// accepted as one that failed. Once nobody is waiting, the change was accepted and stays.
final class AwaitedChanges: Sendable {
  private struct Entry {
    let job: Job.ID
    let saved: SavedChange
    /// Why the caller is not told that it was accepted.
    var failure: (any Error)?
  }

  /// By who waits: one job may bring the changes of several of them.
  private let entries = Mutex<[UUID: [Entry]]>([:])

  /// Runs the jobs of a change while its caller waits.
  ///
  /// Throws `EventRefused` when it was refused and taken back.
  func run(_ saved: SavedChange, on runner: WorkspaceJobRunner) async throws {
    let caller = UUID()
    entries.withLock { $0[caller] = saved.jobs.map { Entry(job: $0.id, saved: saved) } }
    _ = await runner.runNow(saved.jobs)
    let failure = entries.withLock { $0.removeValue(forKey: caller)?.compactMap(\.failure).first }
    if let failure { throw failure }
  }

  /// Whether a caller in this process waits for what the job brings about.
  func isAwaited(_ job: Job) -> Bool {
    entries.withLock { $0.values.contains { $0.contains { $0.job == job.id } } }
  }

  /// The changes that a refused job was to bring and whose callers still wait, the latest first: they are to be taken
  /// back.
  ///
  /// May be asked again for the same job, as a transaction may be run again. A caller who stops waiting before that is certain
  /// is told neither that it was accepted nor that it was refused.
  func refused(_ job: Job) -> [SavedChange] { mark(job, StoreError.outcomeUnknown) }

  /// They were taken back, and their callers hear of it.
  func tookBack(_ job: Job, _ refusal: any Error) { _ = mark(job, refusal) }

  /// The refusal could not be stored: another runner has the job now.
  ///
  /// Or nobody knows whether it was; then the caller must not be told that the change was accepted.
  func notStored(_ job: Job, because error: any Error) {
    _ = mark(job, error as? StoreError == .outcomeUnknown ? error : nil)
  }

  private func mark(_ job: Job, _ failure: (any Error)?) -> [SavedChange] {
    entries.withLock { entries in
      var found: [SavedChange] = []
      for (caller, own) in entries {
        for index in own.indices where own[index].job == job.id {
          entries[caller]?[index].failure = failure
          found.append(own[index].saved)
        }
      }
      guard let event = job.eventID else { return found }
      return found.sorted { $0.version(of: event) > $1.version(of: event) }
    }
  }
}
