CREATE TABLE account_credential (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    account_id text NOT NULL COLLATE pg_catalog."C",
    sealed text NOT NULL COLLATE pg_catalog."C",
    renewed_until bigint
);
CREATE TABLE account_inbox (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    account_id text NOT NULL COLLATE pg_catalog."C",
    "position" text COLLATE pg_catalog."C",
    read_at bigint,
    problem text COLLATE pg_catalog."C"
);
CREATE TABLE api_token (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    token_hash text NOT NULL COLLATE pg_catalog."C",
    member_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL
);
CREATE TABLE calendar_channel (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    account_id text NOT NULL COLLATE pg_catalog."C",
    handle text NOT NULL COLLATE pg_catalog."C",
    external_id text NOT NULL COLLATE pg_catalog."C",
    is_primary integer NOT NULL,
    is_writable integer NOT NULL,
    conference_solutions text NOT NULL COLLATE pg_catalog."C",
    is_sync_enabled integer NOT NULL,
    visibility text NOT NULL COLLATE pg_catalog."C",
    contact_auto_creation_policy text NOT NULL COLLATE pg_catalog."C",
    conflict_resolution text NOT NULL COLLATE pg_catalog."C",
    sync_status text NOT NULL COLLATE pg_catalog."C",
    sync_stage text NOT NULL COLLATE pg_catalog."C",
    synced_at bigint,
    last_error text COLLATE pg_catalog."C",
    CONSTRAINT calendar_channel_is_primary_check CHECK ((is_primary = ANY (ARRAY[0, 1]))),
    CONSTRAINT calendar_channel_is_sync_enabled_check CHECK ((is_sync_enabled = ANY (ARRAY[0, 1]))),
    CONSTRAINT calendar_channel_is_writable_check CHECK ((is_writable = ANY (ARRAY[0, 1])))
);
CREATE TABLE calendar_event (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL COLLATE pg_catalog."C",
    details text COLLATE pg_catalog."C",
    location text COLLATE pg_catalog."C",
    starts_time text NOT NULL COLLATE pg_catalog."C",
    ends_time text NOT NULL COLLATE pg_catalog."C",
    starts_at bigint NOT NULL,
    ends_at bigint NOT NULL,
    recurrence text NOT NULL COLLATE pg_catalog."C",
    is_canceled integer NOT NULL,
    ical_uid text NOT NULL COLLATE pg_catalog."C",
    sequence integer NOT NULL,
    company_id text COLLATE pg_catalog."C",
    opportunity_id text COLLATE pg_catalog."C",
    conference_provider text NOT NULL COLLATE pg_catalog."C",
    conference_status text NOT NULL COLLATE pg_catalog."C",
    conference_link text COLLATE pg_catalog."C",
    conference_request_id text COLLATE pg_catalog."C",
    created_from_crm integer NOT NULL,
    crm_creator_id text COLLATE pg_catalog."C",
    account_id text COLLATE pg_catalog."C",
    channel_id text COLLATE pg_catalog."C",
    send_invitations integer NOT NULL,
    push_status text NOT NULL COLLATE pg_catalog."C",
    push_error text COLLATE pg_catalog."C",
    external_id text COLLATE pg_catalog."C",
    etag text COLLATE pg_catalog."C",
    provider_url text COLLATE pg_catalog."C",
    version integer NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    idempotency_key text COLLATE pg_catalog."C",
    fingerprint text COLLATE pg_catalog."C",
    listing_bucket integer NOT NULL,
    series_id text COLLATE pg_catalog."C",
    original_start text COLLATE pg_catalog."C",
    repeats_until bigint,
    agreed text COLLATE pg_catalog."C",
    conflict text COLLATE pg_catalog."C",
    pending_deletion text COLLATE pg_catalog."C",
    deleted_at bigint,
    edited_at bigint DEFAULT 0 NOT NULL,
    conference_id text COLLATE pg_catalog."C",
    CONSTRAINT calendar_event_created_from_crm_check CHECK ((created_from_crm = ANY (ARRAY[0, 1]))),
    CONSTRAINT calendar_event_is_canceled_check CHECK ((is_canceled = ANY (ARRAY[0, 1]))),
    CONSTRAINT calendar_event_listing_bucket_check CHECK (((listing_bucket >= '-2'::integer) AND (listing_bucket <= 3))),
    CONSTRAINT calendar_event_send_invitations_check CHECK ((send_invitations = ANY (ARRAY[0, 1])))
);
CREATE TABLE calendar_event_participant (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    event_id text NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    handle text NOT NULL COLLATE pg_catalog."C",
    address text NOT NULL COLLATE pg_catalog."C",
    display_name text COLLATE pg_catalog."C",
    is_organizer integer NOT NULL,
    response_status text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT calendar_event_participant_is_organizer_check CHECK ((is_organizer = ANY (ARRAY[0, 1])))
);
CREATE TABLE calendar_event_person (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    event_id text NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    person_id text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE company (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    domain_name text COLLATE pg_catalog."C",
    sort_key text NOT NULL COLLATE pg_catalog."C",
    search_text text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE connected_account (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    owner_id text NOT NULL COLLATE pg_catalog."C",
    provider text NOT NULL COLLATE pg_catalog."C",
    handle text NOT NULL COLLATE pg_catalog."C",
    address text NOT NULL COLLATE pg_catalog."C",
    display_name text NOT NULL COLLATE pg_catalog."C",
    granted_scopes text NOT NULL COLLATE pg_catalog."C",
    parameters text NOT NULL COLLATE pg_catalog."C",
    sends_invitations integer NOT NULL,
    auth_failed_at bigint,
    disconnected_at bigint,
    CONSTRAINT connected_account_sends_invitations_check CHECK ((sends_invitations = ANY (ARRAY[0, 1])))
);
CREATE TABLE email (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    account_id text NOT NULL COLLATE pg_catalog."C",
    sender_id text NOT NULL COLLATE pg_catalog."C",
    purpose text NOT NULL COLLATE pg_catalog."C",
    from_address text NOT NULL COLLATE pg_catalog."C",
    from_name text COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    text_body text NOT NULL COLLATE pg_catalog."C",
    html_body text COLLATE pg_catalog."C",
    mail_references text NOT NULL COLLATE pg_catalog."C",
    event_id text COLLATE pg_catalog."C",
    person_ids text NOT NULL COLLATE pg_catalog."C",
    company_id text COLLATE pg_catalog."C",
    opportunity_id text COLLATE pg_catalog."C",
    status text NOT NULL COLLATE pg_catalog."C",
    error text COLLATE pg_catalog."C",
    send_at bigint NOT NULL,
    handed_over_at bigint,
    sent_at bigint,
    created_at bigint NOT NULL,
    idempotency_key text COLLATE pg_catalog."C",
    fingerprint text COLLATE pg_catalog."C"
);
CREATE TABLE email_attachment (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    email_id text NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    media_type text NOT NULL COLLATE pg_catalog."C",
    size bigint NOT NULL,
    content bytea NOT NULL
);
CREATE TABLE email_recipient (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    email_id text NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    role text NOT NULL COLLATE pg_catalog."C",
    handle text NOT NULL COLLATE pg_catalog."C",
    display_name text COLLATE pg_catalog."C",
    address text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE event_announcement (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    event_id text NOT NULL COLLATE pg_catalog."C",
    content text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE event_answers (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    event_id text NOT NULL COLLATE pg_catalog."C",
    memory text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE event_change (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    event_id text NOT NULL COLLATE pg_catalog."C",
    changed_at bigint NOT NULL
);
CREATE TABLE event_version (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    event_id text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    content text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE feature_flag (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    flag_key text NOT NULL COLLATE pg_catalog."C",
    is_enabled integer NOT NULL,
    CONSTRAINT feature_flag_is_enabled_check CHECK ((is_enabled = ANY (ARRAY[0, 1])))
);
CREATE TABLE job (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    priority integer NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    sequence bigint NOT NULL,
    is_unique integer NOT NULL,
    resource text NOT NULL COLLATE pg_catalog."C",
    lane text NOT NULL COLLATE pg_catalog."C",
    scheduled_at bigint NOT NULL,
    attempts integer NOT NULL,
    crashes integer NOT NULL,
    lease_owner text COLLATE pg_catalog."C",
    lease_expires_at bigint,
    discarded_at bigint,
    discard_reason text COLLATE pg_catalog."C",
    CONSTRAINT job_is_unique_check CHECK ((is_unique = ANY (ARRAY[0, 1])))
);
CREATE TABLE job_turn (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    served bigint NOT NULL
);
CREATE TABLE kept_conference (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    request_id text NOT NULL COLLATE pg_catalog."C",
    event_id text NOT NULL COLLATE pg_catalog."C",
    provider text NOT NULL COLLATE pg_catalog."C",
    account_id text COLLATE pg_catalog."C",
    conference_id text COLLATE pg_catalog."C",
    told text COLLATE pg_catalog."C",
    created_at bigint NOT NULL
);
CREATE TABLE opportunity (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    company_id text COLLATE pg_catalog."C",
    point_of_contact_id text COLLATE pg_catalog."C",
    stage text COLLATE pg_catalog."C",
    amount double precision,
    sort_key text NOT NULL COLLATE pg_catalog."C",
    search_text text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE person (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    first_name text COLLATE pg_catalog."C",
    last_name text COLLATE pg_catalog."C",
    company_id text COLLATE pg_catalog."C",
    job_title text COLLATE pg_catalog."C",
    sort_key text NOT NULL COLLATE pg_catalog."C",
    search_text text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE person_email (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    person_id text NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    email text NOT NULL COLLATE pg_catalog."C",
    address text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE rate_limit (
    scope text NOT NULL COLLATE pg_catalog."C",
    tokens double precision NOT NULL,
    counted_at bigint NOT NULL,
    blocked_until bigint NOT NULL
);
CREATE TABLE schema_migration (
    version integer NOT NULL,
    name text NOT NULL
);
CREATE TABLE session (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    token_hash text NOT NULL COLLATE pg_catalog."C",
    member_id text NOT NULL COLLATE pg_catalog."C",
    expires_at bigint NOT NULL
);
CREATE TABLE workspace (
    id text NOT NULL COLLATE pg_catalog."C",
    display_name text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    default_conference_provider text COLLATE pg_catalog."C"
);
CREATE TABLE workspace_member (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    email text NOT NULL COLLATE pg_catalog."C",
    address text NOT NULL COLLATE pg_catalog."C",
    display_name text NOT NULL COLLATE pg_catalog."C",
    time_zone text COLLATE pg_catalog."C",
    default_conference_provider text COLLATE pg_catalog."C",
    password_hash text COLLATE pg_catalog."C"
);
INSERT INTO account_credential (workspace_id, account_id, sealed, renewed_until) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003ee', 'sealed-1', NULL),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d6', 'sealed-2', NULL);
INSERT INTO account_inbox (workspace_id, account_id, "position", read_at, problem) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003ee', '1', 1800000000000, NULL),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d6', '2', 1800000000000, NULL);
INSERT INTO api_token (workspace_id, id, token_hash, member_id, created_at) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003ea', 'token-1', '00000000-0000-4000-8000-0000000003e9', 1800000000000),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d2', 'token-2', '00000000-0000-4000-8000-0000000007d1', 1800000000000);
INSERT INTO calendar_channel (workspace_id, id, account_id, handle, external_id, is_primary, is_writable, conference_solutions, is_sync_enabled, visibility, contact_auto_creation_policy, conflict_resolution, sync_status, sync_stage, synced_at, last_error) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003ef', '00000000-0000-4000-8000-0000000003ee', 'Arbeit ☕️', '/calendars/arbeit/', 1, 0, '["someVideo","otherVideo"]', 0, 'METADATA', 'AS_ORGANIZER', 'MANUAL', 'FAILED_UNKNOWN', 'CALENDAR_EVENTS_IMPORT_ONGOING', 1799999999875, 'Der Server schweigt.'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d7', '00000000-0000-4000-8000-0000000007d6', 'Arbeit ☕️', '/calendars/arbeit/', 1, 0, '["someVideo","otherVideo"]', 0, 'METADATA', 'AS_ORGANIZER', 'MANUAL', 'FAILED_UNKNOWN', 'CALENDAR_EVENTS_IMPORT_ONGOING', 1799999999875, 'Der Server schweigt.');
INSERT INTO calendar_event (workspace_id, id, title, details, location, starts_time, ends_time, starts_at, ends_at, recurrence, is_canceled, ical_uid, sequence, company_id, opportunity_id, conference_provider, conference_status, conference_link, conference_request_id, created_from_crm, crm_creator_id, account_id, channel_id, send_invitations, push_status, push_error, external_id, etag, provider_url, version, created_at, updated_at, idempotency_key, fingerprint, listing_bucket, series_id, original_start, repeats_until, agreed, conflict, pending_deletion, deleted_at, edited_at, conference_id) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f0', 'Café-Gespräch 👩‍👩‍👧 %_''"\', 'Erste Zeile
Zweite Zeile', 'Straße 1, Ålesund', '2026-11-01T01:30:00-05:00[America/New_York]', '2026-11-01T09:00:00+01:00[Europe/Oslo]', 1793514600000, 1793520000000, '[]', 1, 'uid-00000000-0000-4000-8000-0000000003f0@phos.example', 3, '00000000-0000-4000-8000-0000000003eb', '00000000-0000-4000-8000-0000000003ed', 'SOME_CONFERENCE', 'PENDING', 'https://meet.example/ü?a=b&c=d', 'request', 1, '00000000-0000-4000-8000-0000000003e9', '00000000-0000-4000-8000-0000000003ee', '00000000-0000-4000-8000-0000000003ef', 0, 'CONFLICT', 'Später.', 'external', '"etag"', 'https://calendar.example/e', 7, 1799999999001, 1800000000001, 'key-1', 'print-1', 0, NULL, NULL, NULL, '{"attendees":[{"displayName":"Ø","handle":"Other@Example.net","responseStatus":"DECLINED"}],"conferenceID":"c","conferenceLink":"https://a.example","conferenceProvider":"OTHER","conferenceRequestID":"r","conferenceStatus":"SUCCESS","details":"\"\\","end":"2026-12-27","recurrence":["RRULE:FREQ=YEARLY"],"start":"2026-12-24","title":"Vorher"}', '{"detectedAt":1799999999.995,"fields":["TITLE","TIME"],"theirs":{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2026-11-01T02:30:00+01:00[Europe/Oslo]","location":"Oslo","recurrence":[],"start":"2026-11-01T01:30:00-04:00[America/New_York]","title":"Anders"}}', NULL, NULL, 1799999999996, 'conference'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-00000000044d', 'Meeting 1', NULL, NULL, '2026-12-24', '2026-12-25', 1798070400000, 1798156800000, '["RRULE:FREQ=YEARLY;COUNT=3"]', 0, 'meeting-1', 0, NULL, NULL, 'NONE', 'NONE', NULL, NULL, 1, NULL, '00000000-0000-4000-8000-0000000003ee', '00000000-0000-4000-8000-0000000003ef', 1, 'PENDING', NULL, NULL, NULL, NULL, 1, 1800000000000, 1800000000000, NULL, NULL, -2, NULL, NULL, 1861315200000, NULL, NULL, NULL, NULL, 1800000000000, NULL),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-00000000044e', 'Meeting 2', NULL, NULL, '2027-01-15T08:00:00+00:00[UTC]', '2027-02-24T08:00:00+00:00[UTC]', 1800000000000, 1803456000000, '[]', 0, 'meeting-2', 0, NULL, NULL, 'NONE', 'NONE', NULL, NULL, 1, NULL, '00000000-0000-4000-8000-0000000003ee', '00000000-0000-4000-8000-0000000003ef', 1, 'PENDING', NULL, NULL, NULL, NULL, 1, 1800000000000, 1800000000000, NULL, NULL, -1, NULL, NULL, NULL, NULL, NULL, NULL, 1800000000000, 1800000000000, NULL),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-00000000044f', 'Meeting 3', NULL, NULL, '2027-01-15T08:00:00+00:00[UTC]', '2027-01-15T09:00:00+00:00[UTC]', 1800000000000, 1800003600000, '[]', 0, 'meeting-3', 0, NULL, NULL, 'NONE', 'NONE', NULL, NULL, 1, NULL, '00000000-0000-4000-8000-0000000003ee', '00000000-0000-4000-8000-0000000003ef', 1, 'PENDING', NULL, NULL, NULL, NULL, 1, 1800000000000, 1800000000000, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1800000000000, NULL),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-000000000450', 'Meeting 4', NULL, NULL, '2027-01-15T08:00:00+00:00[UTC]', '2027-01-16T04:00:00+00:00[UTC]', 1800000000000, 1800072000000, '[]', 0, 'meeting-4', 0, NULL, NULL, 'NONE', 'NONE', NULL, NULL, 1, NULL, '00000000-0000-4000-8000-0000000003ee', '00000000-0000-4000-8000-0000000003ef', 1, 'PENDING', NULL, NULL, NULL, NULL, 1, 1800000000000, 1800000000000, NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1800000000000, NULL),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-000000000451', 'Meeting 5', NULL, NULL, '2027-01-15T08:00:00+00:00[UTC]', '2027-01-23T16:00:00+00:00[UTC]', 1800000000000, 1800720000000, '[]', 0, 'meeting-5', 0, NULL, NULL, 'NONE', 'NONE', NULL, NULL, 1, NULL, '00000000-0000-4000-8000-0000000003ee', '00000000-0000-4000-8000-0000000003ef', 1, 'PENDING', NULL, NULL, NULL, NULL, 1, 1800000000000, 1800000000000, NULL, NULL, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1800000000000, NULL),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d8', 'Café-Gespräch 👩‍👩‍👧 %_''"\', 'Erste Zeile
Zweite Zeile', 'Straße 1, Ålesund', '2026-11-01T01:30:00-05:00[America/New_York]', '2026-11-01T09:00:00+01:00[Europe/Oslo]', 1793514600000, 1793520000000, '[]', 1, 'uid-00000000-0000-4000-8000-0000000007d8@phos.example', 3, '00000000-0000-4000-8000-0000000007d3', '00000000-0000-4000-8000-0000000007d5', 'SOME_CONFERENCE', 'PENDING', 'https://meet.example/ü?a=b&c=d', 'request', 1, '00000000-0000-4000-8000-0000000007d1', '00000000-0000-4000-8000-0000000007d6', '00000000-0000-4000-8000-0000000007d7', 0, 'CONFLICT', 'Später.', 'external', '"etag"', 'https://calendar.example/e', 7, 1799999999001, 1800000000001, 'key-2', 'print-2', 0, NULL, NULL, NULL, '{"attendees":[{"displayName":"Ø","handle":"Other@Example.net","responseStatus":"DECLINED"}],"conferenceID":"c","conferenceLink":"https://a.example","conferenceProvider":"OTHER","conferenceRequestID":"r","conferenceStatus":"SUCCESS","details":"\"\\","end":"2026-12-27","recurrence":["RRULE:FREQ=YEARLY"],"start":"2026-12-24","title":"Vorher"}', '{"detectedAt":1799999999.995,"fields":["TITLE","TIME"],"theirs":{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2026-11-01T02:30:00+01:00[Europe/Oslo]","location":"Oslo","recurrence":[],"start":"2026-11-01T01:30:00-04:00[America/New_York]","title":"Anders"}}', NULL, NULL, 1799999999996, 'conference'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-000000000835', 'Meeting 1', NULL, NULL, '2026-12-24', '2026-12-25', 1798070400000, 1798156800000, '["RRULE:FREQ=YEARLY;COUNT=3"]', 0, 'meeting-1', 0, NULL, NULL, 'NONE', 'NONE', NULL, NULL, 1, NULL, '00000000-0000-4000-8000-0000000007d6', '00000000-0000-4000-8000-0000000007d7', 1, 'PENDING', NULL, NULL, NULL, NULL, 1, 1800000000000, 1800000000000, NULL, NULL, -2, NULL, NULL, 1861315200000, NULL, NULL, NULL, NULL, 1800000000000, NULL),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-000000000836', 'Meeting 2', NULL, NULL, '2027-01-15T08:00:00+00:00[UTC]', '2027-02-24T08:00:00+00:00[UTC]', 1800000000000, 1803456000000, '[]', 0, 'meeting-2', 0, NULL, NULL, 'NONE', 'NONE', NULL, NULL, 1, NULL, '00000000-0000-4000-8000-0000000007d6', '00000000-0000-4000-8000-0000000007d7', 1, 'PENDING', NULL, NULL, NULL, NULL, 1, 1800000000000, 1800000000000, NULL, NULL, -1, NULL, NULL, NULL, NULL, NULL, NULL, 1800000000000, 1800000000000, NULL),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-000000000837', 'Meeting 3', NULL, NULL, '2027-01-15T08:00:00+00:00[UTC]', '2027-01-15T09:00:00+00:00[UTC]', 1800000000000, 1800003600000, '[]', 0, 'meeting-3', 0, NULL, NULL, 'NONE', 'NONE', NULL, NULL, 1, NULL, '00000000-0000-4000-8000-0000000007d6', '00000000-0000-4000-8000-0000000007d7', 1, 'PENDING', NULL, NULL, NULL, NULL, 1, 1800000000000, 1800000000000, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1800000000000, NULL),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-000000000838', 'Meeting 4', NULL, NULL, '2027-01-15T08:00:00+00:00[UTC]', '2027-01-16T04:00:00+00:00[UTC]', 1800000000000, 1800072000000, '[]', 0, 'meeting-4', 0, NULL, NULL, 'NONE', 'NONE', NULL, NULL, 1, NULL, '00000000-0000-4000-8000-0000000007d6', '00000000-0000-4000-8000-0000000007d7', 1, 'PENDING', NULL, NULL, NULL, NULL, 1, 1800000000000, 1800000000000, NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1800000000000, NULL),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-000000000839', 'Meeting 5', NULL, NULL, '2027-01-15T08:00:00+00:00[UTC]', '2027-01-23T16:00:00+00:00[UTC]', 1800000000000, 1800720000000, '[]', 0, 'meeting-5', 0, NULL, NULL, 'NONE', 'NONE', NULL, NULL, 1, NULL, '00000000-0000-4000-8000-0000000007d6', '00000000-0000-4000-8000-0000000007d7', 1, 'PENDING', NULL, NULL, NULL, NULL, 1, 1800000000000, 1800000000000, NULL, NULL, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1800000000000, NULL);
INSERT INTO calendar_event_participant (workspace_id, event_id, "position", handle, address, display_name, is_organizer, response_status) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f0', 0, 'Member1@Calendar.example', 'member1@calendar.example', 'Zoë', 1, 'ACCEPTED'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f0', 1, 'Guest@Example.net', 'guest@example.net', NULL, 0, 'TENTATIVE'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d8', 0, 'Member2@Calendar.example', 'member2@calendar.example', 'Zoë', 1, 'ACCEPTED'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d8', 1, 'Guest@Example.net', 'guest@example.net', NULL, 0, 'TENTATIVE');
INSERT INTO calendar_event_person (workspace_id, event_id, "position", person_id) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f0', 0, '00000000-0000-4000-8000-0000000003ec'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d8', 0, '00000000-0000-4000-8000-0000000007d4');
INSERT INTO company (workspace_id, id, name, domain_name, sort_key, search_text) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003eb', 'Łódź & Söhne', 'söhne.example', 'łódź & söhne', 'łódź & söhne
söhne.example'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d3', 'Łódź & Söhne', 'söhne.example', 'łódź & söhne', 'łódź & söhne
söhne.example');
INSERT INTO connected_account (workspace_id, id, owner_id, provider, handle, address, display_name, granted_scopes, parameters, sends_invitations, auth_failed_at, disconnected_at) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003ee', '00000000-0000-4000-8000-0000000003e9', 'SOME_CALENDAR', 'Member1@Calendar.example', 'member1@calendar.example', 'Kalender “Büro”', '["calendar/events","profile"]', '{"quoted":"\"\\\n","serverURL":"https://dav.example/ü"}', 1, 1800000005000, NULL),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f3', '00000000-0000-4000-8000-0000000003e9', 'SOME_CALENDAR', 'second1@calendar.example', 'second1@calendar.example', 'Kalender “Büro”', '["calendar/events","profile"]', '{"quoted":"\"\\\n","serverURL":"https://dav.example/ü"}', 1, 1800000005000, 1800000000000),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d6', '00000000-0000-4000-8000-0000000007d1', 'SOME_CALENDAR', 'Member2@Calendar.example', 'member2@calendar.example', 'Kalender “Büro”', '["calendar/events","profile"]', '{"quoted":"\"\\\n","serverURL":"https://dav.example/ü"}', 1, 1800000005000, NULL),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007db', '00000000-0000-4000-8000-0000000007d1', 'SOME_CALENDAR', 'second2@calendar.example', 'second2@calendar.example', 'Kalender “Büro”', '["calendar/events","profile"]', '{"quoted":"\"\\\n","serverURL":"https://dav.example/ü"}', 1, 1800000005000, 1800000000000);
INSERT INTO email (workspace_id, id, account_id, sender_id, purpose, from_address, from_name, subject, text_body, html_body, mail_references, event_id, person_ids, company_id, opportunity_id, status, error, send_at, handed_over_at, sent_at, created_at, idempotency_key, fingerprint) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f2', '00000000-0000-4000-8000-0000000003ee', '00000000-0000-4000-8000-0000000003e9', 'COMPOSED', 'Member1@Example.com', 'Ada, Countess', 'Grüße 🎈', 'Hello', '<p>Hello</p>', '["a@b","c@d"]', '00000000-0000-4000-8000-0000000003f0', '["00000000-0000-4000-8000-0000000003ec"]', '00000000-0000-4000-8000-0000000003eb', '00000000-0000-4000-8000-0000000003ed', 'FAILED', 'No.', 1800000000000, 1800000002000, 1800000001000, 1800000000000, 'mail', 'print'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f4', '00000000-0000-4000-8000-0000000003ee', '00000000-0000-4000-8000-0000000003e9', 'COMPOSED', 'Member1@Example.com', 'Ada, Countess', 'Grüße 🎈', 'Hello', NULL, '["a@b","c@d"]', '00000000-0000-4000-8000-0000000003f0', '["00000000-0000-4000-8000-0000000003ec"]', '00000000-0000-4000-8000-0000000003eb', '00000000-0000-4000-8000-0000000003ed', 'FAILED', 'No.', 1800000000000, 1800000002000, 1800000001000, 1800000000000, NULL, NULL),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007da', '00000000-0000-4000-8000-0000000007d6', '00000000-0000-4000-8000-0000000007d1', 'COMPOSED', 'Member2@Example.com', 'Ada, Countess', 'Grüße 🎈', 'Hello', '<p>Hello</p>', '["a@b","c@d"]', '00000000-0000-4000-8000-0000000007d8', '["00000000-0000-4000-8000-0000000007d4"]', '00000000-0000-4000-8000-0000000007d3', '00000000-0000-4000-8000-0000000007d5', 'FAILED', 'No.', 1800000000000, 1800000002000, 1800000001000, 1800000000000, 'mail', 'print'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007dc', '00000000-0000-4000-8000-0000000007d6', '00000000-0000-4000-8000-0000000007d1', 'COMPOSED', 'Member2@Example.com', 'Ada, Countess', 'Grüße 🎈', 'Hello', NULL, '["a@b","c@d"]', '00000000-0000-4000-8000-0000000007d8', '["00000000-0000-4000-8000-0000000007d4"]', '00000000-0000-4000-8000-0000000007d3', '00000000-0000-4000-8000-0000000007d5', 'FAILED', 'No.', 1800000000000, 1800000002000, 1800000001000, 1800000000000, NULL, NULL);
INSERT INTO email_attachment (workspace_id, email_id, "position", name, media_type, size, content) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f2', 0, 'ä.bin', 'application/x', 3, '\x00ff0a'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f2', 1, 'empty.txt', 'text/plain', 0, '\x'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f2', 2, 'all.bin', 'application/x', 256, '\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007da', 0, 'ä.bin', 'application/x', 3, '\x00ff0a'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007da', 1, 'empty.txt', 'text/plain', 0, '\x'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007da', 2, 'all.bin', 'application/x', 256, '\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
INSERT INTO email_recipient (workspace_id, email_id, "position", role, handle, display_name, address) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f2', 0, 'TO', 'Member1@Example.com', 'Björk', 'member1@example.com'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f2', 1, 'CC', 'Member1@Example.com', NULL, 'member1@example.com'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f2', 2, 'BCC', 'Member1@Example.com', NULL, 'member1@example.com'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f4', 0, 'TO', 'Member1@Example.com', 'Björk', 'member1@example.com'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f4', 1, 'CC', 'Member1@Example.com', NULL, 'member1@example.com'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f4', 2, 'BCC', 'Member1@Example.com', NULL, 'member1@example.com'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007da', 0, 'TO', 'Member2@Example.com', 'Björk', 'member2@example.com'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007da', 1, 'CC', 'Member2@Example.com', NULL, 'member2@example.com'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007da', 2, 'BCC', 'Member2@Example.com', NULL, 'member2@example.com'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007dc', 0, 'TO', 'Member2@Example.com', 'Björk', 'member2@example.com'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007dc', 1, 'CC', 'Member2@Example.com', NULL, 'member2@example.com'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007dc', 2, 'BCC', 'Member2@Example.com', NULL, 'member2@example.com');
INSERT INTO event_announcement (workspace_id, event_id, content) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-00000000044d', '{"exceptions":{},"exclusions":[],"mailed":[],"sequence":0,"version":{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2026-12-25","recurrence":["RRULE:FREQ=YEARLY;COUNT=3"],"start":"2026-12-24","title":"Meeting 1"}}'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-000000000835', '{"exceptions":{},"exclusions":[],"mailed":[],"sequence":0,"version":{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2026-12-25","recurrence":["RRULE:FREQ=YEARLY;COUNT=3"],"start":"2026-12-24","title":"Meeting 1"}}');
INSERT INTO event_answers (workspace_id, event_id, memory) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f0', '{"additions":[],"answers":[],"cancellations":[],"ends":[],"removals":[]}'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d8', '{"additions":[],"answers":[],"cancellations":[],"ends":[],"removals":[]}');
INSERT INTO event_change (workspace_id, "position", event_id, changed_at) VALUES
	('00000000-0000-4000-8000-0000000003e8', 735, '00000000-0000-4000-8000-0000000003f0', 1796031482526),
	('00000000-0000-4000-8000-0000000003e8', 737, '00000000-0000-4000-8000-00000000044d', 1796031482554),
	('00000000-0000-4000-8000-0000000003e8', 737, '00000000-0000-4000-8000-00000000044e', 1796031482555),
	('00000000-0000-4000-8000-0000000003e8', 737, '00000000-0000-4000-8000-00000000044f', 1796031482563),
	('00000000-0000-4000-8000-0000000003e8', 737, '00000000-0000-4000-8000-000000000450', 1796031482564),
	('00000000-0000-4000-8000-0000000003e8', 737, '00000000-0000-4000-8000-000000000451', 1796031482565),
	('00000000-0000-4000-8000-0000000007d0', 740, '00000000-0000-4000-8000-0000000007d8', 1796031482628),
	('00000000-0000-4000-8000-0000000007d0', 744, '00000000-0000-4000-8000-000000000835', 1796031482655),
	('00000000-0000-4000-8000-0000000007d0', 744, '00000000-0000-4000-8000-000000000836', 1796031482658),
	('00000000-0000-4000-8000-0000000007d0', 744, '00000000-0000-4000-8000-000000000837', 1796031482659),
	('00000000-0000-4000-8000-0000000007d0', 744, '00000000-0000-4000-8000-000000000838', 1796031482659),
	('00000000-0000-4000-8000-0000000007d0', 744, '00000000-0000-4000-8000-000000000839', 1796031482660);
