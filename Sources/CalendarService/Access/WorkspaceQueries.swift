package import CalendarCore

/// A member, and the workspace that they are in.
package struct Membership: Sendable, Hashable {
  package let member: WorkspaceMember
  package let workspace: Workspace
}

extension WorkspaceReader {
  func membership(_ caller: Caller) throws -> Membership {
    guard let member = try members.find(caller.memberID), let workspace = try members.workspace() else {
      throw StoreError.notFound
    }
    return Membership(member: member, workspace: workspace)
  }
}

/// Reads who the caller is, and what their workspace has chosen.
package struct WorkspaceQueries: Sendable {
  let database: any Database

  package func membership(of caller: Caller) async throws -> Membership {
    try await database.read(caller.workspaceID) { try $0.membership(caller) }
  }

  package func workspace(of caller: Caller) async throws -> Workspace {
    try await database.read(caller.workspaceID) { reader in
      guard let workspace = try reader.members.workspace() else { throw StoreError.notFound }
      return workspace
    }
  }

  package func flags(of caller: Caller) async throws -> FeatureFlags {
    try await database.read(caller.workspaceID) { try $0.members.flags() }
  }
}
