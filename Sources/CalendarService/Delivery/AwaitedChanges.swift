import CalendarCore
import Foundation
import JobQueue
import Synchronization

/// Changes whose callers still wait for the provider's answer, in this process.
///
/// A refusal takes them back in the very transaction that ends the job, so that nobody ever sees a change that was not
/// accepted as one that failed. Once nobody is waiting, the change was accepted and stays. No other process takes a
/// change back: the caller's process has claimed the first job together with the change.
final class AwaitedChanges: Sendable {
  private struct Entry {
    let job: Job
    /// The change to revert after a refusal; nil where a refusal is answered in another way.
    let saved: ChangeSet?
    /// The data that the job needs, if the transaction that claimed it has read it.
    let context: JobContext?
    /// Reads the answer, after the result of the caller's last job is stored.
    let read: ReadAnswer?
    /// Why the caller is not told that it was accepted.
    var failure: (any Error)?
    var answer: ShownEvent?
  }

  /// Reads what a caller is shown, in the transaction that stores the result of the job.
  ///
  /// Given the job's event as it is stored then. Nil when there is nothing left to show.
  typealias ReadAnswer = @Sendable (any WorkspaceReader, CalendarEvent?) throws -> ShownEvent?

  /// By who waits: one job may bring the changes of several of them.
  private let entries = Mutex<[UUID: [Entry]]>([:])

  /// Runs the jobs of a change while its caller waits, and returns what the caller is shown; nil where it must be read.
  ///
  /// Throws `ProviderRejection` when it was refused and taken back.
  func run(
    _ saved: ChangeSet,
    on runner: WorkspaceJobRunner,
    answer: ReadAnswer? = nil
  ) async throws -> ShownEvent? {
    let last = saved.jobs.last?.id
    let (_, entries) = await run(
      saved.jobs.map { job in
        Entry(
          job: job,
          saved: saved,
          context: saved.context,
          read: job.id == last ? answer : nil
        )
      },
      on: runner
    )
    if let failure = entries.compactMap(\.failure).first { throw failure }
    return entries.last?.answer
  }

  /// Runs the jobs of a change while its caller waits, and returns the event as the caller sees it then.
  ///
  /// Throws `ProviderRejection` when it was refused and taken back, and `EventDeleted` where the event is gone.
  func run(
    _ saved: ChangeSet,
    on runner: WorkspaceJobRunner,
    showing reference: EventReference,
    to caller: Caller,
    as context: EventReadContext,
    in database: any Database
  ) async throws -> ShownEvent {
    let shown = try await run(saved, on: runner) {
      try context.find(reference, knowing: $1, for: caller, in: $0)
    }
    if let shown { return shown }
    return try await database.read(caller.workspaceID) {
      try context.answer(about: reference, to: caller, from: $0)
    }
  }

  /// Runs the job of a new event while its caller waits, and returns how it ended and what the caller is shown, if that
  /// was read.
  func run(
    _ job: Job,
    with context: JobContext?,
    on runner: WorkspaceJobRunner,
    answer: @escaping ReadAnswer
  ) async -> (JobOutcome?, ShownEvent?) {
    let entry = Entry(job: job, saved: nil, context: context, read: answer)
    let (outcome, entries) = await run([entry], on: runner)
    return (outcome, entries.first?.answer)
  }

  private func run(_ own: [Entry], on runner: WorkspaceJobRunner) async -> (JobOutcome?, [Entry]) {
    let caller = UUID()
    entries.withLock { $0[caller] = own }
    let outcome = await runner.runNow(own.map(\.job))
    return (outcome, entries.withLock { $0.removeValue(forKey: caller) ?? [] })
  }

  /// Returns the data that the job needs, if the transaction that made this very claim has read it.
  func context(of job: Job) -> JobContext? {
    guard let owner = job.lease?.owner else { return nil }
    return entries.withLock { entries in
      entries.values.lazy.joined().first { $0.job.id == job.id && $0.job.lease?.owner == owner }?.context
    }
  }

  /// Reads the answers for the callers whose last job this is, in the transaction that stores its result.
  func readAnswers(
    after job: Job,
    on event: CalendarEvent?,
    from reader: any WorkspaceReader
  ) throws -> [UUID: ShownEvent] {
    let readers = entries.withLock { entries in
      entries.compactMapValues { own in own.last { $0.job.id == job.id }?.read }
    }
    return try readers.compactMapValues { try $0(reader, event) }
  }

  /// Hands over the answers once their transaction is committed.
  func deliver(_ answers: [UUID: ShownEvent], after job: Job) {
    entries.withLock { entries in
      for (caller, answer) in answers {
        guard let index = entries[caller]?.lastIndex(where: { $0.job.id == job.id }) else { continue }
        entries[caller]?[index].answer = answer
      }
    }
  }

  /// Whether a caller in this process waits for what the job brings about, and its change can be taken back.
  func isAwaited(_ job: Job) -> Bool {
    entries.withLock { $0.values.contains { $0.contains { $0.job.id == job.id && $0.saved != nil } } }
  }

  /// The changes that a refused job was to bring and whose callers still wait, the latest first: they are to be taken
  /// back.
  ///
  /// May be asked again for the same job, as a transaction may be run again. A caller who stops waiting before that is certain
  /// is told neither that it was accepted nor that it was refused.
  func refused(_ job: Job) -> [ChangeSet] { mark(job, StoreError.outcomeUnknown) }

  /// They were taken back, and their callers hear of it.
  func didRevert(_ job: Job, _ refusal: any Error) { _ = mark(job, refusal) }

  /// The refusal could not be stored: another runner has the job now.
  ///
  /// Or nobody knows whether it was; then the caller must not be told that the change was accepted.
  func notStored(_ job: Job, because error: any Error) {
    _ = mark(job, error as? StoreError == .outcomeUnknown ? error : nil)
  }

  private func mark(_ job: Job, _ failure: (any Error)?) -> [ChangeSet] {
    entries.withLock { entries in
      var found: [ChangeSet] = []
      for (caller, own) in entries {
        for index in own.indices where own[index].job.id == job.id {
          guard let saved = own[index].saved else { continue }
          entries[caller]?[index].failure = failure
          found.append(saved)
        }
      }
      guard let event = job.eventID else { return found }
      return found.sorted { $0.version(of: event) > $1.version(of: event) }
    }
  }
}
