/// Why iCalendar data could not be read or written.
///
/// Names properties and zones, never other content.
public enum ICalendarError: Error, Sendable, Hashable {
  /// The data is larger than the given limit allows.
  case exceeds(Limit)
  /// The data holds no VCALENDAR.
  case noCalendar
  /// The component is not of the expected name.
  case unexpectedComponent(String)
  /// The component lacks a property that it needs.
  case missing(property: String)
  /// The property's value is not of its type.
  case invalid(property: String)
  /// The TZID, given here in 64 characters at most, is no name of the IANA database.
  case unknownTimeZone(String)
  /// The property has neither a zone nor UTC, and the reader was given no zone for that.
  case floatingTime(property: String)

  /// The things that reading is limited in, see `ReadingLimits`.
  public enum Limit: String, Sendable, Hashable {
    /// The octets of the whole.
    case bytes
    /// The octets of one component within a VCALENDAR.
    case componentBytes
    /// The octets of one unfolded line.
    case lineBytes
    /// The unfolded lines.
    case lines
    /// The components within one another.
    case depth
    /// The parameters of one line and their values.
    case parameters
  }
}
