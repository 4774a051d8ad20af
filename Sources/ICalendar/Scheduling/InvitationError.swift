/// What an event lacks to be sent as an invitation (RFC 5546 §3.2).
public struct InvitationError: Error, Sendable, Hashable {
  /// Everything that is missing.
  public let missing: [Requirement]

  /// Makes an error that names what is missing.
  public init(missing: [Requirement]) {
    self.missing = missing
  }

  /// Something that a message to attendees needs.
  public enum Requirement: String, Sendable, Hashable {
    /// An identifier.
    case uid
    /// Somebody who invites.
    case organizer
    /// A mail address of who invites.
    case organizerAddress
    /// Somebody, other than the organizer, who is invited.
    case attendees
    /// A mail address of everybody who is invited.
    case attendeeAddress
    /// An end that is not before the start.
    case orderedTiming
  }
}
