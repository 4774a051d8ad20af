import CalendarCore
import ICalendar

extension EventResource {
  /// Makes a change to the event, or to one occurrence of it.
  mutating func apply(
    _ change: ProviderEventChange,
    to start: OriginalStart?,
    from old: ProviderEvent,
    serverInvites: Bool
  ) throws(ProviderError) {
    func changed(_ part: Part) throws(ProviderError) -> Component {
      var edit = EventEdit(part)
      try edit.apply(change, to: part.event, from: old.content, serverInvites: serverInvites)
      try edit.setConference(of: part.event, showing: old.link, change)
      return edit.component
    }
    if let start {
      try overrideOccurrence(start, changed)
    } else {
      master = try part(try changed(master))
      if !change.fields.isDisjoint(with: [.timing, .recurrence]) { try dropStrayOccurrences() }
    }
  }
}

extension EventEdit {
  /// Other programs' own forms of what a field says, which would go on saying the old.
  private static let derived: [EventField: [String]] = [
    .details: ["X-ALT-DESC"],
    .location: ["GEO", "X-APPLE-STRUCTURED-LOCATION"],
    .timing: ["DURATION", "X-MICROSOFT-CDO-ALLDAYEVENT"],
  ]

  fileprivate mutating func apply(
    _ change: ProviderEventChange,
    to event: EventComponent,
    from old: EventContent,
    serverInvites: Bool
  ) throws(ProviderError) {
    let (fields, new) = (change.fields, change.content)
    var wanted = EventComponent(
      uid: event.uid,
      dtstamp: change.changedAt,
      timing: new.timing,
      summary: new.title,
      description: new.details
    )
    if fields.contains(.recurrence), !event.isOccurrence {
      do { try wanted.setRecurrence(new.recurrence) } catch {
        throw .rejected(reason: Messages.invalidRecurrence)
      }
      let lines = wanted.component
      setRecurrence(["RRULE", "EXRULE", "RDATE", "EXDATE"].flatMap(lines.properties))
    }
    if fields.contains(.title) { set("SUMMARY", from: wanted.component) }
    if fields.contains(.details) { set("DESCRIPTION", from: wanted.component) }
    if fields.contains(.timing) {
      for name in ["DTSTART", "DTEND"] { set(name, from: wanted.component) }
    }
    for field in fields { for name in Self.derived[field] ?? [] { remove(name) } }
    if fields.contains(.attendees) {
      setAttendees(of: event, from: old, change: change, serverInvites: serverInvites)
    }
    let isMoved =
      fields.contains(.timing) && new.timing != old.timing
      || fields.contains(.recurrence) && new.recurrence != old.recurrence
      || fields.contains(.location) && new.location != old.location
    // A removed guest must accept the cancellation, and a later invitation.
    let isUninviting =
      fields.contains(.attendees)
      && !Set(old.attendees.map(\.handle)).isSubset(of: new.attendees.map(\.handle))
    // What was answered was answered to something else (RFC 5546 §2.1.4, RFC 6638 §3.2.8).
    if isMoved { resetResponses(host: event.organizer?.address ?? change.organizer.handle.rawValue) }
    stamp(change.changedAt, raisingSequence: isMoved || isUninviting)
  }

  /// Adds and removes guests; the lines of the others, with all that they say, stay.
  private mutating func setAttendees(
    of event: EventComponent,
    from old: EventContent,
    change: ProviderEventChange,
    serverInvites: Bool
  ) {
    let new = change.content.attendees
    let removed = Set(old.attendees.map(\.handle)).subtracting(new.map(\.handle))
    let host = (event.organizer?.address).flatMap { EmailAddress($0) } ?? change.organizer.handle
    // The lines are read in their order.
    let lines = zip(component.properties("ATTENDEE"), event.attendees).map { line, attendee in
      (line: line, handle: EmailAddress(attendee.user.address))
    }
    var kept = lines.filter { _, handle in handle.map { !removed.contains($0) } ?? true }
    let present = Set(kept.compactMap(\.handle))
    let added = new.filter { !present.contains($0.handle) && $0.handle != host }
    guard !added.isEmpty || kept.contains(where: { $0.handle != host }) else {
      remove("ATTENDEE")
      remove("ORGANIZER")
      return
    }
    var wanted = EventComponent(uid: event.uid, dtstamp: change.changedAt, timing: event.timing)
    wanted.organizer = CalendarUser(change.organizer)
    if !present.contains(host), event.organizer == nil {
      wanted.attendees = [Attendee(organizer: change.organizer)]
    }
    let agent: ScheduleAgent? = serverInvites && change.notifyAttendees ? nil : .client
    wanted.attendees += added.map { Attendee($0, scheduleAgent: agent) }
    let lists = wanted.component
    if event.organizer == nil { set("ORGANIZER", from: lists) }
    let answers = Self.answers(in: new, differingFrom: old.attendees)
    kept = kept.map { line, handle in (line.answering(handle.flatMap { answers[$0] }), handle) }
    kept += lists.properties("ATTENDEE").map { ($0, nil) }
    set("ATTENDEE", kept.map(\.line))
  }