INSERT INTO event_version (workspace_id, event_id, version, content) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f0', 7, '{"attendees":[{"handle":"Guest@Example.net","responseStatus":"TENTATIVE"}],"conferenceID":"conference","conferenceLink":"https://meet.example/ü?a=b&c=d","conferenceProvider":"SOME_CONFERENCE","conferenceRequestID":"request","conferenceStatus":"PENDING","details":"Erste Zeile\nZweite Zeile","end":"2026-11-01T09:00:00+01:00[Europe/Oslo]","location":"Straße 1, Ålesund","recurrence":[],"start":"2026-11-01T01:30:00-05:00[America/New_York]","title":"Café-Gespräch 👩‍👩‍👧 %_''\"\\"}'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-00000000044d', 1, '{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2026-12-25","recurrence":["RRULE:FREQ=YEARLY;COUNT=3"],"start":"2026-12-24","title":"Meeting 1"}'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-00000000044e', 1, '{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2027-02-24T08:00:00+00:00[UTC]","recurrence":[],"start":"2027-01-15T08:00:00+00:00[UTC]","title":"Meeting 2"}'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-00000000044f', 1, '{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2027-01-15T09:00:00+00:00[UTC]","recurrence":[],"start":"2027-01-15T08:00:00+00:00[UTC]","title":"Meeting 3"}'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-000000000450', 1, '{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2027-01-16T04:00:00+00:00[UTC]","recurrence":[],"start":"2027-01-15T08:00:00+00:00[UTC]","title":"Meeting 4"}'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-000000000451', 1, '{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2027-01-23T16:00:00+00:00[UTC]","recurrence":[],"start":"2027-01-15T08:00:00+00:00[UTC]","title":"Meeting 5"}'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d8', 7, '{"attendees":[{"handle":"Guest@Example.net","responseStatus":"TENTATIVE"}],"conferenceID":"conference","conferenceLink":"https://meet.example/ü?a=b&c=d","conferenceProvider":"SOME_CONFERENCE","conferenceRequestID":"request","conferenceStatus":"PENDING","details":"Erste Zeile\nZweite Zeile","end":"2026-11-01T09:00:00+01:00[Europe/Oslo]","location":"Straße 1, Ålesund","recurrence":[],"start":"2026-11-01T01:30:00-05:00[America/New_York]","title":"Café-Gespräch 👩‍👩‍👧 %_''\"\\"}'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-000000000835', 1, '{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2026-12-25","recurrence":["RRULE:FREQ=YEARLY;COUNT=3"],"start":"2026-12-24","title":"Meeting 1"}'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-000000000836', 1, '{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2027-02-24T08:00:00+00:00[UTC]","recurrence":[],"start":"2027-01-15T08:00:00+00:00[UTC]","title":"Meeting 2"}'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-000000000837', 1, '{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2027-01-15T09:00:00+00:00[UTC]","recurrence":[],"start":"2027-01-15T08:00:00+00:00[UTC]","title":"Meeting 3"}'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-000000000838', 1, '{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2027-01-16T04:00:00+00:00[UTC]","recurrence":[],"start":"2027-01-15T08:00:00+00:00[UTC]","title":"Meeting 4"}'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-000000000839', 1, '{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2027-01-23T16:00:00+00:00[UTC]","recurrence":[],"start":"2027-01-15T08:00:00+00:00[UTC]","title":"Meeting 5"}');
INSERT INTO feature_flag (workspace_id, flag_key, is_enabled) VALUES
	('00000000-0000-4000-8000-0000000003e8', 'IS_CALENDAR_COMPOSE_ENABLED', 1),
	('00000000-0000-4000-8000-0000000007d0', 'IS_CALENDAR_COMPOSE_ENABLED', 1);
INSERT INTO job (workspace_id, id, kind, priority, subject, sequence, is_unique, resource, lane, scheduled_at, attempts, crashes, lease_owner, lease_expires_at, discarded_at, discard_reason) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f6', 'READ_REPLIES', 2, 'account/00000000-0000-4000-8000-0000000003ee', 1, 1, '00000000-0000-4000-8000-0000000003ee', 'account/00000000-0000-4000-8000-0000000003ee', 1800007200000, 0, 0, NULL, NULL, NULL, NULL),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007dd', 'SEND_EMAIL', 1, 'email/00000000-0000-4000-8000-0000000007dc', 1, 0, '00000000-0000-4000-8000-0000000007d6', 'account/00000000-0000-4000-8000-0000000007d6', 1800003600000, 0, 0, NULL, NULL, NULL, NULL),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007de', 'READ_REPLIES', 2, 'account/00000000-0000-4000-8000-0000000007d6', 1, 1, '00000000-0000-4000-8000-0000000007d6', 'account/00000000-0000-4000-8000-0000000007d6', 1800007200000, 0, 0, NULL, NULL, NULL, NULL),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f1', 'RESOLVE_CONFERENCE', 1, 'event/00000000-0000-4000-8000-0000000003f0', 1, 0, '00000000-0000-4000-8000-0000000003ee', 'account/00000000-0000-4000-8000-0000000003ee', 1800000000001, 1, 1, NULL, NULL, 1800000002000, 'Refused.'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003f5', 'SEND_EMAIL', 1, 'email/00000000-0000-4000-8000-0000000003f4', 1, 0, '00000000-0000-4000-8000-0000000003ee', 'account/00000000-0000-4000-8000-0000000003ee', 1800003600000, 1, 1, 'node/1', 1800000000000, NULL, NULL),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d9', 'RESOLVE_CONFERENCE', 1, 'event/00000000-0000-4000-8000-0000000007d8', 1, 0, '00000000-0000-4000-8000-0000000007d6', 'account/00000000-0000-4000-8000-0000000007d6', 1800000000001, 1, 1, 'node/1', 1800000000000, NULL, NULL);
INSERT INTO job_turn (workspace_id, served) VALUES
	('00000000-0000-4000-8000-0000000003e8', 1),
	('00000000-0000-4000-8000-0000000007d0', 2);
