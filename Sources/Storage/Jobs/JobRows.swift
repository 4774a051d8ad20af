import CalendarCore
import Foundation
import JobQueue

extension SQLValue {
  static func job(_ id: Job.ID) -> SQLValue { .text(id.description) }
  static func uuid(_ uuid: UUID) -> SQLValue { .text(uuid.uuidString.lowercased()) }
  static func subject(_ subject: JobSubject) -> SQLValue { .text(subject.description) }
}

extension Job {
  init(_ row: SQLRow) throws {
    let owner = try row.optionalText("lease_owner")
    let expiresAt = try row.optionalInstant("lease_expires_at")
    guard (owner == nil) == (expiresAt == nil) else { throw StoreError.corrupt(column: "lease_owner") }
    var lease: JobLease?
    if let owner, let expiresAt { lease = JobLease(owner: owner, expiresAt: expiresAt) }
    self.init(
      id: try row.parsed("id", Job.ID.init),
      tenant: try row.parsed("workspace_id") { UUID(uuidString: $0) },
      kind: try row.name("kind"),
      priority: try row.code("priority"),
      subject: try row.parsed("subject", JobSubject.init),
      isUnique: try row.bool("is_unique"),
      resource: try row.parsed("resource") { UUID(uuidString: $0) },
      lane: try row.name("lane"),
      scheduledAt: try row.instant("scheduled_at"),
      attempts: try row.count("attempts"),
      crashes: try row.count("crashes"),
      lease: lease
    )
  }
}

extension DiscardedJob {
  init(_ row: SQLRow) throws {
    self.init(
      job: try Job(row),
      reason: try row.optionalText("discard_reason") ?? "",
      discardedAt: try row.instant("discarded_at")
    )
  }
}
