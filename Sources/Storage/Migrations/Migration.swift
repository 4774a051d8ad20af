/// One step of the schema.
///
/// Steps are never changed once they were released, only followed by others.
struct Migration: Sendable {
  let version: Int
  let name: String
  let statements: [String]

  /// All steps in their order.
  static let all: [Migration] = [
    .mainJob, .sharedJobs, .eventLength, .eventChanges, .changingEvents, .keptConferences, .emails, .inboxes,
    .jobLanes,
  ]
}
