/// A message to an event's attendees: iTIP, to be sent by mail (RFC 5546 §3.2, RFC 6047).
public struct Invitation: Sendable, Hashable {
  /// REQUEST or CANCEL.
  public let method: Method
  /// The event as attendees get it.
  public let event: EventComponent

  /// Asks the attendees to an event, or tells them of a change.
  ///
  /// The event's `sequence` must have been raised since the last message when its time changed, and its
  /// `dtstamp` is the time of sending; both are the caller's (RFC 5546 §2.1.4, §3.2.2).
  ///
  /// - Throws: `InvitationError` with everything that is missing.
  public static func request(for event: EventComponent) throws(InvitationError) -> Invitation {
    let organizer = try validated(event)
    var event = forSending(event)
    event.attendees = event.attendees.map { attendee in
      var attendee = attendee
      let isOrganizer = attendee.user.isSame(as: organizer)
      attendee.participationStatus = isOrganizer ? .accepted : .needsAction
      attendee.expectsReply = !isOrganizer
      return attendee
    }
    return Invitation(method: .request, event: event)
  }

  /// Tells the attendees that an event is called off.
  ///
  /// The event's `sequence` must have been raised since the last message (RFC 5546 §3.2.5).
  ///
  /// - Throws: `InvitationError` with everything that is missing.
  public static func cancellation(of event: EventComponent) throws(InvitationError) -> Invitation {
    _ = try validated(event)
    var event = forSending(event)
    event.status = .cancelled
    event.attendees = event.attendees.map { attendee in
      var attendee = attendee
      attendee.expectsReply = false
      return attendee
    }
    return Invitation(method: .cancel, event: event)
  }

  /// The message's calendar object.
  public var calendarObject: CalendarObject { CalendarObject(method: method, events: [event]) }

  /// The media type of the message's calendar part, whose method must be the object's (RFC 6047 §2.4).
  public var contentType: String { "text/calendar; method=\(method.rawValue); charset=UTF-8" }

  private static func validated(_ event: EventComponent) throws(InvitationError) -> CalendarUser {
    var missing: [InvitationError.Requirement] = []
    if event.uid.isEmpty { missing.append(.uid) }
    if !event.timing.isOrdered { missing.append(.orderedTiming) }
    let organizer = event.organizer
    if organizer == nil { missing.append(.organizer) }
    if let organizer, !organizer.hasMailAddress { missing.append(.organizerAddress) }
    let guests = event.attendees.filter { attendee in organizer.map { !attendee.user.isSame(as: $0) } ?? true
    }
    if guests.isEmpty { missing.append(.attendees) }
    if guests.contains(where: { !$0.user.hasMailAddress }) { missing.append(.attendeeAddress) }
    guard missing.isEmpty, let organizer else { throw InvitationError(missing: missing) }
    return organizer
  }

  /// The event without what is the organizer's own: alarms, private properties, and scheduling parameters,
  /// which must not leave the server (RFC 6638 §7.1).
  private static func forSending(_ event: EventComponent) -> EventComponent {
    var event = event
    event.summary = event.summary ?? ""  // must be there, may be empty (RFC 5546 §3.2.2)
    event.otherComponents = []
    event.otherProperties.removeAll { $0.name.uppercased().hasPrefix("X-") }
    event.attendees = event.attendees.map { attendee in
      var attendee = attendee
      attendee.scheduleAgent = nil
      attendee.otherParameters.removeAll { $0.name.uppercased().hasPrefix("SCHEDULE-") }
      return attendee
    }
    return event
  }
}

extension CalendarUser {
  /// Whether both have the same address; letter case does not count, as with all mail in use.
  func isSame(as other: CalendarUser) -> Bool {
    address.lowercased() == other.address.lowercased()
  }
}
