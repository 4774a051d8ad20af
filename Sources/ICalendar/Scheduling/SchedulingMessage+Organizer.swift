/// The messages that an organizer sends.
extension SchedulingMessage {
  /// Tells of an event without asking anyone (RFC 5546 §3.2.1).
  ///
  /// - Parameter events: The event, or a series with its changed instances; attendees are left out.
  /// - Returns: The message.
  /// - Throws: `SchedulingMessageError` with everything that is missing.
  public static func publication(
    of events: [EventComponent]
  ) throws(SchedulingMessageError) -> SchedulingMessage {
    var missing = missing(in: events, needsAttendees: false)
    missing.removeAll { $0 == .organizerAddress }
    guard missing.isEmpty else { throw SchedulingMessageError(missing: missing) }
    return SchedulingMessage(
      .publish,
      events.map { event in
        var event = event
        event.summary = event.summary ?? ""  // must be there, may be empty
        event.attendees = []
        return event
      }
    )
  }

  /// Asks the attendees to an event, or tells them of a change (RFC 5546 §3.2.2).
  ///
  /// The event's `sequence` must have been raised since the last message when its time changed, and its
  /// `dtstamp` is the time of sending; see `EventComponent.revised(from:at:)`.
  ///
  /// - Parameters:
  ///   - events: The event, a series with its changed instances, or some instances alone.
  ///   - keepingAnswers: Whether answers stay, because nothing changed that they depend on.
  /// - Returns: The message.
  /// - Throws: `SchedulingMessageError` with everything that is missing.
  public static func request(
    for events: [EventComponent],
    keepingAnswers: Bool = false
  ) throws(SchedulingMessageError) -> SchedulingMessage {
    var missing = missing(in: events, needsAttendees: true)
    if events.contains(where: { $0.status == .cancelled }) { missing.append(.standing) }
    guard missing.isEmpty else { throw SchedulingMessageError(missing: missing) }
    return SchedulingMessage(
      .request,
      events.map { event in
        var event = event
        event.summary = event.summary ?? ""  // must be there, may be empty
        guard !keepingAnswers, let organizer = event.organizer else { return event }
        event.askAttendees(for: organizer)
        return event
      }
    )
  }

  /// Adds an instance to a series (RFC 5546 §3.2.4).
  ///
  /// - Parameter event: The instance, with the UID of the series, no RECURRENCE-ID, and a raised SEQUENCE.
  /// - Returns: The message.
  /// - Throws: `SchedulingMessageError` with everything that is missing.
  public static func addition(of event: EventComponent) throws(SchedulingMessageError) -> SchedulingMessage {
    var missing = missing(in: [event], needsAttendees: true)
    if event.recurrenceIDLine != nil || !event.recurrence.isEmpty { missing.append(.instance) }
    if event.status == .cancelled { missing.append(.standing) }
    if event.sequence < 1 { missing.append(.sequence) }
    guard missing.isEmpty, let organizer = event.organizer else {
      throw SchedulingMessageError(missing: missing)
    }
    var event = event
    event.summary = event.summary ?? ""
    event.askAttendees(for: organizer)
    return SchedulingMessage(.add, [event])
  }

  /// Turns down what an attendee proposed (RFC 5546 §3.2.8).
  ///
  /// - Parameters:
  ///   - event: The event as it stands, or the instance that the proposal was for, stamped with the time of sending.
  ///   - proposer: The address of who made the proposal.
  ///   - comment: Why.
  /// - Returns: The message.
  /// - Throws: `SchedulingMessageError` when the organizer or the attendee is missing.
  public static func declineCounter(
    for event: EventComponent,
    to proposer: String,
    comment: String? = nil
  ) throws(SchedulingMessageError) -> SchedulingMessage {
    var event = try event.asSent(by: proposer)
    event.setComment(comment)
    let names: Set = ["UID", "DTSTAMP", "SEQUENCE", "ORGANIZER", "ATTENDEE", "RECURRENCE-ID", "COMMENT"]
    return SchedulingMessage(.declineCounter, [event], only: names)
  }

  static func check(_ events: [EventComponent]) throws(SchedulingMessageError) {
    let missing = missing(in: events, needsAttendees: true)
    guard missing.isEmpty else { throw SchedulingMessageError(missing: missing) }
  }

  static func missing(
    in events: [EventComponent],
    needsAttendees: Bool
  ) -> [SchedulingMessageError.Requirement] {
    guard let first = events.first else { return [.event] }
    var missing: [SchedulingMessageError.Requirement] = []
    func need(_ requirement: SchedulingMessageError.Requirement, unless isThere: Bool) {
      if !isThere, !missing.contains(requirement) { missing.append(requirement) }
    }
    for event in events {
      need(.uid, unless: !event.uid.isEmpty && event.uid == first.uid)
      need(.orderedTiming, unless: event.timing.isOrdered)
      need(.organizer, unless: event.organizer != nil)
      need(.organizerAddress, unless: event.organizer?.hasMailAddress ?? true)
      guard needsAttendees else { continue }
      let guests = event.attendees.filter { attendee in
        event.organizer.map { !attendee.user.isSame(as: $0) } ?? true
      }
      need(.attendees, unless: !guests.isEmpty)
      need(.attendeeAddress, unless: guests.allSatisfy(\.user.hasMailAddress))
    }
    return missing
  }
}

extension EventComponent {
  /// Everyone but the organizer has yet to answer.
  fileprivate mutating func askAttendees(for organizer: CalendarUser) {
    attendees = attendees.map { attendee in
      var attendee = attendee
      let isOrganizer = attendee.user.isSame(as: organizer)
      attendee.participationStatus = isOrganizer ? .accepted : .needsAction
      attendee.expectsReply = !isOrganizer
      return attendee
    }
  }
}