INSERT INTO kept_conference (workspace_id, request_id, event_id, provider, account_id, conference_id, told, created_at) VALUES
	('00000000-0000-4000-8000-0000000003e8', 'room', '00000000-0000-4000-8000-0000000003f0', 'ROOMS', '00000000-0000-4000-8000-0000000003ee', '1', 'told', 1800000000000),
	('00000000-0000-4000-8000-0000000007d0', 'room', '00000000-0000-4000-8000-0000000007d8', 'ROOMS', '00000000-0000-4000-8000-0000000007d6', '1', 'told', 1800000000000);
INSERT INTO opportunity (workspace_id, id, name, company_id, point_of_contact_id, stage, amount, sort_key, search_text) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003ed', 'Großauftrag', '00000000-0000-4000-8000-0000000003eb', '00000000-0000-4000-8000-0000000003ec', 'MEETING', 12500.75, 'großauftrag', 'großauftrag'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d5', 'Großauftrag', '00000000-0000-4000-8000-0000000007d3', '00000000-0000-4000-8000-0000000007d4', 'MEETING', 12500.75, 'großauftrag', 'großauftrag');
INSERT INTO person (workspace_id, id, first_name, last_name, company_id, job_title, sort_key, search_text) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003ec', 'Ægir', 'Ólafsson', '00000000-0000-4000-8000-0000000003eb', 'Försäljare', 'ægir ólafsson', 'ægir ólafsson
aegir@example.org
ægir@example.is'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d4', 'Ægir', 'Ólafsson', '00000000-0000-4000-8000-0000000007d3', 'Försäljare', 'ægir ólafsson', 'ægir ólafsson
aegir@example.org
ægir@example.is');
INSERT INTO person_email (workspace_id, person_id, "position", email, address) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003ec', 0, 'Aegir@Example.org', 'aegir@example.org'),
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003ec', 1, 'ægir@example.is', 'ægir@example.is'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d4', 0, 'Aegir@Example.org', 'aegir@example.org'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d4', 1, 'ægir@example.is', 'ægir@example.is');
INSERT INTO rate_limit (scope, tokens, counted_at, blocked_until) VALUES
	('account/00000000-0000-4000-8000-0000000003ee', 8, 1800000001000, 0),
	('provider/SOME_CALENDAR', 8, 1800000001000, 0);
