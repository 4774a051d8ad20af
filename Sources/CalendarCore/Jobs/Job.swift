package import Foundation

/// Work that must happen, kept beside the data it is about.
///
/// At-least-once: a job may run again after a crash.
package struct Job: Sendable, Hashable {
  package typealias ID = Identifier<Job>

  package var id: ID
  package var workspaceID: Workspace.ID
  package var kind: JobKind
  package var priority: JobPriority
  /// What it is about, if that is an event.
  package var eventID: CalendarEvent.ID?
  /// What it is about, if that is a mail; else, without an event, it is about its account.
  package var emailID: EmailMessage.ID?
  /// Jobs of one account run one after another.
  package var accountID: ConnectedAccount.ID
  package var runAfter: Date
  /// How often it was started.
  package var attempts: Int
  /// How often in a row it was started and never came to an end: its process died, or failed at something of ours.
  package var unfinishedRuns: Int
  /// Who runs it now, and until when that claim holds.
  package var lease: JobLease?

  package init(
    id: ID,
    workspaceID: Workspace.ID,
    kind: JobKind,
    priority: JobPriority = .caused,
    eventID: CalendarEvent.ID? = nil,
    emailID: EmailMessage.ID? = nil,
    accountID: ConnectedAccount.ID,
    runAfter: Date,
    attempts: Int = 0,
    unfinishedRuns: Int = 0,
    lease: JobLease? = nil
  ) {
    self.id = id
    self.workspaceID = workspaceID
    self.kind = kind
    self.priority = priority
    self.eventID = eventID
    self.emailID = emailID
    self.accountID = accountID
    self.runAfter = runAfter
    self.attempts = attempts
    self.unfinishedRuns = unfinishedRuns
    self.lease = lease
  }
}

extension Job {
  /// The id of what it is about, for logs.
  package var subject: String { eventID?.description ?? emailID?.description ?? "-" }
}

/// What a job does.
package enum JobKind: String, Sendable, CaseIterable {
  /// Bring an event, or what was changed of it, to its provider.
  case pushEvent = "PUSH_EVENT"
  /// See what became of a conference that was pending.
  case resolveConference = "RESOLVE_CONFERENCE"
  /// Carry out a deletion that can no longer be taken back.
  case deleteEvent = "DELETE_EVENT"
  /// Let the conferences of an event, at services of their own, be as it is.
  case followConference = "FOLLOW_CONFERENCE"
  /// Hand a mail to its transport.
  case sendEmail = "SEND_EMAIL"
  /// Look into the account's mailbox for answers to invitations; comes back as long as there is one.
  case readReplies = "READ_REPLIES"
}

/// Whose turn it is among jobs that are due: those with the lower number first.
package enum JobPriority: Int, Sendable, CaseIterable {
  /// Somebody waits for the answer.
  case awaited = 0
  /// Somebody caused it, and looks again later.
  case caused = 1
  /// Nobody asked for it.
  case background = 2
}

/// One runner's claim on a job, which it renews while it works.
///
/// A runner that dies loses it when it expires.
package struct JobLease: Sendable, Hashable {
  package var owner: String
  package var expiresAt: Date

  package init(owner: String, expiresAt: Date) {
    self.owner = owner
    self.expiresAt = expiresAt
  }
}

/// What became of the wish for one job.
package enum JobClaim: Sendable, Hashable {
  case claimed(Job)
  /// It is done, somebody else has it, or its account or its event has something to do before it.
  case taken
  /// The provider has asked us to slow down, or would.
  case notBefore(Date)
}

/// A job that was given up, kept until a person looks at it.
package struct DeadJob: Sendable, Hashable {
  package var job: Job
  /// A sentence.
  package var reason: String
  package var diedAt: Date

  package init(job: Job, reason: String, diedAt: Date) {
    self.job = job
    self.reason = reason
    self.diedAt = diedAt
  }
}

/// A job that was taken away with its account.
package struct DroppedJob: Sendable, Hashable {
  package var kind: JobKind
  package var eventID: CalendarEvent.ID?
  package var emailID: EmailMessage.ID?

  package init(kind: JobKind, eventID: CalendarEvent.ID?, emailID: EmailMessage.ID?) {
    self.kind = kind
    self.eventID = eventID
    self.emailID = emailID
  }
}
