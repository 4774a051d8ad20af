package import Foundation
package import JobQueue

/// The meaning of jobs in this program: tenants are workspaces, resources are connected accounts, and subjects are
/// events, emails or accounts.
extension Job {
  package init(
    id: ID,
    workspaceID: Workspace.ID,
    kind: JobKind,
    priority: JobPriority = .normal,
    subject: JobSubject,
    isUnique: Bool = false,
    accountID: ConnectedAccount.ID,
    lane: JobLane? = nil,
    scheduledAt: Date
  ) {
    self.init(
      id: id,
      tenant: workspaceID.uuid,
      kind: kind,
      priority: priority,
      subject: subject,
      isUnique: isUnique,
      resource: accountID.uuid,
      lane: lane ?? .account(accountID),
      scheduledAt: scheduledAt
    )
  }

  package var workspaceID: Workspace.ID { Identifier(tenant) }
  package var accountID: ConnectedAccount.ID { Identifier(resource) }
  package var eventID: CalendarEvent.ID? {
    subject.type == JobSubject.eventType ? Identifier(subject.id) : nil
  }
  package var emailID: EmailMessage.ID? {
    subject.type == JobSubject.emailType ? Identifier(subject.id) : nil
  }
}

extension JobSubject {
  fileprivate static let eventType = "event"
  fileprivate static let emailType = "email"

  package static func event(_ id: CalendarEvent.ID) -> Self { Self(type: eventType, id: id.uuid) }
  package static func email(_ id: EmailMessage.ID) -> Self { Self(type: emailType, id: id.uuid) }
  package static func account(_ id: ConnectedAccount.ID) -> Self { Self(type: "account", id: id.uuid) }
  package static func calendar(_ id: CalendarChannel.ID) -> Self { Self(type: "calendar", id: id.uuid) }
}

extension JobLane {
  /// The lane of everything that writes to an account.
  package static func account(_ id: ConnectedAccount.ID) -> Self { Self(rawValue: "account/\(id)") }
  /// The lane of what reads one calendar: writing to the account does not wait for it.
  package static func calendar(_ id: CalendarChannel.ID) -> Self { Self(rawValue: "calendar/\(id)") }
  /// The lane of what reads an account's mailbox.
  package static func inbox(_ id: ConnectedAccount.ID) -> Self { Self(rawValue: "inbox/\(id)") }
}

extension IdentifierSource {
  package func makeJobID() -> Job.ID { Job.ID(make(Job.self).uuid) }
}
