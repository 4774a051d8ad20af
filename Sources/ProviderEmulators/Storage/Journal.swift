package import Foundation
import Synchronization

/// The state that an emulator keeps across restarts: one JSON record per line, appended with each change.
///
/// Appending costs the same with ten thousand events as with one, and a killed process loses nothing that it answered.
/// A line torn by a crash is dropped when the file is read; the file is rewritten whole (beside itself, then renamed)
/// at each start, so that it does not grow forever.
package final class Journal<Record: Codable & Sendable>: Sendable {
  private let file: Mutex<FileHandle?>

  /// A journal that stores nothing.
  package init() {
    file = Mutex(nil)
  }

  /// Opens the journal at `url`, passes each record to `restore` in order, and stores what `snapshot` returns.
  package init(
    url: URL,
    restore: (Record) -> Void,
    snapshot: () -> [Record]
  ) throws {
    let decoder = JSONDecoder()
    if let old = try? Data(contentsOf: url) {
      for line in old.split(separator: UInt8(ascii: "\n")) {
        if let record = try? decoder.decode(Record.self, from: Data(line)) { restore(record) }
      }
    }
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    var whole = Data()
    for record in snapshot() { whole.append(try Self.line(record)) }
    try whole.write(to: url, options: .atomic)
    // The journal contains tokens and guests' addresses.
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: url.path)
    let handle = try FileHandle(forWritingTo: url)
    try handle.seekToEnd()
    file = Mutex(handle)
  }

  package func append(_ record: Record) {
    file.withLock { handle in
      guard let handle, let line = try? Self.line(record) else { return }
      // With a full disk, the demo loses this record after a restart, but still answers.
      try? handle.write(contentsOf: line)
    }
  }

  private static func line(_ record: Record) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try encoder.encode(record) + Data("\n".utf8)
  }
}
