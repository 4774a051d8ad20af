import CalendarCore
import Foundation
import ICalendar
import JSONModel
import ProviderKit

extension ProviderEvent {
  init(_ event: GraphEvent) throws(ProviderError) {
    let text = EventText(event)
    self.init(
      externalID: event.id,
      iCalUID: event.iCalUID ?? event.id,
      etag: event.etag,
      url: event.json["webLink"]?.string.flatMap { $0.hasPrefix("https://") ? $0 : nil },
      content: try EventContent(event, text),
      conference: event.conference(text),
      isOrganizer: event.isOrganizer,
      isCanceled: event.isCancelled,
      changedAt: GraphEvent.instant(text: event.json["lastModifiedDateTime"]?.string),
      source: Array(event.json.encoded())
    )
  }
}

extension EventContent {
  /// The description that people wrote, without what this driver and Teams added.
  fileprivate init(_ event: GraphEvent, _ text: EventText) throws(ProviderError) {
    guard let timing = event.timing else {
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
  /// When it takes place, in the zone that was meant.
  var timing: EventTiming? {
    guard let start = Self.instant(json["start"]), let end = Self.instant(json["end"]) else { return nil }
    if isAllDay {
      // Days stay days, whatever the clock.
      let first = ZonedDateTime(instant: start, zone: .utc).local.date
      let last = ZonedDateTime(instant: end, zone: .utc).local.date
      return .allDay(start: first, end: max(last, first.adding(days: 1)))
    }
    let (from, to) = (zone(at: start), zone(at: end, "originalEndTimeZone"))
    return .timed(
      start: ZonedDateTime(instant: start, zone: from),
      end: ZonedDateTime(instant: max(start, end), zone: to)
    )
  }

  private func zone(at instant: Date, _ name: String = "originalStartTimeZone") -> Zone {
    let name = json[name]?.string ?? ""
    let told = Zone(name) ?? Zone(otherName: name) ?? .utc
    // What we meant, as long as it still is what Exchange says, which knows a zone by its rules only.
    guard let meant = self[.zone].flatMap({ Zone($0) }) else { return told }
    let isSame = [0, 91, 182, 273].allSatisfy { days in
      let time = instant.addingTimeInterval(days * 86_400)
      return ZonedDateTime(instant: time, zone: meant).local == ZonedDateTime(instant: time, zone: told).local
    }
    return isSame ? meant : told
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
    let organizer = json["organizer"]?["emailAddress"]?["address"]?.string.flatMap { EmailAddress($0) }
    return attendees.compactMap { attendee in
      guard let handle = attendee.address, handle != organizer else { return nil }
      let status: CalendarEventResponseStatus =
        switch attendee["status"]?["response"]?.string {
        case "accepted": .accepted
        case "declined": .declined
        case "tentativelyAccepted": .tentative
        default: .needsAction
        }
      let name = attendee["emailAddress"]?["name"]?.string.flatMap {
        $0.isEmpty || $0 == handle.rawValue ? nil : $0
      }
      return CalendarEventParticipant(handle: handle, displayName: name, responseStatus: status)
    }
  }

  /// Which occurrence of its series it is.
  var originalStart: OriginalStart? {
    guard let instant = Self.instant(text: json["originalStart"]?.string) ?? Self.instant(json["start"])
    else {
      return nil
    }
    guard isAllDay else { return OriginalStart(.zoned(ZonedDateTime(instant: instant, zone: .utc))) }
    // Midnight where the series is.
    let name = json["originalStartTimeZone"]?.string ?? ""
    let zone = Zone(name) ?? Zone(otherName: name) ?? .utc
    return OriginalStart(.date(ZonedDateTime(instant: instant, zone: zone).local.date))
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
  /// An attendee's.
  var address: EmailAddress? { self["emailAddress"]?["address"]?.string.flatMap { EmailAddress($0) } }
}
