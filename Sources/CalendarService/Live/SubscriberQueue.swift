import CalendarCore
import Synchronization

/// The updates that one subscriber has not received yet.
///
/// However often an event changes, it is in here once: a slow consumer gets what it is by then.
final class SubscriberQueue: Sendable {
  /// Some events to be told of.
  struct Batch: Sendable {
    var events: [CalendarEvent.ID]
    /// Where to resume before all of them were handed out, and after that.
    var before: SnapshotPosition
    var after: SnapshotPosition
  }

  fileprivate struct State {
    var waiting: [CalendarEvent.ID] = []
    var known: Set<CalendarEvent.ID> = []
    /// Up to where everything was put in here.
    var filled: SnapshotPosition
    /// Up to where everything was handed out.
    var handed: SnapshotPosition
    /// Where a batch that is being handed out leads.
    var handing: SnapshotPosition?
    var end: Result<Void, any Error>?
  }

  fileprivate enum Step {
    case batch(Batch)
    case wait
    case end
  }

  /// How many events may wait before the watcher has to start over.
  static let maximumEvents = 1000

  /// Nil for all events of the workspace.
  private let event: CalendarEvent.ID?
  private let state: Mutex<State>
  private let news: AsyncStream<Void>
  private let newsSink: AsyncStream<Void>.Continuation

  /// `start` is how far the watcher has got.
  init(event: CalendarEvent.ID?, start: SnapshotPosition) {
    self.event = event
    state = Mutex(State(filled: start, handed: start))
    (news, newsSink) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Where to resume after what was handed out; a batch counts when the next one is asked for.
  var position: SnapshotPosition {
    state.withLock { $0.handing == nil && $0.waiting.isEmpty ? $0.filled : $0.handed }
  }

  /// Everything up to `horizon` has been put in with this.
  func enqueue(_ events: [CalendarEvent.ID], upTo horizon: SnapshotPosition) {
    let isNews = state.withLock { state in
      guard state.end == nil else { return false }
      state.filled = horizon
      for id in events where event == nil || event == id {
        if state.known.insert(id).inserted { state.waiting.append(id) }
      }
      if state.waiting.count > Self.maximumEvents { state.close(.failure(ResumePositionExpired())) }
      return state.end != nil || !state.waiting.isEmpty
    }
    if isNews { newsSink.yield() }
  }

  /// Ends the watch: with nothing more, or with an error.
  func end(_ end: Result<Void, any Error>) {
    state.withLock { $0.close(end) }
    newsSink.yield()
  }

  /// The next events, as soon as there are some; nil when there will be none, also for a task that is cancelled.
  func dequeue(atMost limit: Int) async throws -> Batch? {
    while true {
      switch try state.withLock({ try $0.dequeue(limit) }) {
      case .batch(let batch): return batch
      case .end: return nil
      case .wait: if await news.first(where: { _ in true }) == nil { return nil }
      }
    }
  }
}

extension SubscriberQueue.State {
  fileprivate mutating func close(_ end: Result<Void, any Error>) {
    guard self.end == nil else { return }
    self.end = end
    waiting = []
  }

  fileprivate mutating func dequeue(_ limit: Int) throws -> SubscriberQueue.Step {
    if let handing { handed = handing }
    handing = nil
    if let end {
      try end.get()
      return .end
    }
    guard !waiting.isEmpty else { return .wait }
    let events = Array(waiting.prefix(limit))
    waiting.removeFirst(events.count)
    for event in events { known.remove(event) }
    let after = waiting.isEmpty ? filled : handed
    handing = after
    return .batch(.init(events: events, before: handed, after: after))
  }
}