  /// Asks everyone but the organizer for another response; rooms and equipment have nobody who responds.
  private mutating func resetResponses(host: String) {
    let host = EmailAddress(host)
    let lines = component.properties("ATTENDEE").map { line in
      EmailAddress(CalendarUser(line).address) == host || line.isOfResource ? line : line.asking
    }
    set("ATTENDEE", lines)
  }

  /// The responses that guests have emailed since: the server knows nothing of them.
  private static func answers(
    in new: [CalendarEventParticipant],
    differingFrom old: [CalendarEventParticipant]
  ) -> [EmailAddress: CalendarEventResponseStatus] {
    let known = Dictionary(
      old.map { ($0.handle, $0.responseStatus) },
      uniquingKeysWith: { first, _ in first }
    )
    return new.reduce(into: [:]) { answers, guest in
      if let before = known[guest.handle], before != guest.responseStatus {
        answers[guest.handle] = guest.responseStatus
      }
    }
  }

  /// The conference, and the place, which shows its link; `shown` is the link that the event was read with.
  fileprivate mutating func setConference(
    of event: EventComponent,
    showing shown: String?,
    _ change: ProviderEventChange
  ) throws(ProviderError) {
    let old = event.conferenceLink ?? shown
    var new = old
    switch change.conference {
    case nil: break
    case .remove: new = nil
    case .set(.ready(let conference)): new = conference.link
    case .set(.withEvent): throw .rejected(reason: Messages.noConferences)
    }
    let isGiven = change.fields.contains(.location)
    guard isGiven || new != old else { return }
    let place = isGiven ? change.content.location : event.place(besides: old)
    var wanted = EventComponent(uid: event.uid, dtstamp: change.changedAt, timing: event.timing)
    wanted.location = EventComponent.location(place, showing: new)
    if wanted.location != event.location { set("LOCATION", from: wanted.component) }
    guard new != old else { return }
    if let old {
      for name in ["CONFERENCE", "URL"] { remove(name) { $0.value == old } }
    }
    guard let new else { return }
    wanted.conferenceLink = new
    append(wanted.component.properties("CONFERENCE"))
    if component.property("URL") == nil { set("URL", from: wanted.component) }
  }
}

extension ContentLine {
  /// The ATTENDEE with this answer, all else that it says unchanged.
  fileprivate func answering(_ answer: CalendarEventResponseStatus?) -> ContentLine {
    guard let answer else { return self }
    return with([Parameter("PARTSTAT", [Attendee.ParticipationStatus(answer).rawValue])])
  }

  /// The ATTENDEE who has not answered yet.
  fileprivate var asking: ContentLine {
    with([
      Parameter("PARTSTAT", [Attendee.ParticipationStatus.needsAction.rawValue]), Parameter("RSVP", ["TRUE"]),
    ])
  }

  fileprivate var isOfResource: Bool {
    let type = parameters.first { $0.name.uppercased() == "CUTYPE" }?.values.first?.uppercased()
    return type == "ROOM" || type == "RESOURCE"
  }

  private func with(_ response: [Parameter]) -> ContentLine {
    let others = parameters.filter { !["PARTSTAT", "RSVP"].contains($0.name.uppercased()) }
    return ContentLine(name, parameters: others + response, value: value)
  }
}

extension EventComponent {
  var isOccurrence: Bool { recurrenceID != nil }
}
