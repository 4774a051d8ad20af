PRAGMA defer_foreign_keys = ON;
CREATE TABLE schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO schema_migration VALUES(1,'the main job');
INSERT INTO schema_migration VALUES(2,'jobs shared by many nodes');
INSERT INTO schema_migration VALUES(3,'events by their length');
INSERT INTO schema_migration VALUES(4,'a log of changes to events');
INSERT INTO schema_migration VALUES(5,'changing, deleting and repeating events');
INSERT INTO schema_migration VALUES(6,'conferences of their own');
INSERT INTO schema_migration VALUES(7,'mails');
INSERT INTO schema_migration VALUES(8,'inboxes');
INSERT INTO schema_migration VALUES(9,'strict tables');
INSERT INTO schema_migration VALUES(10,'job lanes');
CREATE TABLE "workspace" (  id TEXT NOT NULL PRIMARY KEY, display_name TEXT NOT NULL, created_at INTEGER NOT NULL,
  default_conference_provider TEXT) STRICT;
INSERT INTO workspace VALUES('00000000-0000-4000-8000-0000000003e8','Bürogemeinschaft 東京 🏯',1800000000000,NULL);
INSERT INTO workspace VALUES('00000000-0000-4000-8000-0000000007d0','Bürogemeinschaft 東京 🏯',1800000000000,NULL);
CREATE TABLE "workspace_member" (  workspace_id TEXT NOT NULL REFERENCES "workspace" (id), id TEXT NOT NULL, email TEXT NOT NULL,
  address TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL, time_zone TEXT,
  default_conference_provider TEXT, password_hash TEXT,
  PRIMARY KEY (workspace_id, id)) STRICT;
INSERT INTO workspace_member VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003e9','Member1@Example.com','member1@example.com','Zoë O’Neill','America/New_York','SOME_CONFERENCE','hash-1');
INSERT INTO workspace_member VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d1','Member2@Example.com','member2@example.com','Zoë O’Neill','America/New_York','SOME_CONFERENCE','hash-2');
CREATE TABLE "session" (  workspace_id TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE, member_id TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, token_hash),
  FOREIGN KEY (workspace_id, member_id) REFERENCES "workspace_member" (workspace_id, id)) STRICT;
INSERT INTO session VALUES('00000000-0000-4000-8000-0000000003e8','session-1','00000000-0000-4000-8000-0000000003e9',1800000060000);
INSERT INTO session VALUES('00000000-0000-4000-8000-0000000007d0','session-2','00000000-0000-4000-8000-0000000007d1',1800000060000);
CREATE TABLE "api_token" (  workspace_id TEXT NOT NULL, id TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE,
  member_id TEXT NOT NULL, created_at INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES "workspace_member" (workspace_id, id)) STRICT;
INSERT INTO api_token VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ea','token-1','00000000-0000-4000-8000-0000000003e9',1800000000000);
INSERT INTO api_token VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d2','token-2','00000000-0000-4000-8000-0000000007d1',1800000000000);
CREATE TABLE "feature_flag" (  workspace_id TEXT NOT NULL REFERENCES "workspace" (id), flag_key TEXT NOT NULL,
  is_enabled INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
  PRIMARY KEY (workspace_id, flag_key)) STRICT;
INSERT INTO feature_flag VALUES('00000000-0000-4000-8000-0000000003e8','IS_CALENDAR_COMPOSE_ENABLED',1);
INSERT INTO feature_flag VALUES('00000000-0000-4000-8000-0000000007d0','IS_CALENDAR_COMPOSE_ENABLED',1);
CREATE TABLE "company" (  workspace_id TEXT NOT NULL REFERENCES "workspace" (id), id TEXT NOT NULL, name TEXT NOT NULL,
  domain_name TEXT, sort_key TEXT NOT NULL, search_text TEXT NOT NULL,
  PRIMARY KEY (workspace_id, id)) STRICT;
INSERT INTO company VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003eb','Łódź & Söhne','söhne.example','łódź & söhne',replace('łódź & söhne\nsöhne.example','\n',char(10)));
INSERT INTO company VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d3','Łódź & Söhne','söhne.example','łódź & söhne',replace('łódź & söhne\nsöhne.example','\n',char(10)));
CREATE TABLE "person" (  workspace_id TEXT NOT NULL REFERENCES "workspace" (id), id TEXT NOT NULL, first_name TEXT,
  last_name TEXT, company_id TEXT, job_title TEXT, sort_key TEXT NOT NULL, search_text TEXT NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, company_id) REFERENCES "company" (workspace_id, id)) STRICT;
INSERT INTO person VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ec','Ægir','Ólafsson','00000000-0000-4000-8000-0000000003eb','Försäljare','ægir ólafsson',replace('ægir ólafsson\naegir@example.org\nægir@example.is','\n',char(10)));
INSERT INTO person VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d4','Ægir','Ólafsson','00000000-0000-4000-8000-0000000007d3','Försäljare','ægir ólafsson',replace('ægir ólafsson\naegir@example.org\nægir@example.is','\n',char(10)));
CREATE TABLE "person_email" (  workspace_id TEXT NOT NULL, person_id TEXT NOT NULL, position INTEGER NOT NULL, email TEXT NOT NULL,
  address TEXT NOT NULL,
  PRIMARY KEY (workspace_id, person_id, position),
  FOREIGN KEY (workspace_id, person_id) REFERENCES "person" (workspace_id, id) ON DELETE CASCADE) STRICT;
