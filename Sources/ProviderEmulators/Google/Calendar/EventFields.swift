import Foundation
import JSONModel

/// The fields that a client may write, and their values that the real API refuses.
enum EventFields {
  private static let texts = ["summary": 1024, "location": 1024, "description": 8192, "colorId": 2]
  private static let flags = [
    "anyoneCanAddSelf", "guestsCanInviteOthers", "guestsCanModify", "guestsCanSeeOtherGuests",
  ]
  private static let choices: [String: Set<String>] = [
    "status": ["confirmed", "tentative", "cancelled"],
    "transparency": ["opaque", "transparent"],
    "visibility": ["default", "public", "private", "confidential"],
  ]
  private static let otherTypes: Set = [
    "birthday", "focusTime", "fromGmail", "outOfOffice", "workingLocation",
  ]
  private static let others: Set = [
    "attachments", "attendees", "attendeesOmitted", "conferenceData", "end", "eventType",
    "extendedProperties",
    "recurrence", "reminders", "sequence", "source", "start",
  ]

  /// The writable members of a body; unknown and read-only ones are ignored, as the real API does.
  static func writable(_ body: JSON) -> JSON {
    .object(
      (body.object ?? [:]).filter { key, _ in
        texts[key] != nil || flags.contains(key) || choices[key] != nil || others.contains(key)
      }
    )
  }

  /// The fields in the form in which they are stored; throws the API's error.
  static func checked(_ fields: JSON, in calendar: GoogleCalendar) throws(GoogleError) -> JSON {
    var result = fields
    for (key, value) in fields.object ?? [:] where value == .null { result[key] = nil }
    for (key, limit) in texts {
      guard let value = result[key] else { continue }
      guard let text = value.string, text.count <= limit else { throw .invalid("Invalid value for: \(key)") }
    }
    if let color = result["colorId"]?.string, !(1...11).contains(Int(color) ?? 0) {
      throw .invalid("Invalid color id value.")
    }
    for key in flags {
      guard let value = result[key] else { continue }
      guard value.bool != nil else { throw .invalid("Invalid value for: \(key)") }
    }
    for (key, allowed) in choices {
      guard let value = result[key] else { continue }
      guard let text = value.string, allowed.contains(text) else {
        throw .invalid("Invalid value for: \(key)")
      }
    }
    // The default is not stored, or an event sent back as it was read would differ.
    if result["status"] == "confirmed" { result["status"] = nil }
    if let sequence = result["sequence"], !(0...1_000_000_000).contains(sequence.integer ?? -1) {
      throw .invalid("Invalid sequence value.")
    }
    try checkType(result["eventType"])
    result["eventType"] = "default"
    try setTimes(&result, in: calendar)
    if let attendees = result["attendees"] { result["attendees"] = try EventGuests.checked(attendees) }
    result["reminders"] = try EventReminders.checked(result["reminders"])
    try checkExtendedProperties(result["extendedProperties"])
    return result
  }

  private static func checkType(_ type: JSON?) throws(GoogleError) {
    guard let type else { return }
    guard let name = type.string, name == "default" || otherTypes.contains(name) else {
      throw .invalid("Invalid event type.")
    }
    guard name == "default" else { throw .notEmulated("events of type \(name)") }
  }

  private static func setTimes(_ fields: inout JSON, in calendar: GoogleCalendar) throws(GoogleError) {
    guard let startJSON = fields["start"] else { throw .required("Missing start time.") }
    guard let endJSON = fields["end"] else { throw .required("Missing end time.") }
    let start = try EventTime(startJSON, name: "start")
    let end = try EventTime(endJSON, name: "end")
    guard start.isDate == end.isDate else {
      throw .invalid("Start and end times must either both be date or both be dateTime.")
    }
    // A time without length is an event; a day ends on the next one at the earliest.
    let (first, last) = (start.instant(in: .gmt), end.instant(in: .gmt))
    guard first < last || (first == last && !start.isDate) else {
      throw GoogleError(
        status: 400,
        reason: "timeRangeEmpty",
        message: "The specified time range is empty.",
        domain: "calendar"
      )
    }
    if let recurrence = fields["recurrence"] {
      for (time, name) in [(start, "start"), (end, "end")] {
        if case .instant(_, nil) = time { throw .required("Missing time zone definition for \(name) time.") }
      }
      fields["recurrence"] = try RecurrenceLines.checked(recurrence, from: start)
    }
    fields["start"] = start.stored
    fields["end"] = end.stored
    // An offset alone gives an instant without a zone; the event then gets the calendar's zone.
    for key in ["start", "end"] where !start.isDate && fields[key]?["timeZone"] == nil {
      fields[key]?["timeZone"] = .string(calendar.zone.identifier)
    }
  }

  /// At most 300 properties, keys of 44 and values of 1024 characters (guide "Extended properties").
  private static func checkExtendedProperties(_ json: JSON?) throws(GoogleError) {
    guard let json else { return }
    guard let groups = json.object else { throw .invalid("Invalid value for: extendedProperties") }
    var count = 0
    for (group, properties) in groups {
      guard ["private", "shared"].contains(group), let members = properties.object else {
        throw .invalid("Invalid value for: extendedProperties")
      }
      count += members.count
      for (key, value) in members {
        guard key.count <= 44, let text = value.string, text.count <= 1024 else {
          throw .invalid("Invalid extended property.")
        }
      }
    }
    if count > 300 { throw .invalid("Too many extended properties.") }
  }
}

enum EventReminders {
  static func checked(_ json: JSON?) throws(GoogleError) -> JSON {
    guard let json else { return ["useDefault": true] }
    guard json.object != nil else { throw .invalid("Invalid value for: reminders") }
    let useDefault = json["useDefault"]?.bool ?? false
    guard let overridesJSON = json["overrides"] else { return ["useDefault": .bool(useDefault)] }
    guard let overrides = overridesJSON.array, overrides.count <= 5 else {
      throw .invalid("Invalid reminder overrides.")
    }
    if useDefault, !overrides.isEmpty {
      throw GoogleError(
        status: 400,
        reason: "cannotUseDefaultRemindersAndSpecifyOverride",
        message: "Cannot specify both default reminders and overrides at the same time.",
        domain: "calendar"
      )
    }
    for override in overrides {
      guard ["email", "popup"].contains(override["method"]?.string ?? ""),
        (0...40_320).contains(override["minutes"]?.integer ?? -1)
      else { throw .invalid("Invalid reminder override.") }
    }
    return ["useDefault": .bool(useDefault), "overrides": overridesJSON]
  }
}
