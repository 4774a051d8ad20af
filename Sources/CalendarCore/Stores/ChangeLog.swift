package import Foundation

/// Reads the log of changes to events.
///
/// Every transaction that changes an event says so in the log, so that watchers can be told. The log says
/// which event it was; what became of it is read fresh.
package protocol ChangeLogReading {
  /// Returns the changes since `last`, each event once and the latest change last, and how far they were read.
  ///
  /// With no `last` nothing but that. With a `workspace` only what changed there. At most `limit` events: where there
  /// are more, or where the log does not reach back so far, `isComplete` is false.
  func since(_ last: SnapshotPosition?, in workspace: Workspace.ID?, limit: Int) throws -> ChangePage
}

/// Shortens the log of changes.
package protocol ChangeLogTrimming: ChangeLogReading {
  /// Forgets some of what happened so many seconds ago; how many changes. Call it until that is none.
  func forget(olderThan age: TimeInterval) throws -> Int
}

/// How long changes can be asked for.
package enum ChangeLog {
  /// Seconds after which a horizon is too old to be read on from.
  package static let minimumRetention: TimeInterval = 3600
  /// Seconds for which changes are kept: a long transaction may be much younger than its position.
  package static let retention: TimeInterval = 2 * minimumRetention
}

/// A moment in the log: which transactions were over, and which were not.
///
/// Transactions end in another order than they begin, so one number cannot say it. A reader that continues from here gets
/// what was made by those that were open then, and by all later ones: every change exactly once. It means something
/// only to the database that it is from.
package struct SnapshotPosition: Sendable, Hashable {
  /// The lowest position that no transaction had yet.
  package var next: Int64
  /// Those below it whose transactions were not over, lowest first.
  package var open: [Int64]
  /// When that was, by the database's clock.
  package var instant: Date

  package init(next: Int64, open: [Int64] = [], instant: Date) {
    self.next = next
    self.open = open
    self.instant = instant
  }
}

/// That an event was made, changed or deleted.
package struct EventChange: Sendable, Hashable {
  package let workspaceID: Workspace.ID
  package let eventID: CalendarEvent.ID

  package init(workspaceID: Workspace.ID, eventID: CalendarEvent.ID) {
    self.workspaceID = workspaceID
    self.eventID = eventID
  }
}

/// One page of the log.
package struct ChangePage: Sendable, Hashable {
  package var changes: [EventChange]
  /// Where to read on.
  package var horizon: SnapshotPosition
  /// Whether nothing is missing from `changes`.
  package var isComplete: Bool

  package init(changes: [EventChange], horizon: SnapshotPosition, isComplete: Bool) {
    self.changes = changes
    self.horizon = horizon
    self.isComplete = isComplete
  }
}
