import CalendarCore

extension AccountTable {
  func channel(_ id: CalendarChannel.ID) throws -> CalendarChannel? {
    try connection.rows("SELECT * FROM calendar_channel WHERE workspace_id = \(tenant) AND id = \(id)")
      .first.map(CalendarChannel.init)
  }

  /// Sorted here: engines differ in the order of letters, and an account has few calendars.
  func channels(accountIDs: [ConnectedAccount.ID]) throws -> [CalendarChannel] {
    let channels = try connection.rows(inSlicesOf: accountIDs.map(SQLValue.id)) {
      "SELECT * FROM calendar_channel WHERE workspace_id = \(tenant) AND account_id IN (\(list: $0))"
    }.map(CalendarChannel.init)
    return
      channels
      .map { (order: ($0.isPrimary ? 0 : 1, SearchText($0.handle).folded, $0.id.description), channel: $0) }
      .sorted { $0.order < $1.order }
      .map(\.channel)
  }

  func insert(_ channel: CalendarChannel) throws {
    try connection.insert(
      into: "calendar_channel",
      try ["workspace_id": tenant, "id": .id(channel.id)] + Self.columns(of: channel)
    )
  }

  func update(_ channel: CalendarChannel) throws {
    try connection.update(
      "calendar_channel",
      workspace: tenant,
      id: .id(channel.id),
      try Self.columns(of: channel)
    )
  }

  /// The values that inserting and updating both write.
  private static func columns(of channel: CalendarChannel) throws -> SQLColumns {
    [
      "account_id": .id(channel.accountID),
      "handle": .string(channel.handle),
      "external_id": .string(channel.externalID),
      "is_primary": .bool(channel.isPrimary),
      "is_writable": .bool(channel.isWritable),
      "conference_solutions": try .json(channel.conferenceSolutions),
      "is_sync_enabled": .bool(channel.isSyncEnabled),
      "visibility": .name(channel.visibility),
      "contact_auto_creation_policy": .name(channel.contactAutoCreationPolicy),
      "conflict_resolution": .name(channel.conflictResolution),
      "sync_status": .name(channel.syncStatus),
      "sync_stage": .name(channel.syncStage),
      "synced_at": .instant(channel.syncedAt),
      "last_error": .string(channel.lastError),
    ]
  }
}
