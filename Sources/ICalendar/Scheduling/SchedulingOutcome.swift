/// The outcome for one event of a message.
public enum SchedulingOutcome: Sendable, Hashable {
  /// The event, or the instance, was not known before.
  case created
  /// The event, or the instance, was changed; if it was rescheduled, an earlier answer no longer counts.
  case updated(isRescheduled: Bool)
  /// An instance was added to the series; where that is not known, it is to be asked for by REFRESH (RFC 5546 §3.2.4).
  case added(needsRefresh: Bool)
  /// The event or the instance is canceled, or the recipient is no longer invited to it.
  case cancelled
  /// Others are no longer invited: their addresses.
  case uninvited([String])
  /// An attendee answered.
  case answered(AttendeeAnswer)
  /// A person who is not invited answered; the event is unchanged, and the organizer decides (RFC 5546 §3.2.3).
  case crashed(AttendeeAnswer)
  /// An attendee proposes this instead; the event is as it was.
  case countered(EventComponent, comment: String?)
  /// The organizer turned a proposal down; the event is as it was.
  case counterDeclined(comment: String?)
  /// An attendee asks for the newest version; the event is as it was.
  case refreshRequested(by: CalendarUser)
  /// Nothing was done.
  case ignored(Reason)

  /// Why nothing was done.
  public enum Reason: Sendable, Hashable {
    /// It was received before.
    case duplicate
    /// A newer message about the same was received before (RFC 5546 §2.1.5).
    case stale(known: Revision)
    /// The answer or proposal is for an earlier revision than the one that the attendees were asked to since.
    case earlierSequence(answered: Int, current: Int)
    /// It adds a whole series; the answer is to ask for the newest version by REFRESH (RFC 5546 §3.2.4).
    case unsupportedAddition
    /// Nothing is stored with the UID; a cancellation is remembered, since the request may be on its way.
    case unknownEvent
    /// The series has no such instance; a cancellation is remembered.
    case unknownInstance
    /// The message has another UID.
    case otherUID
    /// The message names another organizer than the one who invited.
    case otherOrganizer
    /// The calendar's owner is the organizer, who alone changes the event.
    case ownEvent
    /// The message does not say who answers or asks.
    case noAttendee
    /// Who answers or asks is not invited.
    case notInvited
    /// The sender is neither the attendee that the message names nor a person who acts for that attendee.
    case senderIsNotAttendee
    /// The event cannot be read.
    case unreadable(ICalendarError)
  }
}

/// The result of receiving a message.
public struct Reception: Sendable, Hashable {
  /// The event as it is now, to be stored.
  public let event: ScheduledEvent
  /// The outcomes for the message's events, in their order.
  public let outcomes: [SchedulingOutcome]

  /// Whether the components have changed and want storing; the memory may have changed without them.
  public let hasChanges: Bool
}
