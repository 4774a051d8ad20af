import CalendarCore
import Foundation
import ICalendar
import JSONModel
import ProviderKit

/// The body of a POST or PATCH, with this program's own properties in it.
struct GraphEventBody: Sendable {
  private(set) var body: JSON = [:]
  private(set) var properties: [EventProperty: String] = [:]

  /// Windows' name of the zone in which whole days are written.
  private let dayZone: String
  /// Graph's limit, in UTF-16 units.
  static let maximumTitleLength = 255

  // MARK: A new event

  /// Makes the body of a new event; whole days are in the zone that Windows calls `dayZone`.
  init(_ draft: ProviderEventDraft, dayZone: String) throws(ProviderError) {
    self.dayZone = dayZone
    // A repeated request with the same one makes nothing new.
    body["transactionId"] = .string(draft.eventID.description)
    set(.mark, draft.eventID.description)
    try setTitle(draft.title)
    try setTiming(draft.timing, draft.recurrence)
    body["attendees"] = .array(draft.attendees.map(JSON.init))
    var link: String?
    switch draft.conference {
    case .withEvent(let request):
      body["isOnlineMeeting"] = true
      body["onlineMeetingProvider"] = .string(request.solution)
    case .ready(let conference): link = conference.link
    case nil: break
    }
    if let link { set(.link, link) }
    body["body"] = EventText(draft.details, link: link).body
    let place = draft.location ?? ""
    setPlace(place.isEmpty ? link ?? "" : place)
    finish()
  }

  // MARK: A change

  /// Makes the body of a change of what was read: `event`, which is `current` as Graph told it.
  init(
    _ change: ProviderEventChange,
    of current: ProviderEvent,
    _ event: GraphEvent,
    dayZone: String
  ) throws(ProviderError) {
    self.dayZone = dayZone
    let (fields, content) = (change.fields, change.content)
    if fields.contains(.title) { try setTitle(content.title) }
    // A series that is moved states its first day again.
    if !fields.isDisjoint(with: [.timing, .recurrence]) {
      let isSeries = event.seriesID == nil
      let timing = fields.contains(.timing) ? content.timing : current.content.timing
      let rules = fields.contains(.recurrence) ? content.recurrence : current.content.recurrence
      try setTiming(timing, isSeries ? rules : [], over: event)
    }
    if fields.contains(.attendees) {
      setAttendees(from: current.content.attendees, to: content.attendees, event)
    }
    try setText(change, of: event, current)
    finish()
  }

  private mutating func setAttendees(
    from old: [CalendarEventParticipant],
    to new: [CalendarEventParticipant],
    _ event: GraphEvent
  ) {
    let removed = Set(old.map(\.handle)).subtracting(new.map(\.handle))
    // The list takes the place of the old one, so it is made of that, with all that is said of everyone.
    let kept = event.attendees.filter { attendee in attendee.address.map { !removed.contains($0) } ?? true }
    let listed = Set(kept.compactMap(\.address))
    let added = new.filter { !listed.contains($0.handle) }
    guard !added.isEmpty || kept.count != event.attendees.count else { return }
    body["attendees"] = .array(kept + added.map(JSON.init))
  }

  /// The text with what else stands in it, the place, and the conference.
  private mutating func setText(
    _ change: ProviderEventChange,
    of event: GraphEvent,
    _ current: ProviderEvent
  ) throws(ProviderError) {
    let before = EventText(event)
    var after = before
    if change.fields.contains(.details), change.content.details != current.content.details {
      // What of the text is the meeting's is not known: none of it may be replaced.
      guard !before.hidesBlock else { throw .rejected(reason: Messages.teamsTextUnknown) }
      after.set(change.content.details)
    }
    switch change.conference {
    case nil: break
    case .remove:
      try Self.checkRemovable(event, before)
      after.link = nil
      after.block = ""
    case .set(.ready(let conference)):
      try Self.checkRemovable(event, before)
      after.link = conference.link
      after.block = ""
    case .set(.withEvent(let request)):
      after.link = nil
      if !event.isOnlineMeeting {
        body["isOnlineMeeting"] = true
        body["onlineMeetingProvider"] = .string(request.solution)
      }
    }
    if after.link != before.link || (after.link == nil && event[.link] != nil && change.conference != nil) {
      set(.link, after.link ?? "")
    }
    if after.body != before.body || after.block != before.block { body["body"] = after.body }
    let isGiven = change.fields.contains(.location)
    guard isGiven || after.link != before.link else { return }
    let place = isGiven ? change.content.location ?? "" : current.content.location ?? ""
    let shown = place.isEmpty ? after.link ?? "" : place
    if shown != event.place { setPlace(shown) }
  }

