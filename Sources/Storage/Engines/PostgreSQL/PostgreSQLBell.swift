import CalendarCore
import Foundation
import Logging

/// A bell that every node on one PostgreSQL database hears, with LISTEN and NOTIFY.
///
/// This node hears itself at once, without the server. No connection is opened before the first notification or listener.
final class PostgreSQLBell: ChangeBell {
  private let line: PostgreSQLBellLine
  /// Rings that get lost are those of the moment in which a connection breaks.
  let longestSilence = Duration.seconds(15)

  init(_ address: PostgreSQLAddress, silence: Duration, logger: Logger) {
    line = PostgreSQLBellLine(address, silence: silence, logger: logger)
  }

  /// The thread knows the line only, so that a bell that is dropped ends it.
  deinit { line.close() }

  func rings() -> AsyncStream<Void> {
    let rings = line.here.rings()
    line.start()
    return rings
  }

  func ring() {
    line.here.ring()
    line.notifyOthers()
  }

  /// Ends the thread and its connection.
  func close() {
    line.close()
    line.waitForEnd()
  }
}
