package import CalendarCore

/// The member who sends a request, in the one workspace that everything they do stays within.
package struct Caller: Sendable, Hashable {
  package let workspaceID: Workspace.ID
  package let memberID: WorkspaceMember.ID

  package init(workspaceID: Workspace.ID, memberID: WorkspaceMember.ID) {
    self.workspaceID = workspaceID
    self.memberID = memberID
  }
}