INSERT INTO person_email VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ec',0,'Aegir@Example.org','aegir@example.org');
INSERT INTO person_email VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ec',1,'ægir@example.is','ægir@example.is');
INSERT INTO person_email VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d4',0,'Aegir@Example.org','aegir@example.org');
INSERT INTO person_email VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d4',1,'ægir@example.is','ægir@example.is');
CREATE TABLE "opportunity" (  workspace_id TEXT NOT NULL REFERENCES "workspace" (id), id TEXT NOT NULL, name TEXT NOT NULL,
  company_id TEXT, point_of_contact_id TEXT, stage TEXT, amount REAL, sort_key TEXT NOT NULL,
  search_text TEXT NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, company_id) REFERENCES "company" (workspace_id, id),
  FOREIGN KEY (workspace_id, point_of_contact_id) REFERENCES "person" (workspace_id, id)) STRICT;
INSERT INTO opportunity VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ed','Großauftrag','00000000-0000-4000-8000-0000000003eb','00000000-0000-4000-8000-0000000003ec','MEETING',12500.749999999999999,'großauftrag','großauftrag');
INSERT INTO opportunity VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d5','Großauftrag','00000000-0000-4000-8000-0000000007d3','00000000-0000-4000-8000-0000000007d4','MEETING',12500.749999999999999,'großauftrag','großauftrag');
CREATE TABLE "connected_account" (  workspace_id TEXT NOT NULL REFERENCES "workspace" (id), id TEXT NOT NULL,
  owner_id TEXT NOT NULL, provider TEXT NOT NULL, handle TEXT NOT NULL, address TEXT NOT NULL,
  display_name TEXT NOT NULL, granted_scopes TEXT NOT NULL, parameters TEXT NOT NULL,
  sends_invitations INTEGER NOT NULL CHECK (sends_invitations IN (0, 1)), auth_failed_at INTEGER,
  disconnected_at INTEGER,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, owner_id, provider, address),
  FOREIGN KEY (workspace_id, owner_id) REFERENCES "workspace_member" (workspace_id, id)) STRICT;
INSERT INTO connected_account VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ee','00000000-0000-4000-8000-0000000003e9','SOME_CALENDAR','Member1@Calendar.example','member1@calendar.example','Kalender “Büro”','["calendar/events","profile"]','{"quoted":"\"\\\n","serverURL":"https://dav.example/ü"}',1,1800000005000,NULL);
INSERT INTO connected_account VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f3','00000000-0000-4000-8000-0000000003e9','SOME_CALENDAR','second1@calendar.example','second1@calendar.example','Kalender “Büro”','["calendar/events","profile"]','{"quoted":"\"\\\n","serverURL":"https://dav.example/ü"}',1,1800000005000,1800000000000);
INSERT INTO connected_account VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d6','00000000-0000-4000-8000-0000000007d1','SOME_CALENDAR','Member2@Calendar.example','member2@calendar.example','Kalender “Büro”','["calendar/events","profile"]','{"quoted":"\"\\\n","serverURL":"https://dav.example/ü"}',1,1800000005000,NULL);
INSERT INTO connected_account VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007db','00000000-0000-4000-8000-0000000007d1','SOME_CALENDAR','second2@calendar.example','second2@calendar.example','Kalender “Büro”','["calendar/events","profile"]','{"quoted":"\"\\\n","serverURL":"https://dav.example/ü"}',1,1800000005000,1800000000000);
CREATE TABLE "account_credential" (  workspace_id TEXT NOT NULL, account_id TEXT NOT NULL, sealed TEXT NOT NULL, renewed_until INTEGER,
  PRIMARY KEY (workspace_id, account_id),
  FOREIGN KEY (workspace_id, account_id) REFERENCES "connected_account" (workspace_id, id) ON DELETE CASCADE) STRICT;
INSERT INTO account_credential VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ee','sealed-1',NULL);
INSERT INTO account_credential VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d6','sealed-2',NULL);
CREATE TABLE "account_inbox" (  workspace_id TEXT NOT NULL, account_id TEXT NOT NULL, position TEXT, read_at INTEGER, problem TEXT,
  PRIMARY KEY (workspace_id, account_id),
  FOREIGN KEY (workspace_id, account_id) REFERENCES "connected_account" (workspace_id, id)) STRICT;
INSERT INTO account_inbox VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ee','1',1800000000000,NULL);
INSERT INTO account_inbox VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d6','2',1800000000000,NULL);
CREATE TABLE "calendar_channel" (  workspace_id TEXT NOT NULL, id TEXT NOT NULL, account_id TEXT NOT NULL, handle TEXT NOT NULL,
  external_id TEXT NOT NULL, is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
  is_writable INTEGER NOT NULL CHECK (is_writable IN (0, 1)), conference_solutions TEXT NOT NULL,
  is_sync_enabled INTEGER NOT NULL CHECK (is_sync_enabled IN (0, 1)), visibility TEXT NOT NULL,
  contact_auto_creation_policy TEXT NOT NULL, conflict_resolution TEXT NOT NULL,
  sync_status TEXT NOT NULL, sync_stage TEXT NOT NULL, synced_at INTEGER, last_error TEXT,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, account_id, external_id),
  FOREIGN KEY (workspace_id, account_id) REFERENCES "connected_account" (workspace_id, id)) STRICT;
