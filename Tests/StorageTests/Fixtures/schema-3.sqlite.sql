PRAGMA defer_foreign_keys = ON;
CREATE TABLE schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO schema_migration VALUES(1,'the main job');
INSERT INTO schema_migration VALUES(2,'jobs shared by many nodes');
INSERT INTO schema_migration VALUES(3,'events by their length');
CREATE TABLE workspace (
  id TEXT NOT NULL PRIMARY KEY,
  display_name TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
INSERT INTO workspace VALUES('00000000-0000-4000-8000-0000000003e8','Bürogemeinschaft 東京 🏯',1800000000000);
INSERT INTO workspace VALUES('00000000-0000-4000-8000-0000000007d0','Bürogemeinschaft 東京 🏯',1800000000000);
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
);
INSERT INTO workspace_member VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003e9','Member1@Example.com','member1@example.com','Zoë O’Neill','America/New_York','SOME_CONFERENCE','hash-1');
INSERT INTO workspace_member VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d1','Member2@Example.com','member2@example.com','Zoë O’Neill','America/New_York','SOME_CONFERENCE','hash-2');
CREATE TABLE session (
  workspace_id TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  member_id TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, token_hash),
  FOREIGN KEY (workspace_id, member_id) REFERENCES workspace_member (workspace_id, id)
);
INSERT INTO session VALUES('00000000-0000-4000-8000-0000000003e8','session-1','00000000-0000-4000-8000-0000000003e9',1800000060000);
INSERT INTO session VALUES('00000000-0000-4000-8000-0000000007d0','session-2','00000000-0000-4000-8000-0000000007d1',1800000060000);
CREATE TABLE api_token (
  workspace_id TEXT NOT NULL,
  id TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  member_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES workspace_member (workspace_id, id)
);
INSERT INTO api_token VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ea','token-1','00000000-0000-4000-8000-0000000003e9',1800000000000);
INSERT INTO api_token VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d2','token-2','00000000-0000-4000-8000-0000000007d1',1800000000000);
CREATE TABLE feature_flag (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  flag_key TEXT NOT NULL,
  is_enabled INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
  PRIMARY KEY (workspace_id, flag_key)
);
INSERT INTO feature_flag VALUES('00000000-0000-4000-8000-0000000003e8','IS_CALENDAR_COMPOSE_ENABLED',1);
INSERT INTO feature_flag VALUES('00000000-0000-4000-8000-0000000007d0','IS_CALENDAR_COMPOSE_ENABLED',1);
CREATE TABLE company (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  domain_name TEXT,
  sort_key TEXT NOT NULL,
  search_text TEXT NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
INSERT INTO company VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003eb','Łódź & Söhne','söhne.example','łódź & söhne',replace('łódź & söhne\nsöhne.example','\n',char(10)));
INSERT INTO company VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d3','Łódź & Söhne','söhne.example','łódź & söhne',replace('łódź & söhne\nsöhne.example','\n',char(10)));
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
);
INSERT INTO person VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ec','Ægir','Ólafsson','00000000-0000-4000-8000-0000000003eb','Försäljare','ægir ólafsson',replace('ægir ólafsson\naegir@example.org\nægir@example.is','\n',char(10)));
INSERT INTO person VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d4','Ægir','Ólafsson','00000000-0000-4000-8000-0000000007d3','Försäljare','ægir ólafsson',replace('ægir ólafsson\naegir@example.org\nægir@example.is','\n',char(10)));
CREATE TABLE person_email (
  workspace_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  email TEXT NOT NULL,
  address TEXT NOT NULL,
  PRIMARY KEY (workspace_id, person_id, position),
  FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id) ON DELETE CASCADE
);
INSERT INTO person_email VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ec',0,'Aegir@Example.org','aegir@example.org');
INSERT INTO person_email VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ec',1,'ægir@example.is','ægir@example.is');
INSERT INTO person_email VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d4',0,'Aegir@Example.org','aegir@example.org');
INSERT INTO person_email VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d4',1,'ægir@example.is','ægir@example.is');
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
);
INSERT INTO opportunity VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ed','Großauftrag','00000000-0000-4000-8000-0000000003eb','00000000-0000-4000-8000-0000000003ec','MEETING',12500.749999999999999,'großauftrag','großauftrag');
INSERT INTO opportunity VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d5','Großauftrag','00000000-0000-4000-8000-0000000007d3','00000000-0000-4000-8000-0000000007d4','MEETING',12500.749999999999999,'großauftrag','großauftrag');
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
);
INSERT INTO connected_account VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ee','00000000-0000-4000-8000-0000000003e9','SOME_CALENDAR','Member1@Calendar.example','member1@calendar.example','Kalender “Büro”','["calendar/events","profile"]','{"quoted":"\"\\\n","serverURL":"https://dav.example/ü"}',1,1800000005000);
INSERT INTO connected_account VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f3','00000000-0000-4000-8000-0000000003e9','SOME_CALENDAR','second1@calendar.example','second1@calendar.example','Kalender “Büro”','["calendar/events","profile"]','{"quoted":"\"\\\n","serverURL":"https://dav.example/ü"}',1,1800000005000);
INSERT INTO connected_account VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d6','00000000-0000-4000-8000-0000000007d1','SOME_CALENDAR','Member2@Calendar.example','member2@calendar.example','Kalender “Büro”','["calendar/events","profile"]','{"quoted":"\"\\\n","serverURL":"https://dav.example/ü"}',1,1800000005000);
INSERT INTO connected_account VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007db','00000000-0000-4000-8000-0000000007d1','SOME_CALENDAR','second2@calendar.example','second2@calendar.example','Kalender “Büro”','["calendar/events","profile"]','{"quoted":"\"\\\n","serverURL":"https://dav.example/ü"}',1,1800000005000);
CREATE TABLE account_credential (
  workspace_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  sealed TEXT NOT NULL,
  PRIMARY KEY (workspace_id, account_id),
  FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account (workspace_id, id) ON DELETE CASCADE
);
INSERT INTO account_credential VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ee','sealed-1');
INSERT INTO account_credential VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d6','sealed-2');
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
);
INSERT INTO calendar_channel VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ef','00000000-0000-4000-8000-0000000003ee','Arbeit ☕️','/calendars/arbeit/',1,0,'["someVideo","otherVideo"]',0,'METADATA','AS_ORGANIZER','MANUAL','FAILED_UNKNOWN','CALENDAR_EVENTS_IMPORT_ONGOING',1799999999875,'Der Server schweigt.');
INSERT INTO calendar_channel VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d7','00000000-0000-4000-8000-0000000007d6','Arbeit ☕️','/calendars/arbeit/',1,0,'["someVideo","otherVideo"]',0,'METADATA','AS_ORGANIZER','MANUAL','FAILED_UNKNOWN','CALENDAR_EVENTS_IMPORT_ONGOING',1799999999875,'Der Server schweigt.');
CREATE TABLE calendar_event (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  details TEXT,
  location TEXT,
  starts_time TEXT NOT NULL,
  ends_time TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  recurrence TEXT NOT NULL,
  is_canceled INTEGER NOT NULL CHECK (is_canceled IN (0, 1)),
  ical_uid TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  company_id TEXT,
  opportunity_id TEXT,
  conference_provider TEXT NOT NULL,
  conference_status TEXT NOT NULL,
  conference_link TEXT,
  conference_request_id TEXT,
  created_from_crm INTEGER NOT NULL CHECK (created_from_crm IN (0, 1)),
  crm_creator_id TEXT,
  account_id TEXT,
  channel_id TEXT,
  send_invitations INTEGER NOT NULL CHECK (send_invitations IN (0, 1)),
  push_status TEXT NOT NULL,
  push_error TEXT,
  external_id TEXT,
  etag TEXT,
  provider_url TEXT,
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  idempotency_key TEXT,
  fingerprint TEXT, length INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, idempotency_key),
  FOREIGN KEY (workspace_id, company_id) REFERENCES company (workspace_id, id),
  FOREIGN KEY (workspace_id, opportunity_id) REFERENCES opportunity (workspace_id, id),
  FOREIGN KEY (workspace_id, crm_creator_id) REFERENCES workspace_member (workspace_id, id),
  FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account (workspace_id, id),
  FOREIGN KEY (workspace_id, channel_id) REFERENCES calendar_channel (workspace_id, id)
);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f0','Café-Gespräch 👩‍👩‍👧 %_''"\',replace('Erste Zeile\nZweite Zeile','\n',char(10)),'Straße 1, Ålesund','2026-11-01T01:30:00-05:00[America/New_York]','2026-11-01T09:00:00+01:00[Europe/Oslo]',1793514600000,1793520000000,'[]',1,'uid-00000000-0000-4000-8000-0000000003f0@phos.example',3,'00000000-0000-4000-8000-0000000003eb','00000000-0000-4000-8000-0000000003ed','SOME_CONFERENCE','PENDING','https://meet.example/ü?a=b&c=d','request',1,'00000000-0000-4000-8000-0000000003e9','00000000-0000-4000-8000-0000000003ee','00000000-0000-4000-8000-0000000003ef',0,'PENDING','Später.','external','"etag"','https://calendar.example/e',7,1799999999001,1800000000001,'key-1','print-1',0);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-00000000044e','Meeting 2',NULL,NULL,'2027-01-15T08:00:00+00:00[UTC]','2027-02-24T08:00:00+00:00[UTC]',1800000000000,1803456000000,'[]',0,'meeting-2',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000003ee','00000000-0000-4000-8000-0000000003ef',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,3);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-00000000044f','Meeting 3',NULL,NULL,'2027-01-15T08:00:00+00:00[UTC]','2027-01-15T09:00:00+00:00[UTC]',1800000000000,1800003600000,'[]',0,'meeting-3',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000003ee','00000000-0000-4000-8000-0000000003ef',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,0);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-000000000450','Meeting 4',NULL,NULL,'2027-01-15T08:00:00+00:00[UTC]','2027-01-16T04:00:00+00:00[UTC]',1800000000000,1800072000000,'[]',0,'meeting-4',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000003ee','00000000-0000-4000-8000-0000000003ef',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,1);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-000000000451','Meeting 5',NULL,NULL,'2027-01-15T08:00:00+00:00[UTC]','2027-01-23T16:00:00+00:00[UTC]',1800000000000,1800720000000,'[]',0,'meeting-5',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000003ee','00000000-0000-4000-8000-0000000003ef',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,2);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d8','Café-Gespräch 👩‍👩‍👧 %_''"\',replace('Erste Zeile\nZweite Zeile','\n',char(10)),'Straße 1, Ålesund','2026-11-01T01:30:00-05:00[America/New_York]','2026-11-01T09:00:00+01:00[Europe/Oslo]',1793514600000,1793520000000,'[]',1,'uid-00000000-0000-4000-8000-0000000007d8@phos.example',3,'00000000-0000-4000-8000-0000000007d3','00000000-0000-4000-8000-0000000007d5','SOME_CONFERENCE','PENDING','https://meet.example/ü?a=b&c=d','request',1,'00000000-0000-4000-8000-0000000007d1','00000000-0000-4000-8000-0000000007d6','00000000-0000-4000-8000-0000000007d7',0,'PENDING','Später.','external','"etag"','https://calendar.example/e',7,1799999999001,1800000000001,'key-2','print-2',0);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-000000000836','Meeting 2',NULL,NULL,'2027-01-15T08:00:00+00:00[UTC]','2027-02-24T08:00:00+00:00[UTC]',1800000000000,1803456000000,'[]',0,'meeting-2',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000007d6','00000000-0000-4000-8000-0000000007d7',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,3);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-000000000837','Meeting 3',NULL,NULL,'2027-01-15T08:00:00+00:00[UTC]','2027-01-15T09:00:00+00:00[UTC]',1800000000000,1800003600000,'[]',0,'meeting-3',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000007d6','00000000-0000-4000-8000-0000000007d7',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,0);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-000000000838','Meeting 4',NULL,NULL,'2027-01-15T08:00:00+00:00[UTC]','2027-01-16T04:00:00+00:00[UTC]',1800000000000,1800072000000,'[]',0,'meeting-4',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000007d6','00000000-0000-4000-8000-0000000007d7',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,1);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-000000000839','Meeting 5',NULL,NULL,'2027-01-15T08:00:00+00:00[UTC]','2027-01-23T16:00:00+00:00[UTC]',1800000000000,1800720000000,'[]',0,'meeting-5',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000007d6','00000000-0000-4000-8000-0000000007d7',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,2);
CREATE TABLE calendar_event_participant (
  workspace_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  handle TEXT NOT NULL,
  address TEXT NOT NULL,
  display_name TEXT,
  is_organizer INTEGER NOT NULL CHECK (is_organizer IN (0, 1)),
  response_status TEXT NOT NULL,
  PRIMARY KEY (workspace_id, event_id, position),
  FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event (workspace_id, id) ON DELETE CASCADE
);
INSERT INTO calendar_event_participant VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f0',0,'Member1@Calendar.example','member1@calendar.example','Zoë',1,'ACCEPTED');
INSERT INTO calendar_event_participant VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f0',1,'Guest@Example.net','guest@example.net',NULL,0,'TENTATIVE');
INSERT INTO calendar_event_participant VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d8',0,'Member2@Calendar.example','member2@calendar.example','Zoë',1,'ACCEPTED');
INSERT INTO calendar_event_participant VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d8',1,'Guest@Example.net','guest@example.net',NULL,0,'TENTATIVE');
CREATE TABLE calendar_event_person (
  workspace_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  person_id TEXT NOT NULL,
  PRIMARY KEY (workspace_id, event_id, position),
  FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id)
);
INSERT INTO calendar_event_person VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f0',0,'00000000-0000-4000-8000-0000000003ec');
INSERT INTO calendar_event_person VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d8',0,'00000000-0000-4000-8000-0000000007d4');
CREATE TABLE job (
  workspace_id TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  event_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  run_after BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  lease_owner TEXT,
  lease_expires_at BIGINT, priority INTEGER NOT NULL DEFAULT 1, turn BIGINT NOT NULL DEFAULT 0, unfinished_runs INTEGER NOT NULL DEFAULT 0, dead_at BIGINT, dead_reason TEXT,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account (workspace_id, id)
);
INSERT INTO job VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f1','RESOLVE_CONFERENCE','00000000-0000-4000-8000-0000000003f0','00000000-0000-4000-8000-0000000003ee',1800000000001,1,NULL,NULL,1,1,1,1800000002000,'Refused.');
INSERT INTO job VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d9','RESOLVE_CONFERENCE','00000000-0000-4000-8000-0000000007d8','00000000-0000-4000-8000-0000000007d6',1800000000001,0,NULL,NULL,1,1,0,NULL,NULL);
CREATE TABLE rate_limit (
  scope TEXT NOT NULL PRIMARY KEY,
  tokens DOUBLE PRECISION NOT NULL,
  counted_at BIGINT NOT NULL,
  blocked_until BIGINT NOT NULL
);
INSERT INTO rate_limit VALUES('account/00000000-0000-4000-8000-0000000003ee',8.0,1800000001000,0);
INSERT INTO rate_limit VALUES('provider/SOME_CALENDAR',8.0,1800000001000,0);
CREATE INDEX session_by_expiry ON session (expires_at);
CREATE INDEX company_by_name ON company (workspace_id, sort_key, id);
CREATE INDEX person_by_name ON person (workspace_id, sort_key, id);
CREATE INDEX person_by_company ON person (workspace_id, company_id, sort_key, id);
CREATE INDEX person_email_by_address ON person_email (workspace_id, address, position, person_id);
CREATE INDEX opportunity_by_name ON opportunity (workspace_id, sort_key, id);
CREATE INDEX calendar_event_by_company ON calendar_event (workspace_id, company_id);
CREATE INDEX calendar_event_by_opportunity ON calendar_event (workspace_id, opportunity_id);
CREATE INDEX calendar_event_participant_by_address
  ON calendar_event_participant (workspace_id, address, event_id);
CREATE INDEX calendar_event_person_by_person ON calendar_event_person (workspace_id, person_id, event_id);
CREATE INDEX job_by_account ON job (workspace_id, account_id, lease_expires_at);
CREATE INDEX job_by_priority ON job (priority, run_after, id) WHERE dead_at IS NULL;
CREATE INDEX job_by_due ON job (run_after) WHERE dead_at IS NULL;
CREATE INDEX job_by_lease ON job (lease_expires_at) WHERE lease_expires_at IS NOT NULL;
CREATE INDEX job_by_event ON job (workspace_id, event_id, turn);
CREATE INDEX dead_job ON job (workspace_id, account_id, dead_at) WHERE dead_at IS NOT NULL;
CREATE INDEX calendar_event_by_start ON calendar_event (workspace_id, length, starts_at, id, ends_at);
CREATE INDEX calendar_event_by_account
  ON calendar_event (workspace_id, account_id, length, starts_at, id, ends_at);
