public import Foundation

/// The messages that an attendee sends.
extension SchedulingMessage {
  /// Answers an invitation (RFC 5546 §3.2.3).
  ///
  /// Only the one who answers is named in it. SEQUENCE is that of the invitation, so that the organizer sees what
  /// was answered.
  ///
  /// - Parameters:
  ///   - event: The event as the organizer sent it, or an instance of it.
  ///   - address: Who answers; an attendee of the event.
  ///   - status: The answer.
  ///   - delegate: Who comes instead, when the answer is `delegated`.
  ///   - comment: A word to the organizer.
  ///   - now: When the answer is sent.
  /// - Returns: The message.
  /// - Throws: `SchedulingMessageError` when the organizer, the attendee or the delegate is missing.
  public static func reply(
    to event: EventComponent,
    from address: String,
    _ status: Attendee.ParticipationStatus,
    delegatingTo delegate: String? = nil,
    comment: String? = nil,
    at now: Date
  ) throws(SchedulingMessageError) -> SchedulingMessage {
    let isDelegateKnown = delegate.map { CalendarUser(address: $0).hasMailAddress } ?? false
    guard isDelegateKnown == (status == .delegated) else {
      throw SchedulingMessageError(missing: [.delegate])
    }
    var event = try event.asSent(by: address)
    event.dtstamp = now
    event.attendees = event.attendees.map { attendee in
      var attendee = attendee
      attendee.participationStatus = status
      attendee.otherParameters.removeAll { $0.name.uppercased() == "DELEGATED-TO" }
      if let delegate { attendee.otherParameters.append(.init("DELEGATED-TO", "mailto:\(delegate)")) }
      return attendee
    }
    event.setComment(comment)
    let names: Set = [
      "UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER", "ATTENDEE", "RECURRENCE-ID",
      "COMMENT",
    ]
    return SchedulingMessage(.reply, [event], only: names)
  }

  /// Asks for the newest version of an event (RFC 5546 §3.2.6).
  ///
  /// - Parameters:
  ///   - event: The event as it is known, or an instance of it.
  ///   - address: Who asks; an attendee of the event.
  ///   - comment: A word to the organizer.
  ///   - now: When it is asked.
  /// - Returns: The message.
  /// - Throws: `SchedulingMessageError` when the organizer or the attendee is missing.
  public static func refresh(
    of event: EventComponent,
    for address: String,
    comment: String? = nil,
    at now: Date
  ) throws(SchedulingMessageError) -> SchedulingMessage {
    var event = try event.asSent(by: address)
    event.dtstamp = now
    event.setComment(comment)
    let names: Set = ["UID", "DTSTAMP", "ORGANIZER", "ATTENDEE", "RECURRENCE-ID", "COMMENT"]
    return SchedulingMessage(.refresh, [event], only: names)
  }

  /// Proposes another time or place to the organizer (RFC 5546 §3.2.7).
  ///
  /// - Parameters:
  ///   - event: The event, or an instance of it, as the attendee would have it, with the organizer's SEQUENCE.
  ///   - address: Who proposes; an attendee of the event.
  ///   - comment: Why.
  ///   - now: When it is proposed.
  /// - Returns: The message.
  /// - Throws: `SchedulingMessageError` with everything that is missing.
  public static func counter(
    proposing event: EventComponent,
    from address: String,
    comment: String? = nil,
    at now: Date
  ) throws(SchedulingMessageError) -> SchedulingMessage {
    _ = try event.asSent(by: address)
    try check([event])
    var event = event
    event.summary = event.summary ?? ""
    event.dtstamp = now
    event.setComment(comment)
    return SchedulingMessage(.counter, [event])
  }
}

extension EventComponent {
  /// The event with one attendee only, who is asked for nothing.
  func asSent(by address: String) throws(SchedulingMessageError) -> EventComponent {
    var missing: [SchedulingMessageError.Requirement] = []
    if uid.isEmpty { missing.append(.uid) }
    if organizer == nil { missing.append(.organizer) }
    if let organizer, !organizer.hasMailAddress { missing.append(.organizerAddress) }
    let key = CalendarUser.key(of: address)
    let own = attendees.first { $0.user.key == key }
    if own == nil { missing.append(.ownAttendance) }
    guard missing.isEmpty, var own else { throw SchedulingMessageError(missing: missing) }
    own.expectsReply = false
    var event = self
    event.attendees = [own]
    return event
  }
}
