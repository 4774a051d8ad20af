/// Reads the conferences that live at services of their own.
package protocol ConferenceReading {
  /// Those of an event, oldest first.
  func list(eventID: CalendarEvent.ID) throws -> [StandaloneConference]
}

/// Writes the conferences that live at services of their own.
package protocol ConferenceWriting: ConferenceReading {
  /// Inserts the conference, or replaces the one of the same request.
  func save(_ conference: StandaloneConference) throws
  func delete(_ conference: StandaloneConference) throws
}