INSERT INTO schema_migration (version, name) VALUES
	(1, 'the main job'),
	(2, 'jobs shared by many nodes'),
	(3, 'events by their length'),
	(4, 'a log of changes to events'),
	(5, 'changing, deleting and repeating events'),
	(6, 'conferences of their own'),
	(7, 'mails'),
	(8, 'inboxes'),
	(9, 'strict tables'),
	(10, 'job lanes'),
	(11, 'names of the job table''s constraints'),
	(12, 'event announcements');
INSERT INTO session (workspace_id, token_hash, member_id, expires_at) VALUES
	('00000000-0000-4000-8000-0000000003e8', 'session-1', '00000000-0000-4000-8000-0000000003e9', 1800000060000),
	('00000000-0000-4000-8000-0000000007d0', 'session-2', '00000000-0000-4000-8000-0000000007d1', 1800000060000);
INSERT INTO workspace (id, display_name, created_at, default_conference_provider) VALUES
	('00000000-0000-4000-8000-0000000003e8', 'Bürogemeinschaft 東京 🏯', 1800000000000, NULL),
	('00000000-0000-4000-8000-0000000007d0', 'Bürogemeinschaft 東京 🏯', 1800000000000, NULL);
INSERT INTO workspace_member (workspace_id, id, email, address, display_name, time_zone, default_conference_provider, password_hash) VALUES
	('00000000-0000-4000-8000-0000000003e8', '00000000-0000-4000-8000-0000000003e9', 'Member1@Example.com', 'member1@example.com', 'Zoë O’Neill', 'America/New_York', 'SOME_CONFERENCE', 'hash-1'),
	('00000000-0000-4000-8000-0000000007d0', '00000000-0000-4000-8000-0000000007d1', 'Member2@Example.com', 'member2@example.com', 'Zoë O’Neill', 'America/New_York', 'SOME_CONFERENCE', 'hash-2');
