/// A table as all migrations together leave it.
struct SQLTable: Sendable {
  let name: String
  /// The columns of its primary key.
  let key: [String]

  /// Every table that is copied into another database, each after those that it refers to.
  ///
  /// Not the migrations' own, and not the log of changes: its positions are the database's own, and nobody who looked
  /// on there can go on here.
  static let all: [SQLTable] =
    [SQLTable(name: "workspace", key: ["id"])]
    + [
      ("workspace_member", ["id"]), ("session", ["token_hash"]), ("api_token", ["id"]),
      ("feature_flag", ["flag_key"]), ("company", ["id"]), ("person", ["id"]),
      ("person_email", ["person_id", "position"]), ("opportunity", ["id"]), ("connected_account", ["id"]),
      ("account_credential", ["account_id"]), ("account_inbox", ["account_id"]), ("calendar_channel", ["id"]),
      ("calendar_event", ["id"]),
      ("calendar_event_participant", ["event_id", "position"]),
      ("calendar_event_person", ["event_id", "position"]), ("event_version", ["event_id", "version"]),
      ("event_answers", ["event_id"]), ("event_announcement", ["event_id"]),
      ("kept_conference", ["request_id"]), ("email", ["id"]),
      ("email_recipient", ["email_id", "position"]),
      ("email_attachment", ["email_id", "position"]), ("job", ["id"]), ("job_turn", []),
    ].map { SQLTable(name: $0, key: ["workspace_id"] + $1) }
    + [SQLTable(name: "rate_limit", key: ["scope"])]
}
