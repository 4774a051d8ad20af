import Logging
import Synchronization

/// Keeps what is logged.
final class RecordedLog: LogHandler, Sendable {
  struct Entry: Sendable {
    let level: Logger.Level
    let metadata: Logger.Metadata
  }

  private let recorded = Mutex<[Entry]>([])
  var entries: [Entry] { recorded.withLock { $0 } }

  var logLevel: Logger.Level {
    get { .trace }
    set {}
  }
  var metadata: Logger.Metadata {
    get { [:] }
    set {}
  }
  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { nil }
    set {}
  }

  func log(event: LogEvent) {
    recorded.withLock { $0.append(Entry(level: event.level, metadata: event.metadata ?? [:])) }
  }
}