ALTER TABLE ONLY account_credential
    ADD CONSTRAINT account_credential_pkey PRIMARY KEY (workspace_id, account_id);
ALTER TABLE ONLY account_inbox
    ADD CONSTRAINT account_inbox_pkey PRIMARY KEY (workspace_id, account_id);
ALTER TABLE ONLY api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (workspace_id, id);
ALTER TABLE ONLY api_token
    ADD CONSTRAINT api_token_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY calendar_channel
    ADD CONSTRAINT calendar_channel_pkey PRIMARY KEY (workspace_id, id);
ALTER TABLE ONLY calendar_channel
    ADD CONSTRAINT calendar_channel_workspace_id_account_id_external_id_key UNIQUE (workspace_id, account_id, external_id);
ALTER TABLE ONLY calendar_event_participant
    ADD CONSTRAINT calendar_event_participant_pkey PRIMARY KEY (workspace_id, event_id, "position");
ALTER TABLE ONLY calendar_event_person
    ADD CONSTRAINT calendar_event_person_pkey PRIMARY KEY (workspace_id, event_id, "position");
ALTER TABLE ONLY calendar_event
    ADD CONSTRAINT calendar_event_pkey PRIMARY KEY (workspace_id, id);
ALTER TABLE ONLY calendar_event
    ADD CONSTRAINT calendar_event_workspace_id_idempotency_key_key UNIQUE (workspace_id, idempotency_key);
