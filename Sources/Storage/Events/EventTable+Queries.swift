import CalendarCore
import Foundation

extension EventTable {
  /// Events that overlap `[from, to)`, by start and id.
  ///
  /// An index by start alone would have to be read from the first event ever, since that one might still go on.
  /// Hence one search for each length: it begins as long before `from` as such events last, reads its index in
  /// order, and stops at the limit. The longest ones, which are few, are read all.
  static func overlapping(
    _ workspace: Workspace.ID,
    from: Date,
    to: Date,
    accountID: ConnectedAccount.ID?,
    after: EventCursor?,
    limit: Int
  ) -> SQLQuery {
    var condition: SQLQuery = "starts_at < \(.instant(to))"
    if let accountID { condition = "\(condition) AND account_id = \(accountID)" }
    if let after {
      let start = SQLValue.instant(after.startsAt)
      condition = "\(condition) AND (starts_at, id) > (\(start), \(after.eventID))"
    }
    var searches: SQLQuery = ""
    for bucket in ListingBucket.byLength {
      let earliest = bucket.longest.map { SQLValue.instant(from.addingTimeInterval(-$0)) } ?? .integer(.min)
      // A moment takes place at its start, and has no end after that. Where there is none, the condition is one that
      // PostgreSQL checks within the index.
      let goesOn: SQLQuery =
        bucket == .hours
        ? "(ends_at > \(.instant(from)) OR starts_at >= \(.instant(from)))" : "ends_at > \(.instant(from))"
      let search: SQLQuery = """
        SELECT * FROM (
          SELECT * FROM calendar_event
          WHERE workspace_id = \(workspace) AND listing_bucket = \(.count(bucket.rawValue))
            AND starts_at >= \(earliest) AND \(goesOn) AND \(condition)
          ORDER BY starts_at, id LIMIT \(literal: limit)
        ) AS found
        """
      searches = bucket == .hours ? search : "\(searches) UNION ALL \(search)"
    }
    return "\(searches) ORDER BY starts_at, id LIMIT \(literal: limit)"
  }

  /// A page of a record's events, newest first.
  static func timeline(
    _ workspace: Workspace.ID,
    of record: RecordReference,
    offset: Int,
    limit: Int
  ) -> SQLQuery {
    """
    \(eventIDs(workspace, of: record))
    SELECT * FROM calendar_event
    WHERE workspace_id = \(workspace) AND id IN (SELECT event_id FROM listed)
      AND listing_bucket <> \(.count(ListingBucket.hidden.rawValue))
    ORDER BY starts_at DESC, id DESC LIMIT \(.count(max(0, limit))) OFFSET \(.count(max(0, offset)))
    """
  }

  /// The tables `involved`, a record's people, and `listed`, the ids of its events, each once.
  ///
  /// Events that are linked to the record by hand, or in which one of its people takes part or is linked by hand.
  /// The people of a company work there; those of an opportunity are its point of contact and its company's, and
  /// what is linked to its company belongs to it as well.
  static func eventIDs(_ workspace: Workspace.ID, of record: RecordReference) -> SQLQuery {
    """
    WITH involved (person_id) AS (\(RecordTable.people(workspace, of: record))), listed (event_id) AS (
      \(linkedByHand(workspace, to: record))
      SELECT event_id FROM calendar_event_person
      WHERE workspace_id = \(workspace) AND person_id IN (SELECT person_id FROM involved)
      UNION
      SELECT event_id FROM calendar_event_participant
      WHERE workspace_id = \(workspace) AND address IN (
        SELECT address FROM person_email
        WHERE workspace_id = \(workspace) AND person_id IN (SELECT person_id FROM involved)
      )
    )
    """
  }

  private static func linkedByHand(_ workspace: Workspace.ID, to record: RecordReference) -> SQLQuery {
    switch record {
    case .person: ""
    case .company(let id):
      "SELECT id FROM calendar_event WHERE workspace_id = \(workspace) AND company_id = \(id) UNION"
    case .opportunity(let id):
      """
      SELECT id FROM calendar_event WHERE workspace_id = \(workspace) AND opportunity_id = \(id) UNION
      SELECT e.id FROM opportunity o
      JOIN calendar_event e ON e.workspace_id = o.workspace_id AND e.company_id = o.company_id
      WHERE o.workspace_id = \(workspace) AND o.id = \(id) UNION
      """
    }
  }
}
