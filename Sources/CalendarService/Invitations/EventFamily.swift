import CalendarCore

/// A meeting, or a series with the occurrences of it that have rows of their own.
struct EventFamily {
  let transaction: any WorkspaceTransaction
  /// The meeting or the series.
  let main: CalendarEvent
  /// Every occurrence that has a row.
  let rows: [OriginalStart: CalendarEvent]
  /// Whether it repeats, or did so until now.
  let isSeries: Bool
  /// The original start of the delivered event if that is an occurrence.
  let occurrence: OriginalStart?
  /// The previously agreed version of the delivered event.
  let before: EventVersion?

  init(of event: CalendarEvent, before: EventVersion?, from transaction: any WorkspaceTransaction) throws {
    self.transaction = transaction
    self.before = before
    main = try event.seriesID.flatMap { try transaction.events.find($0) } ?? event
    occurrence = event.seriesID == nil ? nil : event.originalStart
    isSeries = main.isRecurring || before?.content.recurrence.isEmpty == false || occurrence != nil
    let exceptions = isSeries ? try transaction.events.exceptions(ofSeries: [main.id]) : []
    rows = Dictionary(
      exceptions.compactMap { row in row.originalStart.map { ($0, row) } },
      uniquingKeysWith: { $1 }
    )
  }

  /// Returns what was announced to the guests; nil before the first delivery.
  func announced() throws -> EventAnnouncement? {
    if isSeries, let noted = try transaction.events.announcement(of: main.id) { return noted }
    // What was delivered before announcements were noted, or does not repeat.
    guard let version = occurrence == nil ? before : main.agreed else { return nil }
    var announcement = EventAnnouncement(version)
    for (start, row) in rows {
      if row.deletedAt != nil, start != occurrence {
        announcement.exclusions.insert(start)
      } else {
        announcement.exceptions[start] = start == occurrence ? before : row.agreed
      }
    }
    return announcement
  }

  /// Returns what the guests have to know about the delivered event, who know what was `announced`; nil where all of it
  /// is deleted.
  func current(after announced: EventAnnouncement?, isDeleted: Bool) throws -> EventAnnouncement? {
    if let occurrence {
      guard var announcement = announced, let row = rows[occurrence] else { return nil }
      announcement.exceptions[occurrence] = isDeleted ? nil : row.agreed
      if isDeleted {
        announcement.exclusions.insert(occurrence)
      } else {
        announcement.exclusions.remove(occurrence)
      }
      return announcement
    }
    guard !isDeleted, let agreed = main.agreed else { return nil }
    var announcement = EventAnnouncement(agreed)
    for (start, row) in rows {
      // What was changed of an occurrence by itself is announced once the provider has agreed to it. An occurrence
      // without an agreed version only goes along with its series.
      if row.deletedAt != nil, row.agreed == nil || row.push.status == .synced {
        announcement.exclusions.insert(start)
      } else {
        announcement.exceptions[start] = row.agreed ?? row.editable
      }
    }
    return announcement
  }

  /// Notes it; of a meeting that does not repeat, the provider's version says what was told.
  func keep(_ announcement: EventAnnouncement) throws {
    if isSeries { try transaction.events.keep(announcement, of: main.id) }
  }

  func earlierEmails() throws -> [EmailMessage] {
    try ([main.id] + rows.values.map(\.id)).flatMap { try transaction.emails.list(eventID: $0) }
  }
}