ALTER TABLE ONLY company
    ADD CONSTRAINT company_pkey PRIMARY KEY (workspace_id, id);
ALTER TABLE ONLY connected_account
    ADD CONSTRAINT connected_account_pkey PRIMARY KEY (workspace_id, id);
ALTER TABLE ONLY connected_account
    ADD CONSTRAINT connected_account_workspace_id_owner_id_provider_address_key UNIQUE (workspace_id, owner_id, provider, address);
ALTER TABLE ONLY email_attachment
    ADD CONSTRAINT email_attachment_pkey PRIMARY KEY (workspace_id, email_id, "position");
ALTER TABLE ONLY email
    ADD CONSTRAINT email_pkey PRIMARY KEY (workspace_id, id);
ALTER TABLE ONLY email_recipient
    ADD CONSTRAINT email_recipient_pkey PRIMARY KEY (workspace_id, email_id, "position");
ALTER TABLE ONLY email
    ADD CONSTRAINT email_workspace_id_idempotency_key_key UNIQUE (workspace_id, idempotency_key);
ALTER TABLE ONLY event_announcement
    ADD CONSTRAINT event_announcement_pkey PRIMARY KEY (workspace_id, event_id);
ALTER TABLE ONLY event_answers
    ADD CONSTRAINT event_answers_pkey PRIMARY KEY (workspace_id, event_id);
