package import CalendarCore
package import Logging
import Synchronization

/// Reads the log of changes for everyone on this node who looks on, and hands each what changed in their workspace.
///
/// It reads when it is notified, and now and then in case a notification was lost.
package final class ChangeHub: Sendable {
  private struct State {
    var watchers: [Int: (workspace: Workspace.ID, mailbox: SubscriberQueue)] = [:]
    var lastNumber = 0
    /// How far the log was read; nil while nobody watches.
    var horizon: SnapshotPosition?
    var isOver = false
  }

  private let database: any Database
  private let notifier: any ChangeNotifier
  private let clock: any Clock<Duration>
  private let logger: Logger
  private let state = Mutex(State())
  private let wakes: AsyncStream<Void>
  private let wakeSink: AsyncStream<Void>.Continuation

  /// Of more than this at once nobody is told one by one.
  private static let maximumChanges = 10_000
  /// Nobody sees a difference below this, and many changes are read together.
  private static let pace = Duration.milliseconds(20)
  private static let forgetting = Duration.seconds(600)

  package init(
    database: any Database,
    notifier: any ChangeNotifier,
    clock: any Clock<Duration> = ContinuousClock(),
    logger: Logger
  ) {
    self.database = database
    self.notifier = notifier
    self.clock = clock
    self.logger = logger
    (wakes, wakeSink) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Serves those who watch until the task is cancelled, then ends what they watch.
  package func run() async {
    let notifications = notifier.notifications()
    await withDiscardingTaskGroup { group in
      group.addTask { for await _ in notifications { self.wakeSink.yield() } }
      group.addTask { await self.readOn() }
      group.addTask { await self.forgetOldChanges() }
    }
    let watchers = state.withLock { state in
      state.isOver = true
      defer { state.watchers = [:] }
      return state.watchers.values
    }
    for watcher in watchers { watcher.mailbox.end(.success(())) }
  }

  /// Begins to watch: from now on, or from where a client has got to.
  ///
  /// Subscribing first and then reading the log misses nothing: the hub delivers everything newer.
  func watch(
    _ workspace: Workspace.ID,
    event: CalendarEvent.ID?,
    from resume: SnapshotPosition?
  ) async throws -> ChangeWatch {
    let watch = try await subscribe(workspace, event: event, from: resume)
    // It may have been waiting for nothing, without a limit.
    wakeSink.yield()
    guard let resume else { return watch }
    let missed = try await database.systemRead {
      try $0.changes.since(resume, in: workspace, limit: SubscriberQueue.maximumEvents)
    }
    guard missed.isComplete else { throw ResumePositionExpired() }
    watch.mailbox.enqueue(missed.changes.map(\.eventID), upTo: missed.horizon)
    return watch
  }

  private func subscribe(
    _ workspace: Workspace.ID,
    event: CalendarEvent.ID?,
    from resume: SnapshotPosition?
  ) async throws -> ChangeWatch {
    if let horizon = state.withLock({ $0.horizon }) {
      // If all others have left since then, this one may still begin here.
      return try subscribe(workspace, event: event, from: resume, unlessFurther: horizon)
    }
    let present = try await database.systemRead { try $0.changes.since(nil, in: nil, limit: 0).horizon }
    return try subscribe(workspace, event: event, from: resume, unlessFurther: present)
  }

  private func subscribe(
    _ workspace: Workspace.ID,
    event: CalendarEvent.ID?,
    from resume: SnapshotPosition?,
    unlessFurther present: SnapshotPosition
  ) throws -> ChangeWatch {
    let (mailbox, number) = try state.withLock { state in
      if state.isOver { throw StoreError.unavailable }
      let horizon = state.horizon ?? present
      state.horizon = horizon
      state.lastNumber += 1
      let mailbox = SubscriberQueue(event: event, start: resume ?? horizon)
      state.watchers[state.lastNumber] = (workspace, mailbox)
      return (mailbox, state.lastNumber)
    }
    return ChangeWatch(mailbox) { [weak self] in self?.unsubscribe(number) }
  }

  private func unsubscribe(_ number: Int) {
    state.withLock { state in
      state.watchers[number] = nil
      if state.watchers.isEmpty { state.horizon = nil }
    }
  }

  /// How many watch.
  package var watcherCount: Int { state.withLock { $0.watchers.count } }

  private func readOn() async {
    while !Task.isCancelled {
      if let last = state.withLock({ $0.horizon }) {
        await read(from: last)
        try? await clock.sleep(for: Self.pace)
      }
      await waitForWake()
    }
  }

  private func read(from last: SnapshotPosition) async {
    do {
      let reading = try await database.systemRead {
        try $0.changes.since(last, in: nil, limit: Self.maximumChanges)
      }
      dispatch(reading)
    } catch {
      // The notifier reports when the database is back; where it does not, this reads again.
      if !Task.isCancelled {
        logger.warning("Changes could not be read", metadata: ["error": "\(error)"])
      }
    }
  }

  private func dispatch(_ reading: ChangePage) {
    let watchers = state.withLock { state in
      if !state.watchers.isEmpty { state.horizon = reading.horizon }
      return state.watchers.values
    }
    let changes = Dictionary(grouping: reading.changes, by: \.workspaceID)
    for (workspace, mailbox) in watchers {
      guard reading.isComplete else {
        mailbox.end(.failure(ResumePositionExpired()))
        continue
      }
      mailbox.enqueue(changes[workspace, default: []].map(\.eventID), upTo: reading.horizon)
    }
  }

  private func waitForWake() async {
    // Nobody is kept waiting while nobody watches.
    let timer = state.withLock({ $0.horizon }).map { _ in
      Task { [clock, wakeSink, pause = notifier.pollInterval] in
        try await clock.sleep(for: pause)
        wakeSink.yield()
      }
    }
    defer { timer?.cancel() }
    _ = await wakes.first { _ in true }
  }

  /// Every node does; they do not disturb each other.
  private func forgetOldChanges() async {
    repeat {
      do {
        while try await database.system({ try $0.changes.forget(olderThan: ChangeLog.retention) }) > 0 {}
      } catch {
        if !Task.isCancelled {
          logger.warning("Old changes could not be forgotten", metadata: ["error": "\(error)"])
        }
      }
      try? await clock.sleep(for: Self.forgetting)
    } while !Task.isCancelled
  }
}

/// A subscription; releasing it unsubscribes.
final class ChangeWatch: Sendable {
  let mailbox: SubscriberQueue
  private let leave: @Sendable () -> Void

  init(_ mailbox: SubscriberQueue, leave: @escaping @Sendable () -> Void) {
    self.mailbox = mailbox
    self.leave = leave
  }

  deinit { leave() }
}
