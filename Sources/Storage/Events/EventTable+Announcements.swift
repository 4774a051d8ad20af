import CalendarCore

extension EventTable {
  func announcement(of event: CalendarEvent.ID) throws -> EventAnnouncement? {
    try connection.rows(
      "SELECT content FROM event_announcement WHERE workspace_id = \(tenant) AND event_id = \(event)"
    ).first.map { row in
      let stored: StoredAnnouncement = try row.json("content")
      guard let announcement = stored.announcement else { throw StoreError.corrupt(column: "content") }
      return announcement
    }
  }

  func keep(_ announcement: EventAnnouncement, of event: CalendarEvent.ID) throws {
    try connection.execute(
      "DELETE FROM event_announcement WHERE workspace_id = \(tenant) AND event_id = \(event)"
    )
    try connection.insert(
      into: "event_announcement",
      [
        "workspace_id": tenant,
        "event_id": .id(event),
        "content": try .json(StoredAnnouncement(announcement)),
      ]
    )
  }
}

/// An announcement as JSON; occurrences are named by the text of their original start.
private struct StoredAnnouncement: Codable {
  private var version: StoredVersion
  private var exceptions: [String: StoredVersion]
  private var exclusions: [String]
  private var mailed: [String]
  private var sequence: Int

  init(_ announcement: EventAnnouncement) {
    version = StoredVersion(announcement.version)
    exceptions = [:]
    for (start, version) in announcement.exceptions { exceptions["\(start)"] = StoredVersion(version) }
    exclusions = announcement.exclusions.map(\.description).sorted()
    mailed = announcement.mailed.map(\.rawValue).sorted()
    sequence = announcement.sequence
  }

  /// Nil where it makes no sense.
  var announcement: EventAnnouncement? {
    guard let version = version.version else { return nil }
    var found = EventAnnouncement(version, sequence: sequence)
    for (text, stored) in exceptions {
      guard let start = OriginalStart(text), let version = stored.version else { return nil }
      found.exceptions[start] = version
    }
    found.exclusions = Set(exclusions.compactMap { OriginalStart($0) })
    found.mailed = Set(mailed.compactMap { EmailAddress($0) })
    guard found.exclusions.count == exclusions.count, found.mailed.count == mailed.count else { return nil }
    return found
  }
}
