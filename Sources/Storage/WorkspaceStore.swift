import CalendarCore

/// One transaction within one workspace.
///
/// Every statement of it names the workspace; what other workspaces have is not there for it.
struct WorkspaceStore: WorkspaceTransaction, WorkspaceTable {
  let connection: any SQLConnection
  let workspaceID: Workspace.ID
  let changes: ChangeNotes

  init(connection: any SQLConnection, workspaceID: Workspace.ID) {
    self.connection = connection
    self.workspaceID = workspaceID
    changes = ChangeNotes(connection: connection, workspaceID: workspaceID)
  }

  var events: EventTable {
    EventTable(connection: connection, workspaceID: workspaceID, changes: changes)
  }
  var emails: EmailTable { EmailTable(connection: connection, workspaceID: workspaceID) }
  var accounts: AccountTable { AccountTable(connection: connection, workspaceID: workspaceID) }
  var records: RecordTable { RecordTable(connection: connection, workspaceID: workspaceID) }
  var members: MemberTable { MemberTable(connection: connection, workspaceID: workspaceID) }
  var jobs: JobTable { JobTable(connection: connection, workspaceID: workspaceID) }
  var conferences: ConferenceTable { ConferenceTable(connection: connection, workspaceID: workspaceID) }
}

/// The reader and writer of one workspace's rows within a transaction.
protocol WorkspaceTable {
  var connection: any SQLConnection { get }
  var workspaceID: Workspace.ID { get }
}

extension WorkspaceTable {
  /// The workspace as an argument.
  var tenant: SQLValue { .id(workspaceID) }
}
