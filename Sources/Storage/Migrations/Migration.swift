/// One step of the schema.
///
/// Steps are never changed once they were released, only followed by others. Each has a file whose name begins with its
/// version.
struct Migration: Sendable {
  let version: Int
  let name: String
  /// The statements that only one engine needs, before those of both.
  var ownStatements: [SQLDialect: [SQLDefinition]] = [:]
  let statements: [SQLDefinition]
  /// Brings rows into another form, after the statements, where SQL alone cannot.
  var rewrite: (@Sendable (any SQLConnection) throws -> Void)?

  /// All steps in their order.
  static let all: [Migration] = [
    .mainTables, .sharedJobs, .eventLength, .eventChanges, .changingEvents, .keptConferences, .emails,
    .inboxes,
    .strictTables, .jobLanes, .jobConstraintNames, .eventAnnouncements,
    .addressesInALabels,
  ]
}
