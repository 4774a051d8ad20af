extension Migration {
  /// Workspaces and who signs in, records, accounts, events, jobs.
  ///
  /// Every primary key begins with the workspace and every reference contains it, so that no row can point into
  /// another workspace and the tables can be distributed by it. `BIGINT` and `DOUBLE PRECISION` are names that
  /// both engines take.
  static let mainJob = Migration(
    version: 1,
    name: "the main job",
    statements: workspaceTables + recordTables + accountTables + eventTables + jobTables
  )

  private static let workspaceTables = [
    """
    CREATE TABLE workspace (
      id TEXT NOT NULL PRIMARY KEY,
      display_name TEXT NOT NULL,
      created_at BIGINT NOT NULL
    )
    """,
    // `address` is `email` in the form in which addresses are compared; one signs in with it before a workspace
    // is known, hence unique over all of them.
    """
    CREATE TABLE workspace_member (
      workspace_id TEXT NOT NULL REFERENCES workspace (id),
      id TEXT NOT NULL,
      email TEXT NOT NULL,
      address TEXT NOT NULL UNIQUE,
      display_name TEXT NOT NULL,
      time_zone TEXT,
      default_conference_provider TEXT,
      password_hash TEXT,
      PRIMARY KEY (workspace_id, id)
    )
    """,
    """
    CREATE TABLE session (
      workspace_id TEXT NOT NULL,
      token_hash TEXT NOT NULL UNIQUE,
      member_id TEXT NOT NULL,
      expires_at BIGINT NOT NULL,
      PRIMARY KEY (workspace_id, token_hash),
      FOREIGN KEY (workspace_id, member_id) REFERENCES workspace_member (workspace_id, id)
    )
    """,
    "CREATE INDEX session_by_expiry ON session (expires_at)",
    """
    CREATE TABLE api_token (
      workspace_id TEXT NOT NULL,
      id TEXT NOT NULL,
      token_hash TEXT NOT NULL UNIQUE,
      member_id TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      PRIMARY KEY (workspace_id, id),
      FOREIGN KEY (workspace_id, member_id) REFERENCES workspace_member (workspace_id, id)
    )
    """,
    """
    CREATE TABLE feature_flag (
      workspace_id TEXT NOT NULL REFERENCES workspace (id),
      flag_key TEXT NOT NULL,
      is_enabled INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
      PRIMARY KEY (workspace_id, flag_key)
    )
    """,
  ]

  private static let recordTables = [
    """
    CREATE TABLE company (
      workspace_id TEXT NOT NULL REFERENCES workspace (id),
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      domain_name TEXT,
      sort_key TEXT NOT NULL,
      search_text TEXT NOT NULL,
      PRIMARY KEY (workspace_id, id)
    )
    """,
    "CREATE INDEX company_by_name ON company (workspace_id, sort_key, id)",
    """
    CREATE TABLE person (
      workspace_id TEXT NOT NULL REFERENCES workspace (id),
      id TEXT NOT NULL,
      first_name TEXT,
      last_name TEXT,
      company_id TEXT,
      job_title TEXT,
      sort_key TEXT NOT NULL,
      search_text TEXT NOT NULL,
      PRIMARY KEY (workspace_id, id),
      FOREIGN KEY (workspace_id, company_id) REFERENCES company (workspace_id, id)
    )
    """,
    "CREATE INDEX person_by_name ON person (workspace_id, sort_key, id)",
    "CREATE INDEX person_by_company ON person (workspace_id, company_id, sort_key, id)",
    """
    CREATE TABLE person_email (
      workspace_id TEXT NOT NULL,
      person_id TEXT NOT NULL,
      position INTEGER NOT NULL,
      email TEXT NOT NULL,
      address TEXT NOT NULL,
      PRIMARY KEY (workspace_id, person_id, position),
      FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX person_email_by_address ON person_email (workspace_id, address, position, person_id)",
    """
    CREATE TABLE opportunity (
      workspace_id TEXT NOT NULL REFERENCES workspace (id),
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      company_id TEXT,
      point_of_contact_id TEXT,
      stage TEXT,
      amount DOUBLE PRECISION,
      sort_key TEXT NOT NULL,
      search_text TEXT NOT NULL,
      PRIMARY KEY (workspace_id, id),
      FOREIGN KEY (workspace_id, company_id) REFERENCES company (workspace_id, id),
      FOREIGN KEY (workspace_id, point_of_contact_id) REFERENCES person (workspace_id, id)
    )
    """,
    "CREATE INDEX opportunity_by_name ON opportunity (workspace_id, sort_key, id)",
  ]

  private static let accountTables = [
    """
    CREATE TABLE connected_account (
      workspace_id TEXT NOT NULL REFERENCES workspace (id),
      id TEXT NOT NULL,
      owner_id TEXT NOT NULL,
      provider TEXT NOT NULL,
      handle TEXT NOT NULL,
      address TEXT NOT NULL,
      display_name TEXT NOT NULL,
      granted_scopes TEXT NOT NULL,
      parameters TEXT NOT NULL,
      sends_invitations INTEGER NOT NULL CHECK (sends_invitations IN (0, 1)),
      auth_failed_at BIGINT,
      PRIMARY KEY (workspace_id, id),
      UNIQUE (workspace_id, owner_id, provider, address),
      FOREIGN KEY (workspace_id, owner_id) REFERENCES workspace_member (workspace_id, id)
    )
    """,
    // Apart from the account, so that nothing that reads accounts can read secrets by accident.
    """
    CREATE TABLE account_credential (
      workspace_id TEXT NOT NULL,
      account_id TEXT NOT NULL,
      sealed TEXT NOT NULL,
      PRIMARY KEY (workspace_id, account_id),
      FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account (workspace_id, id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE calendar_channel (
      workspace_id TEXT NOT NULL,
      id TEXT NOT NULL,
      account_id TEXT NOT NULL,
      handle TEXT NOT NULL,
      external_id TEXT NOT NULL,
      is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
      is_writable INTEGER NOT NULL CHECK (is_writable IN (0, 1)),
      conference_solutions TEXT NOT NULL,
      is_sync_enabled INTEGER NOT NULL CHECK (is_sync_enabled IN (0, 1)),
      visibility TEXT NOT NULL,
      contact_auto_creation_policy TEXT NOT NULL,
      conflict_resolution TEXT NOT NULL,
      sync_status TEXT NOT NULL,
      sync_stage TEXT NOT NULL,
      synced_at BIGINT,
      last_error TEXT,
      PRIMARY KEY (workspace_id, id),
      UNIQUE (workspace_id, account_id, external_id),
      FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account (workspace_id, id)
    )
    """,
  ]
}
