/// The things that an event lacks for a message to be made of it (RFC 5546 §3.2).
public struct SchedulingMessageError: Error, Sendable, Hashable {
  /// Everything that is missing.
  public let missing: [Requirement]

  /// Makes an error that names what is missing.
  public init(missing: [Requirement]) {
    self.missing = missing
  }

  /// Something that a message needs.
  public enum Requirement: String, Sendable, Hashable {
    /// At least one event.
    case event
    /// An identifier, the same in all events.
    case uid
    /// An organizer.
    case organizer
    /// An email address of the organizer.
    case organizerAddress
    /// An invited attendee other than the organizer.
    case attendees
    /// An email address of every attendee.
    case attendeeAddress
    /// An end that is not before the start.
    case orderedTiming
    /// That the one who writes is an attendee of the event.
    case ownAttendance
    /// An email address of the delegate.
    case delegate
    /// That the event is no instance of a series, or is one, as the method wants it.
    case instance
    /// That the event is not cancelled: a cancellation is a message of its own.
    case standing
    /// A SEQUENCE above 0, since the event was there before.
    case sequence
  }
}