INSERT INTO calendar_channel VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003ef','00000000-0000-4000-8000-0000000003ee','Arbeit ☕️','/calendars/arbeit/',1,0,'["someVideo","otherVideo"]',0,'METADATA','AS_ORGANIZER','MANUAL','FAILED_UNKNOWN','CALENDAR_EVENTS_IMPORT_ONGOING',1799999999875,'Der Server schweigt.');
INSERT INTO calendar_channel VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d7','00000000-0000-4000-8000-0000000007d6','Arbeit ☕️','/calendars/arbeit/',1,0,'["someVideo","otherVideo"]',0,'METADATA','AS_ORGANIZER','MANUAL','FAILED_UNKNOWN','CALENDAR_EVENTS_IMPORT_ONGOING',1799999999875,'Der Server schweigt.');
CREATE TABLE "calendar_event" (  workspace_id TEXT NOT NULL REFERENCES "workspace" (id), id TEXT NOT NULL, title TEXT NOT NULL,
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
  FOREIGN KEY (workspace_id, company_id) REFERENCES "company" (workspace_id, id),
  FOREIGN KEY (workspace_id, opportunity_id) REFERENCES "opportunity" (workspace_id, id),
  FOREIGN KEY (workspace_id, crm_creator_id) REFERENCES "workspace_member" (workspace_id, id),
  FOREIGN KEY (workspace_id, account_id) REFERENCES "connected_account" (workspace_id, id),
  FOREIGN KEY (workspace_id, channel_id) REFERENCES "calendar_channel" (workspace_id, id)) STRICT;
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f0','Café-Gespräch 👩‍👩‍👧 %_''"\',replace('Erste Zeile\nZweite
Zeile','\n',char(10)),'Straße 1, Ålesund','2026-11-01T01:30:00-05:00[America/New_York]','2026-11-01T09:00:00+01:00[Europe/Oslo]',1793514600000,1793520000000,'[]',1,'uid-00000000-0000-4000-8000-0000000003f0@phos.example',3,'00000000-0000-4000-8000-0000000003eb','00000000-0000-4000-8000-0000000003ed','SOME_CONFERENCE','PENDING','https://meet.example/ü?a=b&c=d','request',1,'00000000-0000-4000-8000-0000000003e9','00000000-0000-4000-8000-0000000003ee','00000000-0000-4000-8000-0000000003ef',0,'CONFLICT','Später.','external','"etag"','https://calendar.example/e',7,1799999999001,1800000000001,'key-1','print-1',0,NULL,NULL,NULL,'{"attendees":[{"displayName":"Ø","handle":"Other@Example.net","responseStatus":"DECLINED"}],"conferenceID":"c","conferenceLink":"https://a.example","conferenceProvider":"OTHER","conferenceRequestID":"r","conferenceStatus":"SUCCESS","details":"\"\\","end":"2026-12-27","recurrence":["RRULE:FREQ=YEARLY"],"start":"2026-12-24","title":"Vorher"}','{"detectedAt":1799999999.995,"fields":["TITLE","TIME"],"theirs":{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2026-11-01T02:30:00+01:00[Europe/Oslo]","location":"Oslo","recurrence":[],"start":"2026-11-01T01:30:00-04:00[America/New_York]","title":"Anders"}}',NULL,NULL,1799999999996,'conference');
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-00000000044d','Meeting 1',NULL,NULL,'2026-12-24','2026-12-25',1798070400000,1798156800000,'["RRULE:FREQ=YEARLY;COUNT=3"]',0,'meeting-1',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000003ee','00000000-0000-4000-8000-0000000003ef',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,-2,NULL,NULL,1861315200000,NULL,NULL,NULL,NULL,1800000000000,NULL);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-00000000044e','Meeting 2',NULL,NULL,'2027-01-15T08:00:00+00:00[UTC]','2027-02-24T08:00:00+00:00[UTC]',1800000000000,1803456000000,'[]',0,'meeting-2',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000003ee','00000000-0000-4000-8000-0000000003ef',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,-1,NULL,NULL,NULL,NULL,NULL,NULL,1800000000000,1800000000000,NULL);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-00000000044f','Meeting 3',NULL,NULL,'2027-01-15T08:00:00+00:00[UTC]','2027-01-15T09:00:00+00:00[UTC]',1800000000000,1800003600000,'[]',0,'meeting-3',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000003ee','00000000-0000-4000-8000-0000000003ef',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1800000000000,NULL);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-000000000450','Meeting 4',NULL,NULL,'2027-01-15T08:00:00+00:00[UTC]','2027-01-16T04:00:00+00:00[UTC]',1800000000000,1800072000000,'[]',0,'meeting-4',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000003ee','00000000-0000-4000-8000-0000000003ef',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1800000000000,NULL);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-000000000451','Meeting 5',NULL,NULL,'2027-01-15T08:00:00+00:00[UTC]','2027-01-23T16:00:00+00:00[UTC]',1800000000000,1800720000000,'[]',0,'meeting-5',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000003ee','00000000-0000-4000-8000-0000000003ef',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1800000000000,NULL);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d8','Café-Gespräch 👩‍👩‍👧 %_''"\',replace('Erste Zeile\nZweite
Zeile','\n',char(10)),'Straße 1, Ålesund','2026-11-01T01:30:00-05:00[America/New_York]','2026-11-01T09:00:00+01:00[Europe/Oslo]',1793514600000,1793520000000,'[]',1,'uid-00000000-0000-4000-8000-0000000007d8@phos.example',3,'00000000-0000-4000-8000-0000000007d3','00000000-0000-4000-8000-0000000007d5','SOME_CONFERENCE','PENDING','https://meet.example/ü?a=b&c=d','request',1,'00000000-0000-4000-8000-0000000007d1','00000000-0000-4000-8000-0000000007d6','00000000-0000-4000-8000-0000000007d7',0,'CONFLICT','Später.','external','"etag"','https://calendar.example/e',7,1799999999001,1800000000001,'key-2','print-2',0,NULL,NULL,NULL,'{"attendees":[{"displayName":"Ø","handle":"Other@Example.net","responseStatus":"DECLINED"}],"conferenceID":"c","conferenceLink":"https://a.example","conferenceProvider":"OTHER","conferenceRequestID":"r","conferenceStatus":"SUCCESS","details":"\"\\","end":"2026-12-27","recurrence":["RRULE:FREQ=YEARLY"],"start":"2026-12-24","title":"Vorher"}','{"detectedAt":1799999999.995,"fields":["TITLE","TIME"],"theirs":{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2026-11-01T02:30:00+01:00[Europe/Oslo]","location":"Oslo","recurrence":[],"start":"2026-11-01T01:30:00-04:00[America/New_York]","title":"Anders"}}',NULL,NULL,1799999999996,'conference');
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-000000000835','Meeting 1',NULL,NULL,'2026-12-24','2026-12-25',1798070400000,1798156800000,'["RRULE:FREQ=YEARLY;COUNT=3"]',0,'meeting-1',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000007d6','00000000-0000-4000-8000-0000000007d7',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,-2,NULL,NULL,1861315200000,NULL,NULL,NULL,NULL,1800000000000,NULL);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-000000000836','Meeting 2',NULL,NULL,'2027-01-15T08:00:00+00:00[UTC]','2027-02-24T08:00:00+00:00[UTC]',1800000000000,1803456000000,'[]',0,'meeting-2',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000007d6','00000000-0000-4000-8000-0000000007d7',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,-1,NULL,NULL,NULL,NULL,NULL,NULL,1800000000000,1800000000000,NULL);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-000000000837','Meeting 3',NULL,NULL,'2027-01-15T08:00:00+00:00[UTC]','2027-01-15T09:00:00+00:00[UTC]',1800000000000,1800003600000,'[]',0,'meeting-3',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000007d6','00000000-0000-4000-8000-0000000007d7',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1800000000000,NULL);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-000000000838','Meeting 4',NULL,NULL,'2027-01-15T08:00:00+00:00[UTC]','2027-01-16T04:00:00+00:00[UTC]',1800000000000,1800072000000,'[]',0,'meeting-4',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000007d6','00000000-0000-4000-8000-0000000007d7',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1800000000000,NULL);
INSERT INTO calendar_event VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-000000000839','Meeting 5',NULL,NULL,'2027-01-15T08:00:00+00:00[UTC]','2027-01-23T16:00:00+00:00[UTC]',1800000000000,1800720000000,'[]',0,'meeting-5',0,NULL,NULL,'NONE','NONE',NULL,NULL,1,NULL,'00000000-0000-4000-8000-0000000007d6','00000000-0000-4000-8000-0000000007d7',1,'PENDING',NULL,NULL,NULL,NULL,1,1800000000000,1800000000000,NULL,NULL,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1800000000000,NULL);
CREATE TABLE "calendar_event_participant" (  workspace_id TEXT NOT NULL, event_id TEXT NOT NULL, position INTEGER NOT NULL, handle TEXT NOT NULL,
  address TEXT NOT NULL, display_name TEXT,
  is_organizer INTEGER NOT NULL CHECK (is_organizer IN (0, 1)), response_status TEXT NOT NULL,
  PRIMARY KEY (workspace_id, event_id, position),
  FOREIGN KEY (workspace_id, event_id) REFERENCES "calendar_event" (workspace_id, id) ON DELETE CASCADE) STRICT;
