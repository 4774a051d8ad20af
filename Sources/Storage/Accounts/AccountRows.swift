import CalendarCore

extension ConnectedAccount {
  init(_ row: SQLRow) throws {
    self.init(
      id: try row.id("id"),
      ownerID: try row.id("owner_id"),
      provider: try row.parsed("provider") { AccountProviderID(rawValue: $0) },
      handle: try row.address("handle"),
      displayName: try row.text("display_name"),
      grantedScopes: try row.json("granted_scopes"),
      parameters: try row.json("parameters"),
      sendsInvitations: try row.bool("sends_invitations"),
      authFailedAt: try row.optionalInstant("auth_failed_at"),
      disconnectedAt: try row.optionalInstant("disconnected_at")
    )
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