ALTER TABLE ONLY event_change
    ADD CONSTRAINT event_change_pkey PRIMARY KEY (workspace_id, "position", event_id);
ALTER TABLE ONLY event_version
    ADD CONSTRAINT event_version_pkey PRIMARY KEY (workspace_id, event_id, version);
ALTER TABLE ONLY feature_flag
    ADD CONSTRAINT feature_flag_pkey PRIMARY KEY (workspace_id, flag_key);
ALTER TABLE ONLY job
    ADD CONSTRAINT job_id_key UNIQUE (id);
ALTER TABLE ONLY job
    ADD CONSTRAINT job_pkey PRIMARY KEY (workspace_id, id);
ALTER TABLE ONLY job_turn
    ADD CONSTRAINT job_turn_pkey PRIMARY KEY (workspace_id);
ALTER TABLE ONLY kept_conference
    ADD CONSTRAINT kept_conference_pkey PRIMARY KEY (workspace_id, request_id);
ALTER TABLE ONLY opportunity
    ADD CONSTRAINT opportunity_pkey PRIMARY KEY (workspace_id, id);
ALTER TABLE ONLY person_email
    ADD CONSTRAINT person_email_pkey PRIMARY KEY (workspace_id, person_id, "position");
ALTER TABLE ONLY person
    ADD CONSTRAINT person_pkey PRIMARY KEY (workspace_id, id);
ALTER TABLE ONLY rate_limit
    ADD CONSTRAINT rate_limit_pkey PRIMARY KEY (scope);
ALTER TABLE ONLY schema_migration
    ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (version);
ALTER TABLE ONLY session
    ADD CONSTRAINT session_pkey PRIMARY KEY (workspace_id, token_hash);
ALTER TABLE ONLY session
    ADD CONSTRAINT session_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY workspace_member
    ADD CONSTRAINT workspace_member_address_key UNIQUE (address);
ALTER TABLE ONLY workspace_member
    ADD CONSTRAINT workspace_member_pkey PRIMARY KEY (workspace_id, id);
ALTER TABLE ONLY workspace
    ADD CONSTRAINT workspace_pkey PRIMARY KEY (id);
