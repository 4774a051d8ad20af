import CalendarCore
import Synchronization

/// A bell that is heard in this process.
final class LocalBell: ChangeBell {
  private struct Listeners {
    var lastNumber = 0
    var sinks: [Int: AsyncStream<Void>.Continuation] = [:]
  }

  private let listeners = Mutex(Listeners())
  let longestSilence: Duration

  /// For SQLite: a worker that is a process of its own does not ring here.
  init(longestSilence: Duration = .seconds(2)) { self.longestSilence = longestSilence }

  func ring() {
    for sink in listeners.withLock({ Array($0.sinks.values) }) { sink.yield() }
  }

  func rings() -> AsyncStream<Void> {
    let (stream, sink) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let number = listeners.withLock { listeners in
      listeners.lastNumber += 1
      listeners.sinks[listeners.lastNumber] = sink
      return listeners.lastNumber
    }
    sink.onTermination = { [weak self] _ in self?.listeners.withLock { $0.sinks[number] = nil } }
    return stream
  }
}