  /// A Teams meeting ends when its block is taken out of the text, which is there only once the link is.
  private static func checkRemovable(_ event: GraphEvent, _ text: EventText) throws(ProviderError) {
    guard !event.isOnlineMeeting || event.joinURL != nil else {
      throw .unavailable(reason: Messages.teamsPending)
    }
    guard !text.hidesBlock else { throw .rejected(reason: Messages.teamsRemovalUnknown) }
  }

  // MARK: Parts

  private mutating func setTitle(_ title: String) throws(ProviderError) {
    guard title.utf16.count <= Self.maximumTitleLength else {
      throw .rejected(reason: Messages.titleTooLong)
    }
    body["subject"] = .string(title)
  }

  private mutating func setPlace(_ place: String) {
    body["location"] = place.isEmpty ? ["displayName": ""] : ["displayName": .string(place)]
  }

  private mutating func setTiming(
    _ timing: EventTiming,
    _ recurrence: [String],
    over old: GraphEvent? = nil
  ) throws(ProviderError) {
    let zone: String
    switch timing {
    case .allDay(let start, let end):
      zone = dayZone
      body["isAllDay"] = true
      (body["start"], body["end"]) = (midnight(start), midnight(end))
    case .timed(let start, let end):
      zone = Self.name(of: start)
      if old?.isAllDay == true { body["isAllDay"] = false }
      (body["start"], body["end"]) = (Self.time(start), Self.time(end))
      set(.zone, start.zone.identifier)
    }
    guard !recurrence.isEmpty else {
      if let old, old.json["recurrence"] != nil, old.json["recurrence"] != .null {
        body["recurrence"] = .null
      }
      return
    }
    do throws(RecurrenceProblem) {
      body["recurrence"] = try WireRecurrence(recurrence, timing).json(in: zone)
    } catch {
      throw .rejected(reason: error.reason)
    }
    set(.recurrence, recurrence.joined(separator: "\n"))
  }

  private func midnight(_ day: CalendarDate) -> JSON {
    ["dateTime": .string("\(day)T00:00:00"), "timeZone": .string(dayZone)]
  }

  /// Windows' name of a time's zone: of the IANA's names Graph takes some only.
  private static func name(of time: ZonedDateTime) -> String {
    time.zone.windowsName(from: time.instant) ?? time.zone.identifier
  }

  /// A wall clock and its zone; Graph reads over offsets, so the second pass of an hour is said in UTC.
  private static func time(_ time: ZonedDateTime) -> JSON {
    let isPlain = ZonedDateTime(local: time.local, zone: time.zone).instant == time.instant
    let told = isPlain ? time : ZonedDateTime(instant: time.instant, zone: .utc)
    return ["dateTime": .string("\(told.local)"), "timeZone": .string(name(of: told))]
  }

  private mutating func set(_ property: EventProperty, _ value: String) { properties[property] = value }

  private mutating func finish() {
    guard !properties.isEmpty else { return }
    let list = properties.sorted { $0.key.rawValue < $1.key.rawValue }.map { property, value in
      JSON.object(["id": .string(property.id), "value": .string(value)])
    }
    body["singleValueExtendedProperties"] = .array(list)
  }

  var isEmpty: Bool { body == [:] }
}

extension JSON {
  /// A guest who is asked for.
  fileprivate init(_ guest: CalendarEventParticipant) {
    var address: JSON = ["address": .string(guest.handle.withALabels)]
    if let name = guest.displayName { address["name"] = .string(name) }
    self = ["emailAddress": address, "type": "required"]
  }
}
