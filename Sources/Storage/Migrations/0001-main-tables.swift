extension Migration {
  /// Workspaces and who signs in, records, accounts, events, jobs.
  ///
  /// Every primary key begins with the workspace and every reference contains it, so that no row can point into
  /// another workspace and the tables can be distributed by it. `BIGINT` and `DOUBLE PRECISION` are names that
  /// both engines take.
  static let mainTables = Migration(
    version: 1,
    name: "the main job",
    statements: workspaceTables + recordTables + accountTables + eventTables + jobTables
  )

  private static let workspaceTables: [SQLDefinition] = [
    """
    CREATE TABLE workspace (
      id \(.text) NOT NULL PRIMARY KEY,
      display_name \(.text) NOT NULL,
      created_at BIGINT NOT NULL
    )
    """,
    // `address` is `email` in the form in which addresses are compared; one signs in with it before a workspace
    // is known, hence unique over all of them.
    """
    CREATE TABLE workspace_member (
      workspace_id \(.text) NOT NULL REFERENCES workspace (id),
      id \(.text) NOT NULL,
      email \(.text) NOT NULL,
      address \(.text) NOT NULL UNIQUE,
      display_name \(.text) NOT NULL,
      time_zone \(.text),
      default_conference_provider \(.text),
      password_hash \(.text),
      PRIMARY KEY (workspace_id, id)
    )
    """,
    """
    CREATE TABLE session (
      workspace_id \(.text) NOT NULL,
      token_hash \(.text) NOT NULL UNIQUE,
      member_id \(.text) NOT NULL,
      expires_at BIGINT NOT NULL,
      PRIMARY KEY (workspace_id, token_hash),
      FOREIGN KEY (workspace_id, member_id) REFERENCES workspace_member (workspace_id, id)
    )
    """,
    "CREATE INDEX session_by_expiry ON session (expires_at)",
    """
    CREATE TABLE api_token (
      workspace_id \(.text) NOT NULL,
      id \(.text) NOT NULL,
      token_hash \(.text) NOT NULL UNIQUE,
      member_id \(.text) NOT NULL,
      created_at BIGINT NOT NULL,
      PRIMARY KEY (workspace_id, id),
      FOREIGN KEY (workspace_id, member_id) REFERENCES workspace_member (workspace_id, id)
    )
    """,
    """
    CREATE TABLE feature_flag (
      workspace_id \(.text) NOT NULL REFERENCES workspace (id),
      flag_key \(.text) NOT NULL,
      is_enabled INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
      PRIMARY KEY (workspace_id, flag_key)
    )
    """,
  ]

  private static let recordTables: [SQLDefinition] = [
    """
    CREATE TABLE company (
      workspace_id \(.text) NOT NULL REFERENCES workspace (id),
      id \(.text) NOT NULL,
      name \(.text) NOT NULL,
      domain_name \(.text),
      sort_key \(.text) NOT NULL,
      search_text \(.text) NOT NULL,
      PRIMARY KEY (workspace_id, id)
    )
    """,
    "CREATE INDEX company_by_name ON company (workspace_id, sort_key, id)",
    """
    CREATE TABLE person (
      workspace_id \(.text) NOT NULL REFERENCES workspace (id),
      id \(.text) NOT NULL,
      first_name \(.text),
      last_name \(.text),
      company_id \(.text),
      job_title \(.text),
      sort_key \(.text) NOT NULL,
      search_text \(.text) NOT NULL,
      PRIMARY KEY (workspace_id, id),
      FOREIGN KEY (workspace_id, company_id) REFERENCES company (workspace_id, id)
    )
    """,
    "CREATE INDEX person_by_name ON person (workspace_id, sort_key, id)",
    "CREATE INDEX person_by_company ON person (workspace_id, company_id, sort_key, id)",
    """
    CREATE TABLE person_email (
      workspace_id \(.text) NOT NULL,
      person_id \(.text) NOT NULL,
      position INTEGER NOT NULL,
      email \(.text) NOT NULL,
      address \(.text) NOT NULL,
      PRIMARY KEY (workspace_id, person_id, position),
      FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX person_email_by_address ON person_email (workspace_id, address, position, person_id)",
    """
    CREATE TABLE opportunity (
      workspace_id \(.text) NOT NULL REFERENCES workspace (id),
      id \(.text) NOT NULL,
      name \(.text) NOT NULL,
      company_id \(.text),
      point_of_contact_id \(.text),
      stage \(.text),
      amount DOUBLE PRECISION,
      sort_key \(.text) NOT NULL,
      search_text \(.text) NOT NULL,
      PRIMARY KEY (workspace_id, id),
      FOREIGN KEY (workspace_id, company_id) REFERENCES company (workspace_id, id),
      FOREIGN KEY (workspace_id, point_of_contact_id) REFERENCES person (workspace_id, id)
    )
    """,
    "CREATE INDEX opportunity_by_name ON opportunity (workspace_id, sort_key, id)",
  ]

  private static let accountTables: [SQLDefinition] = [
    """
    CREATE TABLE connected_account (
      workspace_id \(.text) NOT NULL REFERENCES workspace (id),
      id \(.text) NOT NULL,
      owner_id \(.text) NOT NULL,
      provider \(.text) NOT NULL,
      handle \(.text) NOT NULL,
      address \(.text) NOT NULL,
      display_name \(.text) NOT NULL,
      granted_scopes \(.text) NOT NULL,
      parameters \(.text) NOT NULL,
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
      workspace_id \(.text) NOT NULL,
      account_id \(.text) NOT NULL,
      sealed \(.text) NOT NULL,
      PRIMARY KEY (workspace_id, account_id),
      FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account (workspace_id, id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE calendar_channel (
      workspace_id \(.text) NOT NULL,
      id \(.text) NOT NULL,
      account_id \(.text) NOT NULL,
      handle \(.text) NOT NULL,
      external_id \(.text) NOT NULL,
      is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
      is_writable INTEGER NOT NULL CHECK (is_writable IN (0, 1)),
      conference_solutions \(.text) NOT NULL,
      is_sync_enabled INTEGER NOT NULL CHECK (is_sync_enabled IN (0, 1)),
      visibility \(.text) NOT NULL,
      contact_auto_creation_policy \(.text) NOT NULL,
      conflict_resolution \(.text) NOT NULL,
      sync_status \(.text) NOT NULL,
      sync_stage \(.text) NOT NULL,
      synced_at BIGINT,
      last_error \(.text),
      PRIMARY KEY (workspace_id, id),
      UNIQUE (workspace_id, account_id, external_id),
      FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account (workspace_id, id)
    )
    """,
  ]
}
