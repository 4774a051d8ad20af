extension StrictTable {
  /// Every table, each after those that it refers to.
  static let all: [StrictTable] = [
    StrictTable(
      "workspace",
      """
        id TEXT NOT NULL PRIMARY KEY, display_name TEXT NOT NULL, created_at INTEGER NOT NULL,
        default_conference_provider TEXT
      """
    ),
    StrictTable(
      "workspace_member",
      """
        workspace_id TEXT NOT NULL REFERENCES strict_workspace (id), id TEXT NOT NULL, email TEXT NOT NULL,
        address TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL, time_zone TEXT,
        default_conference_provider TEXT, password_hash TEXT,
        PRIMARY KEY (workspace_id, id)
      """
    ),
    StrictTable(
      "session",
      """
        workspace_id TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE, member_id TEXT NOT NULL,
        expires_at INTEGER NOT NULL,
        PRIMARY KEY (workspace_id, token_hash),
        FOREIGN KEY (workspace_id, member_id) REFERENCES strict_workspace_member (workspace_id, id)
      """
    ),
    StrictTable(
      "api_token",
      """
        workspace_id TEXT NOT NULL, id TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE,
        member_id TEXT NOT NULL, created_at INTEGER NOT NULL,
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, member_id) REFERENCES strict_workspace_member (workspace_id, id)
      """
    ),
    StrictTable(
      "feature_flag",
      """
        workspace_id TEXT NOT NULL REFERENCES strict_workspace (id), flag_key TEXT NOT NULL,
        is_enabled INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
        PRIMARY KEY (workspace_id, flag_key)
      """
    ),
    StrictTable(
      "company",
      """
        workspace_id TEXT NOT NULL REFERENCES strict_workspace (id), id TEXT NOT NULL, name TEXT NOT NULL,
        domain_name TEXT, sort_key TEXT NOT NULL, search_text TEXT NOT NULL,
        PRIMARY KEY (workspace_id, id)
      """
    ),
    StrictTable(
      "person",
      """
        workspace_id TEXT NOT NULL REFERENCES strict_workspace (id), id TEXT NOT NULL, first_name TEXT,
        last_name TEXT, company_id TEXT, job_title TEXT, sort_key TEXT NOT NULL, search_text TEXT NOT NULL,
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, company_id) REFERENCES strict_company (workspace_id, id)
      """
    ),
    StrictTable(
      "person_email",
      """
        workspace_id TEXT NOT NULL, person_id TEXT NOT NULL, position INTEGER NOT NULL, email TEXT NOT NULL,
        address TEXT NOT NULL,
        PRIMARY KEY (workspace_id, person_id, position),
        FOREIGN KEY (workspace_id, person_id) REFERENCES strict_person (workspace_id, id) ON DELETE CASCADE
      """
    ),
    StrictTable(
      "opportunity",
      """
        workspace_id TEXT NOT NULL REFERENCES strict_workspace (id), id TEXT NOT NULL, name TEXT NOT NULL,
        company_id TEXT, point_of_contact_id TEXT, stage TEXT, amount REAL, sort_key TEXT NOT NULL,
        search_text TEXT NOT NULL,
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, company_id) REFERENCES strict_company (workspace_id, id),
        FOREIGN KEY (workspace_id, point_of_contact_id) REFERENCES strict_person (workspace_id, id)
      """
    ),
    StrictTable(
      "connected_account",
      """
        workspace_id TEXT NOT NULL REFERENCES strict_workspace (id), id TEXT NOT NULL,
        owner_id TEXT NOT NULL, provider TEXT NOT NULL, handle TEXT NOT NULL, address TEXT NOT NULL,
        display_name TEXT NOT NULL, granted_scopes TEXT NOT NULL, parameters TEXT NOT NULL,
        sends_invitations INTEGER NOT NULL CHECK (sends_invitations IN (0, 1)), auth_failed_at INTEGER,
        disconnected_at INTEGER,
        PRIMARY KEY (workspace_id, id),
        UNIQUE (workspace_id, owner_id, provider, address),
        FOREIGN KEY (workspace_id, owner_id) REFERENCES strict_workspace_member (workspace_id, id)
      """
    ),
    StrictTable(
      "account_credential",
      """
        workspace_id TEXT NOT NULL, account_id TEXT NOT NULL, sealed TEXT NOT NULL, renewed_until INTEGER,
        PRIMARY KEY (workspace_id, account_id),
        FOREIGN KEY (workspace_id, account_id) REFERENCES strict_connected_account (workspace_id, id) ON DELETE CASCADE
      """
    ),
    StrictTable(
      "account_inbox",
      """
        workspace_id TEXT NOT NULL, account_id TEXT NOT NULL, position TEXT, read_at INTEGER, problem TEXT,
        PRIMARY KEY (workspace_id, account_id),
        FOREIGN KEY (workspace_id, account_id) REFERENCES strict_connected_account (workspace_id, id)
      """
    ),
    StrictTable(
      "calendar_channel",
      """
        workspace_id TEXT NOT NULL, id TEXT NOT NULL, account_id TEXT NOT NULL, handle TEXT NOT NULL,
        external_id TEXT NOT NULL, is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
        is_writable INTEGER NOT NULL CHECK (is_writable IN (0, 1)), conference_solutions TEXT NOT NULL,
        is_sync_enabled INTEGER NOT NULL CHECK (is_sync_enabled IN (0, 1)), visibility TEXT NOT NULL,
        contact_auto_creation_policy TEXT NOT NULL, conflict_resolution TEXT NOT NULL,
        sync_status TEXT NOT NULL, sync_stage TEXT NOT NULL, synced_at INTEGER, last_error TEXT,
        PRIMARY KEY (workspace_id, id),
        UNIQUE (workspace_id, account_id, external_id),
        FOREIGN KEY (workspace_id, account_id) REFERENCES strict_connected_account (workspace_id, id)
      """
    ),
    StrictTable(
      "calendar_event",
      """
        workspace_id TEXT NOT NULL REFERENCES strict_workspace (id), id TEXT NOT NULL, title TEXT NOT NULL,
        details TEXT, location TEXT, starts_time TEXT NOT NULL, ends_time TEXT NOT NULL,
        starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL, recurrence TEXT NOT NULL,
        is_canceled INTEGER NOT NULL CHECK (is_canceled IN (0, 1)), ical_uid TEXT NOT NULL,
        sequence INTEGER NOT NULL, company_id TEXT, opportunity_id TEXT, conference_provider TEXT NOT NULL,
        conference_status TEXT NOT NULL, conference_link TEXT, conference_request_id TEXT,
        created_from_crm INTEGER NOT NULL CHECK (created_from_crm IN (0, 1)), crm_creator_id TEXT,
        account_id TEXT, channel_id TEXT,
        send_invitations INTEGER NOT NULL CHECK (send_invitations IN (0, 1)), push_status TEXT NOT NULL,
        push_error TEXT, external_id TEXT, etag TEXT, provider_url TEXT, version INTEGER NOT NULL,
        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, idempotency_key TEXT, fingerprint TEXT,
        listing_bucket INTEGER NOT NULL CHECK (listing_bucket BETWEEN -2 AND 3), series_id TEXT,
        original_start TEXT, repeats_until INTEGER, agreed TEXT, conflict TEXT, pending_deletion TEXT,
        deleted_at INTEGER, edited_at INTEGER NOT NULL DEFAULT 0, conference_id TEXT,
        PRIMARY KEY (workspace_id, id),
        UNIQUE (workspace_id, idempotency_key),
        FOREIGN KEY (workspace_id, company_id) REFERENCES strict_company (workspace_id, id),
        FOREIGN KEY (workspace_id, opportunity_id) REFERENCES strict_opportunity (workspace_id, id),
        FOREIGN KEY (workspace_id, crm_creator_id) REFERENCES strict_workspace_member (workspace_id, id),
        FOREIGN KEY (workspace_id, account_id) REFERENCES strict_connected_account (workspace_id, id),
        FOREIGN KEY (workspace_id, channel_id) REFERENCES strict_calendar_channel (workspace_id, id)
      """
    ),
    StrictTable(
      "calendar_event_participant",
      """
        workspace_id TEXT NOT NULL, event_id TEXT NOT NULL, position INTEGER NOT NULL, handle TEXT NOT NULL,
        address TEXT NOT NULL, display_name TEXT,
        is_organizer INTEGER NOT NULL CHECK (is_organizer IN (0, 1)), response_status TEXT NOT NULL,
        PRIMARY KEY (workspace_id, event_id, position),
        FOREIGN KEY (workspace_id, event_id) REFERENCES strict_calendar_event (workspace_id, id) ON DELETE CASCADE
      """
    ),
    StrictTable(
      "calendar_event_person",
      """
        workspace_id TEXT NOT NULL, event_id TEXT NOT NULL, position INTEGER NOT NULL,
        person_id TEXT NOT NULL,
        PRIMARY KEY (workspace_id, event_id, position),
        FOREIGN KEY (workspace_id, event_id) REFERENCES strict_calendar_event (workspace_id, id) ON DELETE CASCADE,
        FOREIGN KEY (workspace_id, person_id) REFERENCES strict_person (workspace_id, id)
      """
    ),
    StrictTable(
      "event_version",
      """
        workspace_id TEXT NOT NULL, event_id TEXT NOT NULL, version INTEGER NOT NULL, content TEXT NOT NULL,
        PRIMARY KEY (workspace_id, event_id, version),
        FOREIGN KEY (workspace_id, event_id) REFERENCES strict_calendar_event (workspace_id, id) ON DELETE CASCADE
      """
    ),
    StrictTable(
      "event_answers",
      """
        workspace_id TEXT NOT NULL, event_id TEXT NOT NULL, memory TEXT NOT NULL,
        PRIMARY KEY (workspace_id, event_id),
        FOREIGN KEY (workspace_id, event_id) REFERENCES strict_calendar_event (workspace_id, id) ON DELETE CASCADE
      """
    ),
    StrictTable(
      "kept_conference",
      """
        workspace_id TEXT NOT NULL, request_id TEXT NOT NULL, event_id TEXT NOT NULL,
        provider TEXT NOT NULL, account_id TEXT, conference_id TEXT, told TEXT, created_at INTEGER NOT NULL,
        PRIMARY KEY (workspace_id, request_id),
        FOREIGN KEY (workspace_id, event_id) REFERENCES strict_calendar_event (workspace_id, id) ON DELETE CASCADE,
        FOREIGN KEY (workspace_id, account_id) REFERENCES strict_connected_account (workspace_id, id)
      """
    ),
    StrictTable(
      "event_change",
      """
        workspace_id TEXT NOT NULL REFERENCES strict_workspace (id), position INTEGER NOT NULL,
        event_id TEXT NOT NULL, changed_at INTEGER NOT NULL,
        PRIMARY KEY (workspace_id, position, event_id)
      """
    ),
    StrictTable(
      "email",
      """
        workspace_id TEXT NOT NULL REFERENCES strict_workspace (id), id TEXT NOT NULL,
        account_id TEXT NOT NULL, sender_id TEXT NOT NULL, purpose TEXT NOT NULL,
        from_address TEXT NOT NULL, from_name TEXT, subject TEXT NOT NULL, text_body TEXT NOT NULL,
        html_body TEXT, mail_references TEXT NOT NULL, event_id TEXT, person_ids TEXT NOT NULL,
        company_id TEXT, opportunity_id TEXT, status TEXT NOT NULL, error TEXT, send_at INTEGER NOT NULL,
        handed_over_at INTEGER, sent_at INTEGER, created_at INTEGER NOT NULL, idempotency_key TEXT,
        fingerprint TEXT,
        PRIMARY KEY (workspace_id, id),
        UNIQUE (workspace_id, idempotency_key),
        FOREIGN KEY (workspace_id, account_id) REFERENCES strict_connected_account (workspace_id, id),
        FOREIGN KEY (workspace_id, sender_id) REFERENCES strict_workspace_member (workspace_id, id),
        FOREIGN KEY (workspace_id, event_id) REFERENCES strict_calendar_event (workspace_id, id) ON DELETE CASCADE,
        FOREIGN KEY (workspace_id, company_id) REFERENCES strict_company (workspace_id, id),
        FOREIGN KEY (workspace_id, opportunity_id) REFERENCES strict_opportunity (workspace_id, id)
      """
    ),
    StrictTable(
      "email_recipient",
      """
        workspace_id TEXT NOT NULL, email_id TEXT NOT NULL, position INTEGER NOT NULL, role TEXT NOT NULL,
        handle TEXT NOT NULL, display_name TEXT, address TEXT NOT NULL,
        PRIMARY KEY (workspace_id, email_id, position),
        FOREIGN KEY (workspace_id, email_id) REFERENCES strict_email (workspace_id, id) ON DELETE CASCADE
      """
    ),
    StrictTable(
      "email_attachment",
      """
        workspace_id TEXT NOT NULL, email_id TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL,
        media_type TEXT NOT NULL, size INTEGER NOT NULL, content BLOB NOT NULL,
        PRIMARY KEY (workspace_id, email_id, position),
        FOREIGN KEY (workspace_id, email_id) REFERENCES strict_email (workspace_id, id) ON DELETE CASCADE
      """,
      copying: "workspace_id, email_id, position, name, media_type, size, decode(content, 'base64')"
    ),
    StrictTable(
      "job",
      """
        workspace_id TEXT NOT NULL, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, event_id TEXT,
        email_id TEXT, account_id TEXT NOT NULL, run_after INTEGER NOT NULL, attempts INTEGER NOT NULL,
        lease_owner TEXT, lease_expires_at INTEGER, priority INTEGER NOT NULL DEFAULT 1,
        turn INTEGER NOT NULL DEFAULT 0, unfinished_runs INTEGER NOT NULL DEFAULT 0, dead_at INTEGER,
        dead_reason TEXT,
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, event_id) REFERENCES strict_calendar_event (workspace_id, id) ON DELETE CASCADE,
        FOREIGN KEY (workspace_id, email_id) REFERENCES strict_email (workspace_id, id) ON DELETE CASCADE,
        FOREIGN KEY (workspace_id, account_id) REFERENCES strict_connected_account (workspace_id, id),
        CHECK (event_id IS NULL OR email_id IS NULL)
      """
    ),
    StrictTable(
      "rate_limit",
      """
        scope TEXT NOT NULL PRIMARY KEY, tokens REAL NOT NULL, counted_at INTEGER NOT NULL,
        blocked_until INTEGER NOT NULL
      """
    ),
  ]
}
