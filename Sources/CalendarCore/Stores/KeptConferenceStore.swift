/// Reads the conferences that live at services of their own.
package protocol KeptConferenceReader {
  /// Oldest first.
  func keptConferences(of event: CalendarEvent.ID) throws -> [KeptConference]
}

/// Writes them.
package protocol KeptConferenceWriter {
  /// Inserts it, or replaces the one of the same request.
  func keep(_ conference: KeptConference) throws
  func forget(_ conference: KeptConference) throws
}
