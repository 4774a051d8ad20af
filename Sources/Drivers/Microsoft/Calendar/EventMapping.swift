import CalendarCore
import Foundation
import ICalendar
import JSONModel
import ProviderKit

extension ProviderEvent {
  /// Reads an event; `zone` is the one of an event whose zone has a name that only Exchange knows.
  init(_ event: GraphEvent, zone: Zone? = nil) throws(ProviderError) {
    let text = EventText(event)
    self.init(
      externalID: event.id,
      iCalUID: event.iCalUID ?? event.id,
      etag: event.etag,
      url: event.json["webLink"]?.string.flatMap { $0.hasPrefix("https://") ? $0 : nil },
      content: try EventContent(event, text, zone),
      conference: event.conference(text),
      organizer: event.organizer,
      isOrganizer: event.isOrganizer,
      response: event.isOrganizer ? nil : event.ownResponse,
      isPrivate: ["private", "confidential"].contains(event.json["sensitivity"]?.string),
      availability: event.availability,
      isCanceled: event.isCancelled,
      changedAt: GraphEvent.instant(text: event.json["lastModifiedDateTime"]?.string),
      source: Array(event.json.encoded())
    )
  }
}

extension EventContent {
  /// The description that people wrote, without what this driver and Teams added.
  fileprivate init(_ event: GraphEvent, _ text: EventText, _ zone: Zone?) throws(ProviderError) {
    guard zone != nil || !event.isInUnknownZone else { throw .rejected(reason: Messages.unreadableZone) }
    guard let timing = event.timing(in: zone) else {
      throw .malformedReply(reason: Messages.eventWithoutTime)
    }
    let details = text.text
    self.init(
      title: event.json["subject"]?.string ?? "",
      details: details.isEmpty ? nil : details,
      location: event.place.isEmpty || event.place == text.link ? nil : event.place,
      timing: timing,
      recurrence: try event.recurrence(timing),
      attendees: event.guests
    )
  }
}

extension GraphEvent {
  /// When it takes place, in the zone that was meant; `custom` is the one of an event in an unknown zone.
  func timing(in custom: Zone?) -> EventTiming? {
    if isAllDay {
      guard let first = day(json["start"], originalStartTimeZone),
        let last = day(json["end"], originalStartTimeZone)
      else { return nil }
      return .allDay(start: first, end: max(last, first.adding(days: 1)))
    }
    guard let start = Self.instant(json["start"]), let end = Self.instant(json["end"]),
      let told = custom ?? startZone
    else { return nil }
    return .timed(
      start: ZonedDateTime(instant: start, zone: meant(at: start, told)),
      end: ZonedDateTime(instant: max(start, end), zone: meant(at: end, custom ?? endZone ?? told))
    )
  }

  /// Whether its name does not tell the zone of its clock; the days of a whole-day event have none.
  var isInUnknownZone: Bool { !isAllDay && startZone == nil }

  /// The zone in which a series repeats, or the one in which an event was made.
  private var startZone: Zone? {
    let range = json["recurrence"]?["range"]?["recurrenceTimeZone"]?.string
    return range.flatMap { $0.isEmpty ? nil : $0 }.map(Self.zone(named:)) ?? originalStartTimeZone
  }

  var originalStartTimeZone: Zone? { json["originalStartTimeZone"]?.string.flatMap(Self.zone(named:)) }

  private var endZone: Zone? { json["originalEndTimeZone"]?.string.flatMap(Self.zone(named:)) }

  /// The zone that we meant, as long as it still is what Exchange says, which knows a zone by its rules only.
  private func meant(at instant: Date, _ told: Zone) -> Zone {
    guard let meant = self[.zone].flatMap({ Zone($0) }) else { return told }
    let isSame = [0, 91, 182, 273].allSatisfy { days in
      let time = instant.addingTimeInterval(days * 86_400)
      return ZonedDateTime(instant: time, zone: meant).local == ZonedDateTime(instant: time, zone: told).local
    }
    return isSame ? meant : told
  }

