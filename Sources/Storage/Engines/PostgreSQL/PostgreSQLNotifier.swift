import CalendarCore
import Foundation
import Logging

/// A notifier that reaches every node on one PostgreSQL database, with LISTEN and NOTIFY.
///
/// This node hears itself at once, without the server. No connection is opened before the first notification or listener.
final class PostgreSQLNotifier: ChangeNotifier {
  private let listener: PostgreSQLListener
  /// Notifications are lost only in the moment in which a connection breaks.
  let pollInterval = Duration.seconds(15)

  init(_ address: PostgreSQLAddress, silence: Duration, logger: Logger) {
    listener = PostgreSQLListener(address, silence: silence, logger: logger)
  }

  /// The thread holds the listener only, so that releasing the notifier ends it.
  deinit { listener.close() }

  func notifications() -> AsyncStream<Void> {
    let notifications = listener.here.notifications()
    listener.start()
    return notifications
  }

  func notify() {
    listener.here.notify()
    listener.notifyOthers()
  }

  /// Ends the thread and its connection.
  func close() {
    listener.close()
    listener.waitForEnd()
  }
}
