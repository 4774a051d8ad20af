package import CalendarCore

/// Chooses what new meetings are proposed to be held with: a member for themselves, or for everyone who has chosen
/// nothing.
package struct SetDefaultConference: Sendable {
  let database: any Database
  let registry: ConferenceProviderRegistry

  /// Nil is "whatever the workspace proposes".
  package func forMember(_ id: ConferenceProviderID?, caller: Caller) async throws -> Membership {
    try check(id)
    return try await database.write(caller.workspaceID) { transaction in
      guard var member = try transaction.members.find(caller.memberID) else {
        throw AccessError.notFound(what: Messages.Things.member, field: nil)
      }
      member.defaultConferenceProviderID = id
      try transaction.members.update(member)
      return try transaction.membership(caller)
    }
  }

  /// Nil is "none"; the answer is the caller as they are now.
  package func forWorkspace(_ id: ConferenceProviderID?, caller: Caller) async throws -> Membership {
    try check(id)
    return try await database.write(caller.workspaceID) { transaction in
      guard var workspace = try transaction.members.workspace() else { throw StoreError.notFound }
      workspace.defaultConferenceProviderID = id
      try transaction.members.update(workspace)
      return try transaction.membership(caller)
    }
  }

  /// A conference that needs a link for each meeting cannot be proposed for all.
  private func check(_ id: ConferenceProviderID?) throws {
    guard let id, id != .none else { return }
    guard let provider = registry[id] else {
      throw InvalidInput("defaultConferenceProviderId", Messages.Conferences.unknownKind)
    }
    guard !provider.requiresLink else {
      throw InvalidInput(
        "defaultConferenceProviderId",
        Messages.Conferences.needsLink
      )
    }
  }
}
