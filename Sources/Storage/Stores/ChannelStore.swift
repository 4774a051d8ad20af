import CalendarCore

extension WorkspaceStore {
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

  /// What inserting and updating both write.
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

extension CalendarChannel {
  init(_ row: SQLRow) throws {
    self.init(
      id: try row.id("id"),
      accountID: try row.id("account_id"),
      handle: try row.text("handle"),
      externalID: try row.text("external_id"),
      isPrimary: try row.bool("is_primary"),
      isWritable: try row.bool("is_writable"),
      conferenceSolutions: try row.json("conference_solutions"),
      visibility: try row.name("visibility")
    )
    isSyncEnabled = try row.bool("is_sync_enabled")
    contactAutoCreationPolicy = try row.name("contact_auto_creation_policy")
    conflictResolution = try row.name("conflict_resolution")
    syncStatus = try row.name("sync_status")
    syncStage = try row.name("sync_stage")
    syncedAt = try row.optionalInstant("synced_at")
    lastError = try row.optionalText("last_error")
  }
}
