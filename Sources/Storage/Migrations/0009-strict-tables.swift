extension Migration {
  /// Tables of SQLite that refuse values of other types, as PostgreSQL's do; contents of attachments as bytes; and the
  /// column `length` of events by its right name, with its values checked.
  ///
  /// SQLite can make no table strict that exists. So each is made again and filled; a table refers to the new ones only,
  /// so that dropping an old one deletes nothing there, and renaming them changes what refers to them. `decode` is
  /// PostgreSQL's, and `SQLiteDatabase` lends it to SQLite.
  static let strictTables = Migration(
    version: 9,
    name: "strict tables",
    ownStatements: [
      .sqlite: StrictTable.all.map(\.creating) + StrictTable.all.map(\.filling)
        + StrictTable.all.reversed().map(\.droppingOld) + StrictTable.all.map(\.renaming)
        + strictTableIndexes,
      .postgreSQL: [
        "ALTER TABLE calendar_event RENAME COLUMN length TO listing_bucket",
        "ALTER TABLE calendar_event ALTER COLUMN listing_bucket DROP DEFAULT",
        "ALTER TABLE calendar_event ADD CHECK (listing_bucket BETWEEN -2 AND 3)",
        "ALTER TABLE email_attachment ALTER COLUMN content TYPE BYTEA USING decode(content, 'base64')",
      ],
    ],
    statements: [
      "CREATE INDEX calendar_event_by_channel ON calendar_event (workspace_id, channel_id, starts_at DESC, id)"
    ]
  )

  private static let strictTableIndexes: [SQLDefinition] = [
    "CREATE INDEX session_by_expiry ON session (expires_at)",
    "CREATE INDEX company_by_name ON company (workspace_id, sort_key, id)",
    "CREATE INDEX person_by_name ON person (workspace_id, sort_key, id)",
    "CREATE INDEX person_by_company ON person (workspace_id, company_id, sort_key, id)",
    "CREATE INDEX person_email_by_address ON person_email (workspace_id, address, position, person_id)",
    "CREATE INDEX opportunity_by_name ON opportunity (workspace_id, sort_key, id)",
    "CREATE INDEX calendar_event_by_company ON calendar_event (workspace_id, company_id)",
    "CREATE INDEX calendar_event_by_opportunity ON calendar_event (workspace_id, opportunity_id)",
    """
    CREATE INDEX calendar_event_participant_by_address
      ON calendar_event_participant (workspace_id, address, event_id)
    """,
    """
    CREATE INDEX calendar_event_person_by_person
      ON calendar_event_person (workspace_id, person_id, event_id)
    """,
    """
    CREATE INDEX calendar_event_by_start
      ON calendar_event (workspace_id, listing_bucket, starts_at, id, ends_at)
    """,
    """
    CREATE INDEX calendar_event_by_account
      ON calendar_event (workspace_id, account_id, listing_bucket, starts_at, id, ends_at)
    """,
    "CREATE INDEX event_change_by_position ON event_change (position)",
    """
    CREATE UNIQUE INDEX calendar_event_by_series
      ON calendar_event (workspace_id, series_id, original_start) WHERE series_id IS NOT NULL
    """,
    "CREATE INDEX kept_conference_by_event ON kept_conference (workspace_id, event_id)",
    "CREATE INDEX email_by_sender ON email (workspace_id, sender_id, created_at, id)",
    "CREATE INDEX email_by_event ON email (workspace_id, event_id)",
    "CREATE INDEX email_by_company ON email (workspace_id, company_id)",
    "CREATE INDEX email_by_opportunity ON email (workspace_id, opportunity_id)",
    "CREATE INDEX email_recipient_by_address ON email_recipient (workspace_id, address)",
    "CREATE INDEX calendar_event_by_uid ON calendar_event (workspace_id, ical_uid)",
    "CREATE INDEX job_by_account ON job (workspace_id, account_id, lease_expires_at)",
    "CREATE INDEX job_by_priority ON job (priority, run_after, id) WHERE dead_at IS NULL",
    "CREATE INDEX job_by_due ON job (run_after) WHERE dead_at IS NULL",
    "CREATE INDEX job_by_lease ON job (lease_expires_at) WHERE lease_expires_at IS NOT NULL",
    "CREATE INDEX job_by_event ON job (workspace_id, event_id, turn)",
    "CREATE INDEX job_by_email ON job (workspace_id, email_id)",
    "CREATE INDEX dead_job ON job (workspace_id, account_id, dead_at) WHERE dead_at IS NOT NULL",
    """
    CREATE UNIQUE INDEX job_of_account
      ON job (workspace_id, account_id, kind) WHERE event_id IS NULL AND email_id IS NULL
    """,
  ]
}

/// A table of SQLite that takes the place of one that is not strict.
struct StrictTable {
  let creating: SQLDefinition
  let filling: SQLDefinition
  let droppingOld: SQLDefinition
  let renaming: SQLDefinition

  /// The columns in the order in which the old table has them; `values` are selected from it.
  init(_ name: StaticString, _ columns: SQLDefinition, copying values: SQLDefinition = "*") {
    creating = "CREATE TABLE strict_\(name: name) (\(columns)) STRICT"
    filling = "INSERT INTO strict_\(name: name) SELECT \(values) FROM \(name: name)"
    droppingOld = "DROP TABLE \(name: name)"
    renaming = "ALTER TABLE strict_\(name: name) RENAME TO \(name: name)"
  }
}
