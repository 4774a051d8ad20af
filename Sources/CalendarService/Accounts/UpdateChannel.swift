package import CalendarCore

/// Changes how one of the caller's calendars is shared and kept in step.
package struct UpdateChannel: Sendable {
  /// The settings to change; nil leaves a setting as it is.
  package struct Changes: Sendable {
    package var isSyncEnabled: Bool?
    package var visibility: CalendarChannelVisibility?
    package var contactAutoCreationPolicy: ContactAutoCreationPolicy?
    package var conflictResolution: ConflictResolutionStrategy?

    package init() {}
  }

  let database: any Database

  package func callAsFunction(
    _ id: CalendarChannel.ID,
    _ changes: Changes,
    caller: Caller
  ) async throws -> CalendarChannel {
    try await database.write(caller.workspaceID) { transaction in
      guard var channel = try transaction.accounts.channel(id),
        try transaction.accounts.find(channel.accountID)?.ownerID == caller.memberID
      else { throw AccessError.missingCalendar }
      if let value = changes.isSyncEnabled { channel.isSyncEnabled = value }
      if let value = changes.visibility { channel.visibility = value }
      if let value = changes.contactAutoCreationPolicy { channel.contactAutoCreationPolicy = value }
      if let value = changes.conflictResolution { channel.conflictResolution = value }
      try transaction.accounts.update(channel)
      // Colleagues who look on see more of its events now, or less.
      if changes.visibility != nil { try transaction.events.noteChanges(ofChannel: channel.id) }
      return channel
    }
  }
}
