package import CalendarCore

extension CalendarProviderID {
  /// Any server that speaks CalDAV (RFC 4791).
  package static let calDAV = Self(rawValue: "CALDAV")
}