  /// The day that begins at a time of a whole-day event.
  ///
  /// Graph tells days as midnights, in whatever zone it is asked for; what is none is the instant of the midnight where
  /// the event was made or, if nobody knows where that is, near by.
  private func day(_ time: JSON?, _ zone: Zone?) -> CalendarDate? {
    guard let instant = Self.instant(time) else { return nil }
    let told = ZonedDateTime(instant: instant, zone: .utc).local
    return told == LocalDateTime(startOf: told.date) ? told.date : Self.day(beginningAt: instant, zone)
  }

  private static func day(beginningAt midnight: Date, _ zone: Zone?) -> CalendarDate {
    guard let zone else {
      return ZonedDateTime(instant: midnight.addingTimeInterval(43_200), zone: .utc).local.date
    }
    return ZonedDateTime(instant: midnight, zone: zone).local.date
  }

  fileprivate func recurrence(_ timing: EventTiming) throws(ProviderError) -> [String] {
    guard seriesID == nil, let json = json["recurrence"], json != .null else { return [] }
    guard let told = WireRecurrence(json) else {
      throw .malformedReply(reason: Messages.unknownRecurrence)
    }
    // The words in which it was given, as long as they say the same.
    let lines = self[.recurrence]?.split(separator: "\n").map(String.init) ?? []
    if !lines.isEmpty, (try? WireRecurrence(lines, timing)) == told { return lines }
    return told.lines(timing)
  }

  /// Without the organizer.
  fileprivate var guests: [CalendarEventParticipant] {
    let organizer = json["organizer"]?.address
    return attendees.compactMap { attendee in
      guard let handle = attendee.address, handle != organizer else { return nil }
      return CalendarEventParticipant(
        handle: handle,
        displayName: attendee.name,
        responseStatus: Self.response(attendee["status"]) ?? .needsAction
      )
    }
  }

  fileprivate var organizer: CalendarEventParticipant? {
    json["organizer"].flatMap { organizer in
      organizer.address.map {
        CalendarEventParticipant(
          handle: $0,
          displayName: organizer.name,
          isOrganizer: true,
          responseStatus: .accepted
        )
      }
    }
  }

  /// The response of the mailbox's owner; nil where nobody was asked for one.
  var ownResponse: CalendarEventResponseStatus? { Self.response(json["responseStatus"]) }

  private static func response(_ json: JSON?) -> CalendarEventResponseStatus? {
    switch json?["response"]?.string {
    case "accepted": .accepted
    case "declined": .declined
    case "tentativelyAccepted": .tentative
    case "notResponded": .needsAction
    default: nil
    }
  }

  /// Graph shows time in which people work elsewhere as free, and takes what it does not know for busy.
  var availability: EventAvailability {
    switch json["showAs"]?.string {
    case "free", "workingElsewhere": .free
    case "tentative": .tentative
    case "oof": .outOfOffice
    default: .busy
    }
  }

  /// Which occurrence of its series it is.
  var originalStart: OriginalStart? {
    guard let instant = Self.instant(text: json["originalStart"]?.string) ?? Self.instant(json["start"])
    else {
      return nil
    }
    guard isAllDay else { return OriginalStart(.zoned(ZonedDateTime(instant: instant, zone: .utc))) }
    // An occurrence that was never changed begins on its day.
    if originalStartTimeZone == nil, type == "occurrence", let day = day(json["start"], nil) {
      return OriginalStart(.date(day))
    }
    return OriginalStart(.date(Self.day(beginningAt: instant, originalStartTimeZone)))
  }

  /// How far the conference got; nil when the event has none.
  fileprivate func conference(_ text: EventText) -> ProviderConference? {
    // A link that was agreed on and is still shown counts before a Teams meeting that was added at the provider.
    if let link = text.link.flatMap({ try? ConferenceLink($0) }) {
      return .success(Conference(link: link.text))
    }
    if let joinURL, let link = try? ConferenceLink(joinURL) { return .success(Conference(link: link.text)) }
    // The link comes a while after the event.
    return isOnlineMeeting ? .pending : nil
  }
}

extension JSON {
  /// The name of an attendee or organizer; nil where it is their address.
  fileprivate var name: String? {
    let name = self["emailAddress"]?["name"]?.string
    return name?.isEmpty == true || name == address?.rawValue ? nil : name
  }

  /// The address of an attendee or organizer.
  var address: EmailAddress? { self["emailAddress"]?["address"]?.string.flatMap { EmailAddress($0) } }
}
