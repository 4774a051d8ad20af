package import CalendarCore
package import Foundation
import Synchronization

/// A clock that stands still until a test advances it.
package final class ManualClock: Sendable {
  private let instant: Mutex<Date>

  package init(_ start: Date = Date(timeIntervalSince1970: 1_790_000_000)) { instant = Mutex(start) }

  package var now: Date { instant.withLock { $0 } }
  package var wallClock: WallClock { WallClock { self.now } }

  package func advance(by interval: TimeInterval) { instant.withLock { $0 += interval } }
}