CREATE INDEX calendar_event_by_account ON calendar_event USING btree (workspace_id, account_id, listing_bucket, starts_at, id, ends_at);
CREATE INDEX calendar_event_by_channel ON calendar_event USING btree (workspace_id, channel_id, starts_at DESC, id);
CREATE INDEX calendar_event_by_company ON calendar_event USING btree (workspace_id, company_id);
CREATE INDEX calendar_event_by_opportunity ON calendar_event USING btree (workspace_id, opportunity_id);
CREATE UNIQUE INDEX calendar_event_by_series ON calendar_event USING btree (workspace_id, series_id, original_start) WHERE (series_id IS NOT NULL);
CREATE INDEX calendar_event_by_start ON calendar_event USING btree (workspace_id, listing_bucket, starts_at, id, ends_at);
CREATE INDEX calendar_event_by_uid ON calendar_event USING btree (workspace_id, ical_uid);
CREATE INDEX calendar_event_participant_by_address ON calendar_event_participant USING btree (workspace_id, address, event_id);
CREATE INDEX calendar_event_person_by_person ON calendar_event_person USING btree (workspace_id, person_id, event_id);
CREATE INDEX company_by_name ON company USING btree (workspace_id, sort_key, id);
CREATE INDEX discarded_job ON job USING btree (workspace_id, resource, discarded_at) WHERE (discarded_at IS NOT NULL);
CREATE INDEX email_by_company ON email USING btree (workspace_id, company_id);
CREATE INDEX email_by_event ON email USING btree (workspace_id, event_id);
CREATE INDEX email_by_opportunity ON email USING btree (workspace_id, opportunity_id);
CREATE INDEX email_by_sender ON email USING btree (workspace_id, sender_id, created_at, id);
CREATE INDEX email_recipient_by_address ON email_recipient USING btree (workspace_id, address);
CREATE INDEX event_change_by_position ON event_change USING btree ("position");
CREATE INDEX job_by_due ON job USING btree (scheduled_at) WHERE (discarded_at IS NULL);
CREATE INDEX job_by_lease ON job USING btree (lease_expires_at) WHERE (lease_expires_at IS NOT NULL);
CREATE INDEX job_by_priority ON job USING btree (workspace_id, priority, scheduled_at, id) WHERE (discarded_at IS NULL);
CREATE INDEX job_by_resource ON job USING btree (workspace_id, resource);
CREATE INDEX job_by_subject ON job USING btree (workspace_id, subject, sequence);
CREATE INDEX job_by_workspace ON job USING btree (workspace_id, scheduled_at) WHERE (discarded_at IS NULL);
CREATE UNIQUE INDEX job_of_subject ON job USING btree (workspace_id, kind, subject) WHERE (is_unique = 1);
CREATE UNIQUE INDEX job_running ON job USING btree (workspace_id, lane) WHERE (lease_owner IS NOT NULL);
CREATE INDEX kept_conference_by_event ON kept_conference USING btree (workspace_id, event_id);
CREATE INDEX opportunity_by_name ON opportunity USING btree (workspace_id, sort_key, id);
CREATE INDEX person_by_company ON person USING btree (workspace_id, company_id, sort_key, id);
CREATE INDEX person_by_name ON person USING btree (workspace_id, sort_key, id);
CREATE INDEX person_email_by_address ON person_email USING btree (workspace_id, address, "position", person_id);
CREATE INDEX session_by_expiry ON session USING btree (expires_at);
ALTER TABLE ONLY account_credential
    ADD CONSTRAINT account_credential_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account(workspace_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY account_inbox
    ADD CONSTRAINT account_inbox_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account(workspace_id, id);
ALTER TABLE ONLY api_token
    ADD CONSTRAINT api_token_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES workspace_member(workspace_id, id);
ALTER TABLE ONLY calendar_channel
    ADD CONSTRAINT calendar_channel_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account(workspace_id, id);
ALTER TABLE ONLY calendar_event_participant
    ADD CONSTRAINT calendar_event_participant_workspace_id_event_id_fkey FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event(workspace_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY calendar_event_person
    ADD CONSTRAINT calendar_event_person_workspace_id_event_id_fkey FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event(workspace_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY calendar_event_person
    ADD CONSTRAINT calendar_event_person_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES person(workspace_id, id);
ALTER TABLE ONLY calendar_event
    ADD CONSTRAINT calendar_event_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account(workspace_id, id);
ALTER TABLE ONLY calendar_event
    ADD CONSTRAINT calendar_event_workspace_id_channel_id_fkey FOREIGN KEY (workspace_id, channel_id) REFERENCES calendar_channel(workspace_id, id);
ALTER TABLE ONLY calendar_event
    ADD CONSTRAINT calendar_event_workspace_id_company_id_fkey FOREIGN KEY (workspace_id, company_id) REFERENCES company(workspace_id, id);
ALTER TABLE ONLY calendar_event
    ADD CONSTRAINT calendar_event_workspace_id_crm_creator_id_fkey FOREIGN KEY (workspace_id, crm_creator_id) REFERENCES workspace_member(workspace_id, id);
ALTER TABLE ONLY calendar_event
    ADD CONSTRAINT calendar_event_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id);
ALTER TABLE ONLY calendar_event
    ADD CONSTRAINT calendar_event_workspace_id_opportunity_id_fkey FOREIGN KEY (workspace_id, opportunity_id) REFERENCES opportunity(workspace_id, id);
ALTER TABLE ONLY company
    ADD CONSTRAINT company_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id);
ALTER TABLE ONLY connected_account
    ADD CONSTRAINT connected_account_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id);
ALTER TABLE ONLY connected_account
    ADD CONSTRAINT connected_account_workspace_id_owner_id_fkey FOREIGN KEY (workspace_id, owner_id) REFERENCES workspace_member(workspace_id, id);
ALTER TABLE ONLY email_attachment
    ADD CONSTRAINT email_attachment_workspace_id_email_id_fkey FOREIGN KEY (workspace_id, email_id) REFERENCES email(workspace_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY email_recipient
    ADD CONSTRAINT email_recipient_workspace_id_email_id_fkey FOREIGN KEY (workspace_id, email_id) REFERENCES email(workspace_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY email
    ADD CONSTRAINT email_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account(workspace_id, id);
ALTER TABLE ONLY email
    ADD CONSTRAINT email_workspace_id_company_id_fkey FOREIGN KEY (workspace_id, company_id) REFERENCES company(workspace_id, id);
ALTER TABLE ONLY email
    ADD CONSTRAINT email_workspace_id_event_id_fkey FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event(workspace_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY email
    ADD CONSTRAINT email_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id);
ALTER TABLE ONLY email
    ADD CONSTRAINT email_workspace_id_opportunity_id_fkey FOREIGN KEY (workspace_id, opportunity_id) REFERENCES opportunity(workspace_id, id);
ALTER TABLE ONLY email
    ADD CONSTRAINT email_workspace_id_sender_id_fkey FOREIGN KEY (workspace_id, sender_id) REFERENCES workspace_member(workspace_id, id);
ALTER TABLE ONLY event_announcement
    ADD CONSTRAINT event_announcement_workspace_id_event_id_fkey FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event(workspace_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY event_answers
    ADD CONSTRAINT event_answers_workspace_id_event_id_fkey FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event(workspace_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY event_change
    ADD CONSTRAINT event_change_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id);
ALTER TABLE ONLY event_version
    ADD CONSTRAINT event_version_workspace_id_event_id_fkey FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event(workspace_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY feature_flag
    ADD CONSTRAINT feature_flag_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id);
ALTER TABLE ONLY job_turn
    ADD CONSTRAINT job_turn_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id);
ALTER TABLE ONLY job
    ADD CONSTRAINT job_workspace_id_resource_fkey FOREIGN KEY (workspace_id, resource) REFERENCES connected_account(workspace_id, id);
ALTER TABLE ONLY kept_conference
    ADD CONSTRAINT kept_conference_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account(workspace_id, id);
ALTER TABLE ONLY kept_conference
    ADD CONSTRAINT kept_conference_workspace_id_event_id_fkey FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event(workspace_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY opportunity
    ADD CONSTRAINT opportunity_workspace_id_company_id_fkey FOREIGN KEY (workspace_id, company_id) REFERENCES company(workspace_id, id);
ALTER TABLE ONLY opportunity
    ADD CONSTRAINT opportunity_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id);
ALTER TABLE ONLY opportunity
    ADD CONSTRAINT opportunity_workspace_id_point_of_contact_id_fkey FOREIGN KEY (workspace_id, point_of_contact_id) REFERENCES person(workspace_id, id);
ALTER TABLE ONLY person_email
    ADD CONSTRAINT person_email_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES person(workspace_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY person
    ADD CONSTRAINT person_workspace_id_company_id_fkey FOREIGN KEY (workspace_id, company_id) REFERENCES company(workspace_id, id);
ALTER TABLE ONLY person
    ADD CONSTRAINT person_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id);
ALTER TABLE ONLY session
    ADD CONSTRAINT session_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES workspace_member(workspace_id, id);
ALTER TABLE ONLY workspace_member
    ADD CONSTRAINT workspace_member_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id);
