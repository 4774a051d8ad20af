/// A message that is being received, and for whom.
struct MessageReader {
  let message: SchedulingMessage
  /// The event as it was stored when the message came.
  let stored: ScheduledEvent
  /// The addresses of the calendar's owner, in lower case.
  let recipients: Set<String>
  /// The sender's address, in lower case.
  let sender: String?
  /// The message's events, or why they cannot be read.
  let parts: [Result<MessageComponent, ICalendarError>]
  /// Which of `parts` is the whole event; of several the newest.
  let whole: Int?
  /// The one organizer whom the message's parts name, and where they name several, that of the whole event, or else the
  /// first.
  let organizer: CalendarUser?
  private let series: Revision?
  /// The VTIMEZONEs of the object around the events, by their names.
  private let definitions: [String: Component]
  /// The X-WR-TIMEZONE of that object, which tells what times without a zone mean.
  private let calendarZone: [ContentLine]

  struct Failure: Error {
    let reason: SchedulingOutcome.Reason
  }

  init(_ message: SchedulingMessage, stored: ScheduledEvent, recipients: Set<String>, sender: String?) {
    self.message = message
    self.stored = stored
    self.recipients = Set(recipients.map { CalendarUser.key(of: $0) })
    self.sender = sender.map { CalendarUser.key(of: $0) }
    calendarZone = message.component.properties("X-WR-TIMEZONE")
    let defined = message.component.components.filter { $0.name == "VTIMEZONE" }
    definitions = Dictionary(
      defined.compactMap { zone in zone.property("TZID").map { ($0.text, zone) } },
      uniquingKeysWith: { first, _ in first }
    )
    var zones = ZoneResolver(definitions: defined)
    let floatingZone = calendarZone.first.flatMap { zones.zone($0.text) }
    parts = message.events.map { component in
      do throws(ICalendarError) {
        return .success(try MessageComponent(component, zones: &zones, floatingZone: floatingZone))
      } catch {
        return .failure(error)
      }
    }
    let own = parts.enumerated().compactMap { index, part in
      (try? part.get()).flatMap { $0.uid == stored.uid ? (index: index, component: $0) : nil }
    }
    let newest = own.filter { $0.component.instance == nil }
      .reduce(nil as (index: Int, component: MessageComponent)?) { newest, part in
        guard let newest, newest.component.revision >= part.component.revision else { return part }
        return newest
      }
    whole = newest?.index
    series = newest?.component.revision
    organizer = newest?.component.organizer ?? own.lazy.compactMap(\.component.organizer).first
  }

  /// The whole event that a part of the message is.
  func event(_ part: MessageComponent) throws(ICalendarError) -> EventComponent {
    let names = Set(part.component.timeZoneNames + calendarZone.map(\.text))
    let own = names.sorted().compactMap { definitions[$0] }
    let object = Component("VCALENDAR", properties: calendarZone, components: own + [part.component])
    guard let event = try CalendarObject(component: object).events.first else {
      throw .unexpectedComponent(part.component.name)
    }
    return event
  }

  /// The event of an organizer's message, with the known organizer where it names none.
  ///
  /// Otherwise the next message could come from anyone.
  func organizedEvent(_ part: MessageComponent) throws(ICalendarError) -> EventComponent {
    var event = try event(part)
    guard event.organizer == nil, let organizer = stored.organizer ?? organizer else { return event }
    event.organizer = organizer
    // "ORGANIZER:mailto:" names no one.
    event.otherProperties.removeAll { $0.name == "ORGANIZER" }
    return event
  }

  /// Whether a part, or the message with it, comes from another organizer than the one who is known.
  ///
  /// A message counts for one organizer only, so that what it does is the same where it comes again.
  func namesOtherOrganizer(_ part: MessageComponent) -> Bool {
    guard let organizer else { return false }
    return [stored.organizer, part.organizer].contains { $0.map { !$0.isSame(as: organizer) } ?? false }
  }

  /// How new the message says that an instance is: not older than the series that it was sent with.
  func revision(of event: EventComponent) -> Revision {
    guard let series else { return event.revision }
    return Revision(
      sequence: max(series.sequence, event.sequence),
      dtstamp: max(series.dtstamp, event.dtstamp)
    )
  }

  /// How new an answer is: not older than the one to the whole event that it was sent with, beside which it counts.
  func revision(of part: MessageComponent) -> Revision {
    guard part.instance != nil, let series else { return part.revision }
    return Revision(
      sequence: max(series.sequence, part.revision.sequence),
      dtstamp: max(series.dtstamp, part.revision.dtstamp)
    )
  }

  /// Who answers or asks.
  ///
  /// There should be one ATTENDEE (RFC 5546 §3.2.3). A delegate's answer may name the delegator too, as in §4.2.6, and
  /// a REFRESH may name all, as in §4.4.8.
  func attendee(of part: MessageComponent) -> Result<Attendee, Failure> {
    guard !part.attendees.isEmpty else { return .failure(Failure(reason: .noAttendee)) }
    if let sender {
      let own = part.attendees.first { $0.user.key == sender }
      let served = part.attendees.first { $0.user.sentBy.map { CalendarUser.key(of: $0) } == sender }
      guard let attendee = own ?? served else { return .failure(Failure(reason: .senderIsNotAttendee)) }
      return .success(attendee)
    }
    if part.attendees.count == 1 { return .success(part.attendees[0]) }
    guard message.method == .reply else { return .failure(Failure(reason: .noAttendee)) }
    let names = Set(part.attendees.map(\.user.key))
    let delegate = part.attendees.first { attendee in
      attendee.addresses("DELEGATED-FROM").contains { names.contains(CalendarUser.key(of: $0)) }
    }
    return delegate.map { .success($0) } ?? .failure(Failure(reason: .noAttendee))
  }
}
