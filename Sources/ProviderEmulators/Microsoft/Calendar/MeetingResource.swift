import Foundation
import JSONModel

/// An event as Graph returns it.
struct MeetingResource {
  var mailbox: Mailbox
  let preferences: Preferences
  /// The names of `$select`; nil for everything.
  var selected: Set<String>?
  /// The extended properties of `$expand`.
  var expanded: Set<String>?

  private static let never: JSON = "0001-01-01T00:00:00Z"

  func json(_ meeting: StoredMeeting) -> JSON {
    var json = whole(meeting)
    if let selected {
      json = .object((json.object ?? [:]).filter { selected.contains($0.key) || $0.key == "id" })
    }
    if let expanded {
      let properties =
        ExtendedProperties.shown(expanded, of: meeting) + ZoneDefinition.shown(expanded, of: meeting)
      // An empty collection is left out.
      if !properties.isEmpty { json["singleValueExtendedProperties"] = .array(properties) }
    }
    json["@odata.etag"] = .string(meeting.etag)
    return json
  }

  /// The brief form of an occurrence without an exception in `delta`; its other properties are in its series.
  func brief(_ meeting: StoredMeeting) -> JSON {
    let names: Set = ["id", "seriesMasterId", "type", "start", "end"]
    var json = JSON.object((whole(meeting).object ?? [:]).filter { names.contains($0.key) })
    json["@odata.type"] = "#microsoft.graph.event"
    json["@odata.etag"] = .string(meeting.etag)
    return json
  }

  private func whole(_ meeting: StoredMeeting) -> JSON {
    let fields = meeting.fields
    let content = fields["body"]?["content"]?.string ?? ""
    let owner = Self.address(mailbox.account)
    let id = meeting.id(immutable: preferences.wantsImmutableIDs)
    var json: JSON = [
      "id": .string(id),
      "createdDateTime": .string(Self.precise(meeting.created)),
      "lastModifiedDateTime": .string(Self.precise(meeting.updated)),
      "changeKey": .string(meeting.changeKey),
      "categories": fields["categories"] ?? [],
      "transactionId": fields["transactionId"] ?? .null,
      "originalStartTimeZone": .string(meeting.customZone?.name ?? meeting.start?.zone.windowsName ?? "UTC"),
      "originalEndTimeZone": .string(meeting.customZone?.name ?? meeting.end?.zone.windowsName ?? "UTC"),
      "iCalUId": .string(meeting.shownUID),
      "reminderMinutesBeforeStart": fields["reminderMinutesBeforeStart"] ?? 15,
      "isReminderOn": fields["isReminderOn"] ?? true,
      "hasAttachments": false,
      "subject": fields["subject"] ?? "",
      "bodyPreview": .string(EventBody.preview(content)),
      "importance": fields["importance"] ?? "normal",
      "sensitivity": fields["sensitivity"] ?? "normal",
      "isAllDay": fields["isAllDay"] ?? false,
      "isCancelled": fields["isCancelled"] ?? false,
      "isOrganizer": .bool(meeting.organizer == nil),
      "responseRequested": fields["responseRequested"] ?? true,
      "seriesMasterId": meeting.seriesID(immutable: preferences.wantsImmutableIDs).map { .string($0) }
        ?? .null,
      "showAs": fields["showAs"] ?? "busy",
      "type": .string(meeting.type),
      "webLink": .string(
        "https://outlook.office365.com/owa/?itemid=\(id.dropLast())%3D&exvsurl=1&path=/calendar/item"
      ),
      "onlineMeetingUrl": .null,
      "isOnlineMeeting": fields["isOnlineMeeting"] ?? false,
      "onlineMeetingProvider": fields["onlineMeetingProvider"] ?? "unknown",
      "allowNewTimeProposals": fields["allowNewTimeProposals"] ?? true,
      "isDraft": false,
      "hideAttendees": fields["hideAttendees"] ?? false,
      "recurrence": recurrence(meeting),
      "body": EventBody.shown(content, asText: preferences.wantsText),
      "location": fields["location"] ?? ["displayName": ""],
      "locations": fields["locations"] ?? [],
      "attendees": fields["attendees"] ?? [],
      "organizer": ["emailAddress": meeting.organizer ?? owner],
      "onlineMeeting": onlineMeeting(meeting),
      "responseStatus": meeting.response
        ?? ["response": meeting.attendees.isEmpty ? "none" : "organizer", "time": Self.never],
    ]
    json["start"] = meeting.start.map { time($0, isAllDay: fields["isAllDay"] == true) }
    json["end"] = meeting.end.map { time($0, isAllDay: fields["isAllDay"] == true) }
    if let day = meeting.day, let series = meeting.seriesKey.flatMap({ mailbox.meetings[$0] }),
      let start = RecurringMeeting(series, in: mailbox)?.originalStart(on: day)
    {
      json["originalStart"] = .string(Timestamp.text(start, in: .gmt))
    }
    return json
  }

  private func recurrence(_ meeting: StoredMeeting) -> JSON {
    guard meeting.isSeries, var recurrence = meeting.fields["recurrence"] else { return .null }
    if let name = meeting.customZone?.name, var range = recurrence["range"] {
      range["recurrenceTimeZone"] = .string(name)
      recurrence["range"] = range
    }
    return recurrence
  }

  /// The time on the clock that the client prefers; dates stay dates, whatever the zone of the request.
  private func time(_ time: MeetingTime, isAllDay: Bool) -> JSON {
    let local = isAllDay ? time.local : time.on(preferences.zone ?? .utc)
    return time.rendered(local, zoneName: preferences.zoneName ?? "UTC")
  }

  private func onlineMeeting(_ meeting: StoredMeeting) -> JSON {
    guard meeting.isOnline, let online = meeting.onlineMeeting, online.isReady else { return .null }
    return ["joinUrl": .string(online.joinURL)]
  }

  static func address(_ account: EmulatorAccount) -> JSON {
    ["name": .string(account.displayName), "address": .string(account.email)]
  }

  static func precise(_ date: Date) -> String { Timestamp.precise(date).dropLast() + "0000Z" }
}