INSERT INTO calendar_event_participant VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f0',0,'Member1@Calendar.example','member1@calendar.example','Zoë',1,'ACCEPTED');
INSERT INTO calendar_event_participant VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f0',1,'Guest@Example.net','guest@example.net',NULL,0,'TENTATIVE');
INSERT INTO calendar_event_participant VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d8',0,'Member2@Calendar.example','member2@calendar.example','Zoë',1,'ACCEPTED');
INSERT INTO calendar_event_participant VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d8',1,'Guest@Example.net','guest@example.net',NULL,0,'TENTATIVE');
CREATE TABLE "calendar_event_person" (  workspace_id TEXT NOT NULL, event_id TEXT NOT NULL, position INTEGER NOT NULL,
  person_id TEXT NOT NULL,
  PRIMARY KEY (workspace_id, event_id, position),
  FOREIGN KEY (workspace_id, event_id) REFERENCES "calendar_event" (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, person_id) REFERENCES "person" (workspace_id, id)) STRICT;
INSERT INTO calendar_event_person VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f0',0,'00000000-0000-4000-8000-0000000003ec');
INSERT INTO calendar_event_person VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d8',0,'00000000-0000-4000-8000-0000000007d4');
CREATE TABLE "event_version" (  workspace_id TEXT NOT NULL, event_id TEXT NOT NULL, version INTEGER NOT NULL, content TEXT NOT NULL,
  PRIMARY KEY (workspace_id, event_id, version),
  FOREIGN KEY (workspace_id, event_id) REFERENCES "calendar_event" (workspace_id, id) ON DELETE CASCADE) STRICT;
