import CalendarCore
import ICalendar
import JSONModel
import ProviderKit

/// The body of a PATCH: what of an event is to be otherwise.
///
/// Objects are merged and null takes away (RFC 7396), but a list takes the place of the old one: a guest who is not in
/// `attendees` is taken off the event and told so. Hence the list is sent only when it changes, and made of the old one.
struct EventPatch: Sendable {
  private(set) var body: [String: JSON] = [:]

  private let event: WireEvent
  private let source: JSON

  init(_ change: ProviderEventChange, of current: ProviderEvent) throws(ProviderError) {
    guard let source = JSON(current.source), let event = WireEvent(source: current.source) else {
      throw .malformedReply(reason: Messages.eventUnreadable)
    }
    self.source = source
    self.event = event
    let content = change.content
    if change.fields.contains(.title) { body["summary"] = .string(content.title) }
    if change.fields.contains(.timing) {
      let (start, end) = WireTime.span(content.timing)
      (body["start"], body["end"]) = (start.replacement, end.replacement)
    }
    if change.fields.contains(.recurrence) {
      body["recurrence"] =
        content.recurrence.isEmpty ? .null : .array(content.recurrence.map(JSON.string))
    }
    if change.fields.contains(.attendees) {
      try setAttendees(from: current.content.attendees, to: content.attendees)
    }
    setConference(change, of: current.content)
  }

  private mutating func setAttendees(
    from old: [CalendarEventParticipant],
    to new: [CalendarEventParticipant]
  ) throws(ProviderError) {
    let removed = Set(old.map(\.handle)).subtracting(new.map(\.handle))
    let raw = source["attendees"]?.array ?? []
    var listed = Set(raw.compactMap(\.address))
    let added = new.filter { guest in
      !old.contains { $0.handle == guest.handle } && listed.insert(guest.handle).inserted
    }
    guard !added.isEmpty || !removed.isEmpty else { return }
    guard event.attendeesOmitted != true else {
      throw .rejected(reason: Messages.guestsHidden)
    }
    let kept = raw.filter { guest in guest.address.map { !removed.contains($0) } ?? true }
    body["attendees"] = .array(kept + added.map { WireAttendee($0).value })
  }

  /// The conference, and with it the description and the place, where a link of another service is shown.
  private mutating func setConference(_ change: ProviderEventChange, of current: EventContent) {
    let old = event.shownLink
    var new: InlineConferenceLink?
    switch change.conference {
    case nil: new = old
    case .remove: break
    case .set(.withEvent): break
    case .set(.ready(let conference)): new = InlineConferenceLink(conference.link)
    }
    // The same text is not written again: Google's editor gave it more than text.
    let isOther =
      change.fields.contains(.details) && change.content.details ?? "" != current.details ?? ""
    setDescription(isOther ? change.content.details ?? "" : nil, from: old, to: new)
    setLocation(change, from: old, to: new)
    guard let wish = change.conference else { return }
    let (before, after) = (event.extendedProperties?.private ?? [:], new?.properties ?? [:])
    var properties = after.mapValues(JSON.string)
    for key in [InlineConferenceLink.key, InlineConferenceLink.restKey]
    where before[key] != nil && after[key] == nil {
      properties[key] = .null
    }
    if !properties.isEmpty { body["extendedProperties"] = .object(["private": .object(properties)]) }
    if case .set(.withEvent(let request)) = wish {
      let key = JSON.object(["type": .string(request.solution)])
      let request = ["requestId": .string(request.requestID), "conferenceSolutionKey": key]
      body["conferenceData"] = .object(["createRequest": .object(request)])
    } else if event.conferenceData != nil || event.hangoutLink != nil {
      body["conferenceData"] = .null
    }
  }

  /// Writes another text, where there is one, and another link.
  private mutating func setDescription(
    _ details: String?,
    from old: InlineConferenceLink?,
    to new: InlineConferenceLink?
  ) {
    guard details != nil || new != old else { return }
    let before = event.description ?? ""
    let bare = old?.removing(from: before)
    let html = details.map { WireEvent.description($0, nil) } ?? bare ?? before
    // A line that a person removed stays out until there is another link.
    let isShown = new != old || bare != nil
    let after = if let new, isShown { new.adding(to: html) } else { html }
    if after != before { body["description"] = after.isEmpty ? .null : .string(after) }
  }

  private mutating func setLocation(
    _ change: ProviderEventChange,
    from old: InlineConferenceLink?,
    to new: InlineConferenceLink?
  ) {
    let isGiven = change.fields.contains(.location)
    guard isGiven || new != old else { return }
    let before = event.location ?? ""
    let place = isGiven ? change.content.location ?? "" : old?.text == before ? "" : before
    let after = place.isEmpty ? new?.place ?? "" : place
    if after != before { body["location"] = after.isEmpty ? .null : .string(after) }
  }
}

extension WireTime {
  /// The kind of time that it is not is taken away, or the event would have both.
  fileprivate var replacement: JSON {
    .object([
      "date": date.map(JSON.string) ?? .null,
      "dateTime": dateTime.map(JSON.string) ?? .null,
      "timeZone": timeZone.map(JSON.string) ?? .null,
    ])
  }
}

extension WireAttendee {
  fileprivate var value: JSON {
    let members = ["email": email, "displayName": displayName, "responseStatus": responseStatus]
    return .object(members.compactMapValues { $0.map(JSON.string) })
  }
}

extension JSON {
  /// A guest's.
  fileprivate var address: EmailAddress? { self["email"]?.string.flatMap { EmailAddress($0) } }
}
