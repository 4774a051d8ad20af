package import ICalendar

extension CalendarUser {
  /// The participant as calendar files and servers name them.
  package init(_ participant: CalendarEventParticipant) {
    self.init(address: participant.handle.withALabels, commonName: participant.displayName)
  }
}