INSERT INTO event_version VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f0',7,'{"attendees":[{"handle":"Guest@Example.net","responseStatus":"TENTATIVE"}],"conferenceID":"conference","conferenceLink":"https://meet.example/ü?a=b&c=d","conferenceProvider":"SOME_CONFERENCE","conferenceRequestID":"request","conferenceStatus":"PENDING","details":"Erste Zeile\nZweite
Zeile","end":"2026-11-01T09:00:00+01:00[Europe/Oslo]","location":"Straße 1, Ålesund","recurrence":[],"start":"2026-11-01T01:30:00-05:00[America/New_York]","title":"Café-Gespräch 👩‍👩‍👧 %_''\"\\"}');
INSERT INTO event_version VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-00000000044d',1,'{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2026-12-25","recurrence":["RRULE:FREQ=YEARLY;COUNT=3"],"start":"2026-12-24","title":"Meeting 1"}');
INSERT INTO event_version VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-00000000044e',1,'{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2027-02-24T08:00:00+00:00[UTC]","recurrence":[],"start":"2027-01-15T08:00:00+00:00[UTC]","title":"Meeting 2"}');
INSERT INTO event_version VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-00000000044f',1,'{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2027-01-15T09:00:00+00:00[UTC]","recurrence":[],"start":"2027-01-15T08:00:00+00:00[UTC]","title":"Meeting 3"}');
INSERT INTO event_version VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-000000000450',1,'{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2027-01-16T04:00:00+00:00[UTC]","recurrence":[],"start":"2027-01-15T08:00:00+00:00[UTC]","title":"Meeting 4"}');
INSERT INTO event_version VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-000000000451',1,'{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2027-01-23T16:00:00+00:00[UTC]","recurrence":[],"start":"2027-01-15T08:00:00+00:00[UTC]","title":"Meeting 5"}');
INSERT INTO event_version VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d8',7,'{"attendees":[{"handle":"Guest@Example.net","responseStatus":"TENTATIVE"}],"conferenceID":"conference","conferenceLink":"https://meet.example/ü?a=b&c=d","conferenceProvider":"SOME_CONFERENCE","conferenceRequestID":"request","conferenceStatus":"PENDING","details":"Erste Zeile\nZweite
Zeile","end":"2026-11-01T09:00:00+01:00[Europe/Oslo]","location":"Straße 1, Ålesund","recurrence":[],"start":"2026-11-01T01:30:00-05:00[America/New_York]","title":"Café-Gespräch 👩‍👩‍👧 %_''\"\\"}');
INSERT INTO event_version VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-000000000835',1,'{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2026-12-25","recurrence":["RRULE:FREQ=YEARLY;COUNT=3"],"start":"2026-12-24","title":"Meeting 1"}');
INSERT INTO event_version VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-000000000836',1,'{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2027-02-24T08:00:00+00:00[UTC]","recurrence":[],"start":"2027-01-15T08:00:00+00:00[UTC]","title":"Meeting 2"}');
INSERT INTO event_version VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-000000000837',1,'{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2027-01-15T09:00:00+00:00[UTC]","recurrence":[],"start":"2027-01-15T08:00:00+00:00[UTC]","title":"Meeting 3"}');
INSERT INTO event_version VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-000000000838',1,'{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2027-01-16T04:00:00+00:00[UTC]","recurrence":[],"start":"2027-01-15T08:00:00+00:00[UTC]","title":"Meeting 4"}');
INSERT INTO event_version VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-000000000839',1,'{"attendees":[],"conferenceProvider":"NONE","conferenceStatus":"NONE","end":"2027-01-23T16:00:00+00:00[UTC]","recurrence":[],"start":"2027-01-15T08:00:00+00:00[UTC]","title":"Meeting 5"}');
CREATE TABLE "event_answers" (  workspace_id TEXT NOT NULL, event_id TEXT NOT NULL, memory TEXT NOT NULL,
  PRIMARY KEY (workspace_id, event_id),
  FOREIGN KEY (workspace_id, event_id) REFERENCES "calendar_event" (workspace_id, id) ON DELETE CASCADE) STRICT;
INSERT INTO event_answers VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f0','{"additions":[],"answers":[],"cancellations":[],"ends":[],"removals":[]}');
INSERT INTO event_answers VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d8','{"additions":[],"answers":[],"cancellations":[],"ends":[],"removals":[]}');
CREATE TABLE "kept_conference" (  workspace_id TEXT NOT NULL, request_id TEXT NOT NULL, event_id TEXT NOT NULL,
  provider TEXT NOT NULL, account_id TEXT, conference_id TEXT, told TEXT, created_at INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, request_id),
  FOREIGN KEY (workspace_id, event_id) REFERENCES "calendar_event" (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, account_id) REFERENCES "connected_account" (workspace_id, id)) STRICT;
INSERT INTO kept_conference VALUES('00000000-0000-4000-8000-0000000003e8','room','00000000-0000-4000-8000-0000000003f0','ROOMS','00000000-0000-4000-8000-0000000003ee','1','told',1800000000000);
INSERT INTO kept_conference VALUES('00000000-0000-4000-8000-0000000007d0','room','00000000-0000-4000-8000-0000000007d8','ROOMS','00000000-0000-4000-8000-0000000007d6','1','told',1800000000000);
CREATE TABLE "event_change" (  workspace_id TEXT NOT NULL REFERENCES "workspace" (id), position INTEGER NOT NULL,
  event_id TEXT NOT NULL, changed_at INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, position, event_id)) STRICT;
INSERT INTO event_change VALUES('00000000-0000-4000-8000-0000000003e8',1,'00000000-0000-4000-8000-0000000003f0',1796031482339);
INSERT INTO event_change VALUES('00000000-0000-4000-8000-0000000003e8',2,'00000000-0000-4000-8000-00000000044d',1796031482355);
INSERT INTO event_change VALUES('00000000-0000-4000-8000-0000000003e8',3,'00000000-0000-4000-8000-00000000044e',1796031482355);
INSERT INTO event_change VALUES('00000000-0000-4000-8000-0000000003e8',4,'00000000-0000-4000-8000-00000000044f',1796031482355);
INSERT INTO event_change VALUES('00000000-0000-4000-8000-0000000003e8',5,'00000000-0000-4000-8000-000000000450',1796031482355);
INSERT INTO event_change VALUES('00000000-0000-4000-8000-0000000003e8',6,'00000000-0000-4000-8000-000000000451',1796031482355);
INSERT INTO event_change VALUES('00000000-0000-4000-8000-0000000007d0',7,'00000000-0000-4000-8000-0000000007d8',1796031482376);
INSERT INTO event_change VALUES('00000000-0000-4000-8000-0000000007d0',8,'00000000-0000-4000-8000-000000000835',1796031482399);
INSERT INTO event_change VALUES('00000000-0000-4000-8000-0000000007d0',9,'00000000-0000-4000-8000-000000000836',1796031482399);
INSERT INTO event_change VALUES('00000000-0000-4000-8000-0000000007d0',10,'00000000-0000-4000-8000-000000000837',1796031482405);
INSERT INTO event_change VALUES('00000000-0000-4000-8000-0000000007d0',11,'00000000-0000-4000-8000-000000000838',1796031482405);
INSERT INTO event_change VALUES('00000000-0000-4000-8000-0000000007d0',12,'00000000-0000-4000-8000-000000000839',1796031482406);
CREATE TABLE "email" (  workspace_id TEXT NOT NULL REFERENCES "workspace" (id), id TEXT NOT NULL,
  account_id TEXT NOT NULL, sender_id TEXT NOT NULL, purpose TEXT NOT NULL,
  from_address TEXT NOT NULL, from_name TEXT, subject TEXT NOT NULL, text_body TEXT NOT NULL,
  html_body TEXT, mail_references TEXT NOT NULL, event_id TEXT, person_ids TEXT NOT NULL,
  company_id TEXT, opportunity_id TEXT, status TEXT NOT NULL, error TEXT, send_at INTEGER NOT NULL,
  handed_over_at INTEGER, sent_at INTEGER, created_at INTEGER NOT NULL, idempotency_key TEXT,
  fingerprint TEXT,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, idempotency_key),
  FOREIGN KEY (workspace_id, account_id) REFERENCES "connected_account" (workspace_id, id),
  FOREIGN KEY (workspace_id, sender_id) REFERENCES "workspace_member" (workspace_id, id),
  FOREIGN KEY (workspace_id, event_id) REFERENCES "calendar_event" (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, company_id) REFERENCES "company" (workspace_id, id),
  FOREIGN KEY (workspace_id, opportunity_id) REFERENCES "opportunity" (workspace_id, id)) STRICT;
INSERT INTO email VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f2','00000000-0000-4000-8000-0000000003ee','00000000-0000-4000-8000-0000000003e9','COMPOSED','Member1@Example.com','Ada, Countess','Grüße 🎈','Hello','<p>Hello</p>','["a@b","c@d"]','00000000-0000-4000-8000-0000000003f0','["00000000-0000-4000-8000-0000000003ec"]','00000000-0000-4000-8000-0000000003eb','00000000-0000-4000-8000-0000000003ed','FAILED','No.',1800000000000,1800000002000,1800000001000,1800000000000,'mail','print');
INSERT INTO email VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f4','00000000-0000-4000-8000-0000000003ee','00000000-0000-4000-8000-0000000003e9','COMPOSED','Member1@Example.com','Ada, Countess','Grüße 🎈','Hello',NULL,'["a@b","c@d"]','00000000-0000-4000-8000-0000000003f0','["00000000-0000-4000-8000-0000000003ec"]','00000000-0000-4000-8000-0000000003eb','00000000-0000-4000-8000-0000000003ed','FAILED','No.',1800000000000,1800000002000,1800000001000,1800000000000,NULL,NULL);
INSERT INTO email VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007da','00000000-0000-4000-8000-0000000007d6','00000000-0000-4000-8000-0000000007d1','COMPOSED','Member2@Example.com','Ada, Countess','Grüße 🎈','Hello','<p>Hello</p>','["a@b","c@d"]','00000000-0000-4000-8000-0000000007d8','["00000000-0000-4000-8000-0000000007d4"]','00000000-0000-4000-8000-0000000007d3','00000000-0000-4000-8000-0000000007d5','FAILED','No.',1800000000000,1800000002000,1800000001000,1800000000000,'mail','print');
INSERT INTO email VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007dc','00000000-0000-4000-8000-0000000007d6','00000000-0000-4000-8000-0000000007d1','COMPOSED','Member2@Example.com','Ada, Countess','Grüße 🎈','Hello',NULL,'["a@b","c@d"]','00000000-0000-4000-8000-0000000007d8','["00000000-0000-4000-8000-0000000007d4"]','00000000-0000-4000-8000-0000000007d3','00000000-0000-4000-8000-0000000007d5','FAILED','No.',1800000000000,1800000002000,1800000001000,1800000000000,NULL,NULL);
CREATE TABLE "email_recipient" (  workspace_id TEXT NOT NULL, email_id TEXT NOT NULL, position INTEGER NOT NULL, role TEXT NOT NULL,
  handle TEXT NOT NULL, display_name TEXT, address TEXT NOT NULL,
  PRIMARY KEY (workspace_id, email_id, position),
  FOREIGN KEY (workspace_id, email_id) REFERENCES "email" (workspace_id, id) ON DELETE CASCADE) STRICT;
INSERT INTO email_recipient VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f2',0,'TO','Member1@Example.com','Björk','member1@example.com');
INSERT INTO email_recipient VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f2',1,'CC','Member1@Example.com',NULL,'member1@example.com');
INSERT INTO email_recipient VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f2',2,'BCC','Member1@Example.com',NULL,'member1@example.com');
INSERT INTO email_recipient VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f4',0,'TO','Member1@Example.com','Björk','member1@example.com');
INSERT INTO email_recipient VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f4',1,'CC','Member1@Example.com',NULL,'member1@example.com');
INSERT INTO email_recipient VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f4',2,'BCC','Member1@Example.com',NULL,'member1@example.com');
INSERT INTO email_recipient VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007da',0,'TO','Member2@Example.com','Björk','member2@example.com');
INSERT INTO email_recipient VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007da',1,'CC','Member2@Example.com',NULL,'member2@example.com');
INSERT INTO email_recipient VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007da',2,'BCC','Member2@Example.com',NULL,'member2@example.com');
INSERT INTO email_recipient VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007dc',0,'TO','Member2@Example.com','Björk','member2@example.com');
INSERT INTO email_recipient VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007dc',1,'CC','Member2@Example.com',NULL,'member2@example.com');
INSERT INTO email_recipient VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007dc',2,'BCC','Member2@Example.com',NULL,'member2@example.com');
CREATE TABLE "email_attachment" (  workspace_id TEXT NOT NULL, email_id TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL,
  media_type TEXT NOT NULL, size INTEGER NOT NULL, content BLOB NOT NULL,
  PRIMARY KEY (workspace_id, email_id, position),
  FOREIGN KEY (workspace_id, email_id) REFERENCES "email" (workspace_id, id) ON DELETE CASCADE) STRICT;
INSERT INTO email_attachment VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f2',0,'ä.bin','application/x',3,X'00ff0a');
INSERT INTO email_attachment VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f2',1,'empty.txt','text/plain',0,X'');
INSERT INTO email_attachment VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f2',2,'all.bin','application/x',256,X'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
INSERT INTO email_attachment VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007da',0,'ä.bin','application/x',3,X'00ff0a');
INSERT INTO email_attachment VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007da',1,'empty.txt','text/plain',0,X'');
INSERT INTO email_attachment VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007da',2,'all.bin','application/x',256,X'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
CREATE TABLE "rate_limit" (  scope TEXT NOT NULL PRIMARY KEY, tokens REAL NOT NULL, counted_at INTEGER NOT NULL,
  blocked_until INTEGER NOT NULL) STRICT;
INSERT INTO rate_limit VALUES('account/00000000-0000-4000-8000-0000000003ee',8.0,1800000001000,0);
INSERT INTO rate_limit VALUES('provider/SOME_CALENDAR',8.0,1800000001000,0);
CREATE TABLE "job" (
  workspace_id TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  priority INTEGER NOT NULL,
  subject TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  is_unique INTEGER NOT NULL CHECK (is_unique IN (0, 1)),
  resource TEXT NOT NULL,
  lane TEXT NOT NULL,
  scheduled_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  crashes INTEGER NOT NULL,
  lease_owner TEXT,
  lease_expires_at INTEGER,
  discarded_at INTEGER,
  discard_reason TEXT,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, resource) REFERENCES connected_account (workspace_id, id)
) STRICT;
INSERT INTO job VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f1','RESOLVE_CONFERENCE',1,'event/00000000-0000-4000-8000-0000000003f0',1,0,'00000000-0000-4000-8000-0000000003ee','account/00000000-0000-4000-8000-0000000003ee',1800000000001,1,1,NULL,NULL,1800000002000,'Refused.');
INSERT INTO job VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f5','SEND_EMAIL',1,'email/00000000-0000-4000-8000-0000000003f4',1,0,'00000000-0000-4000-8000-0000000003ee','account/00000000-0000-4000-8000-0000000003ee',1800003600000,1,1,'node/1',1800000000000,NULL,NULL);
INSERT INTO job VALUES('00000000-0000-4000-8000-0000000003e8','00000000-0000-4000-8000-0000000003f6','READ_REPLIES',2,'account/00000000-0000-4000-8000-0000000003ee',1,1,'00000000-0000-4000-8000-0000000003ee','account/00000000-0000-4000-8000-0000000003ee',1800007200000,0,0,NULL,NULL,NULL,NULL);
INSERT INTO job VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007d9','RESOLVE_CONFERENCE',1,'event/00000000-0000-4000-8000-0000000007d8',1,0,'00000000-0000-4000-8000-0000000007d6','account/00000000-0000-4000-8000-0000000007d6',1800000000001,1,1,'node/1',1800000000000,NULL,NULL);
INSERT INTO job VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007dd','SEND_EMAIL',1,'email/00000000-0000-4000-8000-0000000007dc',1,0,'00000000-0000-4000-8000-0000000007d6','account/00000000-0000-4000-8000-0000000007d6',1800003600000,0,0,NULL,NULL,NULL,NULL);
INSERT INTO job VALUES('00000000-0000-4000-8000-0000000007d0','00000000-0000-4000-8000-0000000007de','READ_REPLIES',2,'account/00000000-0000-4000-8000-0000000007d6',1,1,'00000000-0000-4000-8000-0000000007d6','account/00000000-0000-4000-8000-0000000007d6',1800007200000,0,0,NULL,NULL,NULL,NULL);
CREATE TABLE job_turn (
  workspace_id TEXT NOT NULL PRIMARY KEY,
  served INTEGER NOT NULL,
  FOREIGN KEY (workspace_id) REFERENCES workspace (id)
) STRICT;
INSERT INTO job_turn VALUES('00000000-0000-4000-8000-0000000003e8',1);
INSERT INTO job_turn VALUES('00000000-0000-4000-8000-0000000007d0',2);
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
CREATE INDEX calendar_event_person_by_person
  ON calendar_event_person (workspace_id, person_id, event_id);
CREATE INDEX calendar_event_by_start
  ON calendar_event (workspace_id, listing_bucket, starts_at, id, ends_at);
CREATE INDEX calendar_event_by_account
  ON calendar_event (workspace_id, account_id, listing_bucket, starts_at, id, ends_at);
CREATE INDEX event_change_by_position ON event_change (position);
CREATE UNIQUE INDEX calendar_event_by_series
  ON calendar_event (workspace_id, series_id, original_start) WHERE series_id IS NOT NULL;
CREATE INDEX kept_conference_by_event ON kept_conference (workspace_id, event_id);
CREATE INDEX email_by_sender ON email (workspace_id, sender_id, created_at, id);
CREATE INDEX email_by_event ON email (workspace_id, event_id);
CREATE INDEX email_by_company ON email (workspace_id, company_id);
CREATE INDEX email_by_opportunity ON email (workspace_id, opportunity_id);
CREATE INDEX email_recipient_by_address ON email_recipient (workspace_id, address);
CREATE INDEX calendar_event_by_uid ON calendar_event (workspace_id, ical_uid);
CREATE INDEX calendar_event_by_channel ON calendar_event (workspace_id, channel_id, starts_at DESC, id);
CREATE INDEX job_by_priority ON job (workspace_id, priority, scheduled_at, id) WHERE discarded_at IS NULL;
CREATE INDEX job_by_workspace ON job (workspace_id, scheduled_at) WHERE discarded_at IS NULL;
CREATE INDEX job_by_due ON job (scheduled_at) WHERE discarded_at IS NULL;
CREATE INDEX job_by_lease ON job (lease_expires_at) WHERE lease_expires_at IS NOT NULL;
CREATE INDEX job_by_subject ON job (workspace_id, subject, sequence);
CREATE INDEX job_by_resource ON job (workspace_id, resource);
CREATE INDEX discarded_job ON job (workspace_id, resource, discarded_at) WHERE discarded_at IS NOT NULL;
CREATE UNIQUE INDEX job_running ON job (workspace_id, lane) WHERE lease_owner IS NOT NULL;
CREATE UNIQUE INDEX job_of_subject ON job (workspace_id, kind, subject) WHERE is_unique = 1;
