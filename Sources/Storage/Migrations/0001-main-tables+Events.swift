extension Migration {
  /// Event times are kept twice: `starts_time` and `ends_time` are the truth, a date or a wall-clock time in its
  /// zone (RFC 9557); `starts_at` and `ends_at` are the instants that come of them, to be indexed.
  static let eventTables: [SQLDefinition] = [
    """
    CREATE TABLE calendar_event (
      workspace_id \(.text) NOT NULL REFERENCES workspace (id),
      id \(.text) NOT NULL,
      title \(.text) NOT NULL,
      details \(.text),
      location \(.text),
      starts_time \(.text) NOT NULL,
      ends_time \(.text) NOT NULL,
      starts_at BIGINT NOT NULL,
      ends_at BIGINT NOT NULL,
      lasts_long INTEGER NOT NULL CHECK (lasts_long IN (0, 1)),
      recurrence \(.text) NOT NULL,
      is_canceled INTEGER NOT NULL CHECK (is_canceled IN (0, 1)),
      ical_uid \(.text) NOT NULL,
      sequence INTEGER NOT NULL,
      company_id \(.text),
      opportunity_id \(.text),
      conference_provider \(.text) NOT NULL,
      conference_status \(.text) NOT NULL,
      conference_link \(.text),
      conference_request_id \(.text),
      created_from_crm INTEGER NOT NULL CHECK (created_from_crm IN (0, 1)),
      crm_creator_id \(.text),
      account_id \(.text),
      channel_id \(.text),
      send_invitations INTEGER NOT NULL CHECK (send_invitations IN (0, 1)),
      push_status \(.text) NOT NULL,
      push_error \(.text),
      external_id \(.text),
      etag \(.text),
      provider_url \(.text),
      version INTEGER NOT NULL,
      created_at BIGINT NOT NULL,
      updated_at BIGINT NOT NULL,
      idempotency_key \(.text),
      fingerprint \(.text),
      PRIMARY KEY (workspace_id, id),
      UNIQUE (workspace_id, idempotency_key),
      FOREIGN KEY (workspace_id, company_id) REFERENCES company (workspace_id, id),
      FOREIGN KEY (workspace_id, opportunity_id) REFERENCES opportunity (workspace_id, id),
      FOREIGN KEY (workspace_id, crm_creator_id) REFERENCES workspace_member (workspace_id, id),
      FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account (workspace_id, id),
      FOREIGN KEY (workspace_id, channel_id) REFERENCES calendar_channel (workspace_id, id)
    )
    """,
    "CREATE INDEX calendar_event_by_start ON calendar_event (workspace_id, lasts_long, starts_at, id)",
    """
    CREATE INDEX calendar_event_by_account
      ON calendar_event (workspace_id, account_id, lasts_long, starts_at, id)
    """,
    "CREATE INDEX calendar_event_by_company ON calendar_event (workspace_id, company_id)",
    "CREATE INDEX calendar_event_by_opportunity ON calendar_event (workspace_id, opportunity_id)",
    """
    CREATE TABLE calendar_event_participant (
      workspace_id \(.text) NOT NULL,
      event_id \(.text) NOT NULL,
      position INTEGER NOT NULL,
      handle \(.text) NOT NULL,
      address \(.text) NOT NULL,
      display_name \(.text),
      is_organizer INTEGER NOT NULL CHECK (is_organizer IN (0, 1)),
      response_status \(.text) NOT NULL,
      PRIMARY KEY (workspace_id, event_id, position),
      FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event (workspace_id, id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX calendar_event_participant_by_address
      ON calendar_event_participant (workspace_id, address, event_id)
    """,
    """
    CREATE TABLE calendar_event_person (
      workspace_id \(.text) NOT NULL,
      event_id \(.text) NOT NULL,
      position INTEGER NOT NULL,
      person_id \(.text) NOT NULL,
      PRIMARY KEY (workspace_id, event_id, position),
      FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event (workspace_id, id) ON DELETE CASCADE,
      FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id)
    )
    """,
    "CREATE INDEX calendar_event_person_by_person ON calendar_event_person (workspace_id, person_id, event_id)",
  ]

  static let jobTables: [SQLDefinition] = [
    """
    CREATE TABLE job (
      workspace_id \(.text) NOT NULL,
      id \(.text) NOT NULL UNIQUE,
      kind \(.text) NOT NULL,
      event_id \(.text) NOT NULL,
      account_id \(.text) NOT NULL,
      run_after BIGINT NOT NULL,
      attempts INTEGER NOT NULL,
      lease_owner \(.text),
      lease_expires_at BIGINT,
      PRIMARY KEY (workspace_id, id),
      FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event (workspace_id, id) ON DELETE CASCADE,
      FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account (workspace_id, id)
    )
    """,
    "CREATE INDEX job_by_due ON job (run_after, id)",
    "CREATE INDEX job_by_account ON job (workspace_id, account_id, lease_expires_at)",
    "CREATE INDEX job_by_event ON job (workspace_id, event_id)",
  ]
}
