package import Foundation

/// Work that must happen, kept beside the data it is about.
///
/// At-least-once: a job may run again after a crash.
package struct Job: Sendable, Hashable {
  package typealias ID = Identifier<Job>

  package var id: ID
  package var workspaceID: Workspace.ID
  package var kind: JobKind
  package var eventID: CalendarEvent.ID
  /// Jobs of one account run one after another.
  package var accountID: ConnectedAccount.ID
  package var runAfter: Date
  /// How often it was started.
  package var attempts: Int
  /// Who runs it now, and until when that claim holds.
  package var lease: JobLease?

  package init(
    id: ID,
    workspaceID: Workspace.ID,
    kind: JobKind,
    eventID: CalendarEvent.ID,
    accountID: ConnectedAccount.ID,
    runAfter: Date,
    attempts: Int = 0,
    lease: JobLease? = nil
  ) {
    (self.id, self.workspaceID, self.kind) = (id, workspaceID, kind)
    (self.eventID, self.accountID, self.runAfter) = (eventID, accountID, runAfter)
    (self.attempts, self.lease) = (attempts, lease)
  }
}

/// What a job does.
package enum JobKind: String, Sendable, CaseIterable {
  /// Bring an event to its provider.
  case pushEvent = "PUSH_EVENT"
  /// See what became of a conference that was pending.
  case resolveConference = "RESOLVE_CONFERENCE"
}

/// One runner's claim on a job.
///
/// A runner that dies loses it when it expires.
package struct JobLease: Sendable, Hashable {
  package var owner: String
  package var expiresAt: Date

  package init(owner: String, expiresAt: Date) { (self.owner, self.expiresAt) = (owner, expiresAt) }
}
