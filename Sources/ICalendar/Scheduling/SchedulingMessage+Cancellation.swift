/// The cancellation of an event, of instances, or of an attendee's participation (RFC 5546 §3.2.5).
extension SchedulingMessage {
  /// Tells the attendees that an event, or some instances of a series, are canceled.
  ///
  /// The events' `sequence` must have been raised since the last message.
  ///
  /// - Parameters:
  ///   - events: The event, the series, or instances with their RECURRENCE-ID.
  ///   - comment: Why.
  /// - Returns: The message.
  /// - Throws: `SchedulingMessageError` with everything that is missing.
  public static func cancellation(
    of events: [EventComponent],
    comment: String? = nil
  ) throws(SchedulingMessageError) -> SchedulingMessage {
    try check(events)
    return SchedulingMessage(
      .cancel,
      events.map { event in
        var event = event
        event.status = .cancelled
        event.attendees = event.attendees.map(\.withoutRequest)
        event.setComment(comment)
        return event
      }
    )
  }

  /// Tells the attendees that unmodified instances of a series are canceled.
  ///
  /// - Parameters:
  ///   - instances: The instances; one that includes the later ones ends the series.
  ///   - series: The series, `sequence` raised.
  ///   - comment: Why.
  /// - Returns: The message.
  /// - Throws: `SchedulingMessageError` with everything that is missing.
  public static func cancellation(
    of instances: [RecurrenceID],
    in series: EventComponent,
    comment: String? = nil
  ) throws(SchedulingMessageError) -> SchedulingMessage {
    let events = instances.compactMap { series.instance($0) }
    let isThere = instances.allSatisfy { series.hasInstance(at: InstanceKey($0, in: series.timing)) }
    guard isThere, events.count == instances.count else { throw SchedulingMessageError(missing: [.instance]) }
    return try cancellation(of: events, comment: comment)
  }

  /// Tells some attendees that they are no longer invited, while the event takes place.
  ///
  /// - Parameters:
  ///   - addresses: Who is no longer invited.
  ///   - event: The event that still names them, or an instance of it, `sequence` raised.
  ///   - comment: Why.
  /// - Returns: The message.
  /// - Throws: `SchedulingMessageError` with everything that is missing.
  public static func cancellation(
    uninviting addresses: [String],
    from event: EventComponent,
    comment: String? = nil
  ) throws(SchedulingMessageError) -> SchedulingMessage {
    try cancellation(uninviting: addresses, from: [event], comment: comment)
  }

  /// Tells some attendees that they are no longer invited to instances of a series, which take place.
  ///
  /// - Parameters:
  ///   - addresses: Who is no longer invited.
  ///   - events: The event that still names them, or instances of it with their RECURRENCE-ID, `sequence` raised.
  ///   - comment: Why.
  /// - Returns: The message.
  /// - Throws: `SchedulingMessageError` with everything that is missing.
  public static func cancellation(
    uninviting addresses: [String],
    from events: [EventComponent],
    comment: String? = nil
  ) throws(SchedulingMessageError) -> SchedulingMessage {
    let keys = Set(addresses.map { CalendarUser.key(of: $0) })
    let events = events.map { event in
      var event = event
      event.attendees = event.attendees.filter { keys.contains($0.user.key) }.map(\.withoutRequest)
      event.setComment(comment)
      return event
    }
    try check(events)
    var names = Set(events.flatMap { $0.component.properties.map { $0.name.uppercased() } })
    names.remove("STATUS")  // the event itself is not cancelled
    return SchedulingMessage(.cancel, events, only: names)
  }
}

extension EventComponent {
  /// Sets COMMENT, in place of all comments that were there.
  mutating func setComment(_ comment: String?) {
    otherProperties.removeAll { $0.isNamed("COMMENT") }
    if let comment { otherProperties.append(ContentLine("COMMENT", text: comment)) }
  }
}

extension Attendee {
  /// The attendee where no answer is asked for.
  fileprivate var withoutRequest: Attendee {
    var attendee = self
    attendee.expectsReply = false
    return attendee
  }
}
