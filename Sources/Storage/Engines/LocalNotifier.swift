import CalendarCore
import Synchronization

/// A notifier within this process.
final class LocalNotifier: ChangeNotifier {
  private struct Listeners {
    var lastNumber = 0
    var sinks: [Int: AsyncStream<Void>.Continuation] = [:]
  }

  private let listeners = Mutex(Listeners())
  let pollInterval: Duration

  /// For SQLite: a worker in its own process does not notify this one.
  init(pollInterval: Duration = .seconds(2)) { self.pollInterval = pollInterval }

  func notify() {
    for sink in listeners.withLock({ Array($0.sinks.values) }) { sink.yield() }
  }

  func notifications() -> AsyncStream<Void> {
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
