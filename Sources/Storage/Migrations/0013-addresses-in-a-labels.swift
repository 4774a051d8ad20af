import CalendarCore

extension Migration {
  /// The addresses by which people are found, with internationalized domains in A-labels.
  ///
  /// Queries took the two spellings of such a domain for two people's.
  static let addressesInALabels = Migration(
    version: 13,
    name: "addresses in A-labels",
    statements: [],
    rewrite: { connection in
      let isBeyondASCII =
        connection.dialect == .sqlite
        ? "length(CAST(address AS BLOB)) > length(address)" : "octet_length(address) > char_length(address)"
      for (table, condition) in tablesWithAddresses {
        let found = try connection.rows("SELECT DISTINCT address FROM \(table) WHERE \(isBeyondASCII)", [])
        for address in try found.map({ try $0.text("address") }) {
          guard let checked = EmailAddress(address) else { continue }
          try connection.execute(
            "UPDATE \(table) SET address = $1 WHERE address = $2\(condition)",
            [SearchText(checked).value, .string(address)]
          )
        }
      }
    }
  )

  /// With what keeps unique those that are: a row in one spelling stays as it is where the other has a row already.
  private static let tablesWithAddresses = [
    ("workspace_member", " AND NOT EXISTS (SELECT 1 FROM workspace_member WHERE address = $1)"),
    (
      "connected_account",
      """
       AND NOT EXISTS (
        SELECT 1 FROM connected_account other
        WHERE other.workspace_id = connected_account.workspace_id AND other.owner_id = connected_account.owner_id
          AND other.provider = connected_account.provider AND other.address = $1
      )
      """
    ),
    ("person_email", ""), ("calendar_event_participant", ""), ("email_recipient", ""),
  ]
}
