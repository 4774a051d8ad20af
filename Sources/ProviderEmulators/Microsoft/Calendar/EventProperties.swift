import ICalendar
import JSONModel

/// The properties of an event that a client may write: their valid values, and their stored form.
enum EventProperties {
  private static let choices: [String: Set<String>] = [
    "importance": ["low", "normal", "high"],
    "sensitivity": ["normal", "personal", "private", "confidential"],
    "showAs": ["unknown", "free", "tentative", "busy", "oof", "workingElsewhere"],
    "onlineMeetingProvider": ["unknown", "skypeForBusiness", "skypeForConsumer", "teamsForBusiness"],
  ]
  private static let flags: Set = [
    "allowNewTimeProposals", "hideAttendees", "isAllDay", "isOnlineMeeting", "isReminderOn",
    "responseRequested",
  ]
  /// The properties that only the server writes; a client may send them back with the rest, to no effect.
  private static let readOnly: Set = [
    "bodyPreview", "calendar", "changeKey", "createdDateTime", "hasAttachments", "iCalUId", "id",
    "isCancelled",
    "isDraft", "isOrganizer", "lastModifiedDateTime", "onlineMeeting", "onlineMeetingUrl", "organizer",
    "originalEndTimeZone", "originalStart", "originalStartTimeZone", "responseStatus", "seriesMasterId",
    "type",
    "webLink",
  ]
  private static let notEmulated: Set = [
    "attachments", "cancelledOccurrences", "exceptionOccurrences", "extensions", "instances",
    "multiValueExtendedProperties",
  ]
  private static let maximumSubjectLength = 255

  /// The properties of a body as stored; null where the body clears one.
  static func checked(_ body: JSON, over old: StoredMeeting?) throws(MicrosoftError) -> [String: JSON] {
    var written: [String: JSON] = [:]
    for (name, value) in body.object ?? [:] where !name.contains("@") && !readOnly.contains(name) {
      if notEmulated.contains(name) { throw .notEmulated("writing \(name)") }
      if name == "locations" || name == "location" { continue }
      written[name] = try kept(name, value, over: old)
    }
    if let places = try EventPlaces.checked(body) { written.merge(places) { $1 } }
    return written
  }

  private static func kept(_ name: String, _ value: JSON, over old: StoredMeeting?) throws(MicrosoftError)
    -> JSON
  {
    if let names = choices[name] {
      guard value != .null else { return .null }
      guard let text = value.string, names.contains(text) else {
        throw .unreadable("Requested value '\(value.string ?? "")' was not found.")
      }
      return value
    }
    if flags.contains(name) {
      guard value.bool != nil || value == .null else { throw mistyped(name, "Edm.Boolean") }
      return value
    }
    switch name {
    case "subject":
      guard let text = value.string ?? (value == .null ? "" : nil) else { throw mistyped(name, "Edm.String") }
      guard text.utf16.count <= maximumSubjectLength else { throw .validation }
      return .string(text)
    case "body": return try EventBody.kept(value)
    case "start", "end": return try MeetingTime(value).stored
    case "attendees": return try EventAttendees.checked(value, over: old)
    case "singleValueExtendedProperties": return try ExtendedProperties.checked(value, over: old)
    case "categories":
      let names = value == .null ? [] : value.array ?? [.null]
      guard names.allSatisfy({ $0.string != nil }) else { throw mistyped(name, "Collection(Edm.String)") }
      return .array(names)
    case "reminderMinutesBeforeStart":
      guard let minutes = value.integer, minutes >= 0 else { throw mistyped(name, "Edm.Int32") }
      return value
    case "recurrence":
      if value == .null { return .null }
      _ = try RecurrencePattern(value["pattern"] ?? .null)
      _ = try RecurrenceRange(value["range"] ?? .null)
      return value
    case "transactionId":
      if value == .null { return .null }
      guard let text = value.string, !text.isEmpty else { throw mistyped(name, "Edm.String") }
      if let old, old.fields["transactionId"] != value { throw .notEmulated("changing a transactionId") }
      return value
    default:
      throw .unreadable(
        """
        The property '\(name)' does not exist on type 'microsoft.graph.event'. Make sure to only use property \
        names that are defined by the type.
        """
      )
    }
  }

  static func mistyped(_ name: String, _ type: String) -> MicrosoftError {
    .unreadable("Cannot convert the literal of property '\(name)' to the expected type '\(type)'.")
  }

  /// The whole event after a write, checked for consistency; a series begins on the first day of its pattern.
  static func whole(_ fields: JSON) throws(MicrosoftError) -> JSON {
    guard var start = MeetingTime(stored: fields["start"]), var end = MeetingTime(stored: fields["end"])
    else {
      throw .validation
    }
    guard start.instant <= end.instant else { throw .validation }
    if fields["isAllDay"] == true { try checkDays(start, end) }
    var fields = fields
    guard let recurrence = fields["recurrence"] else { return fields }
    let pattern = try RecurrencePattern(recurrence["pattern"] ?? .null)
    var range = try RecurrenceRange(recurrence["range"] ?? .null)
    // The live service refuses a range in another zone, and a series that is moved to another zone without its range.
    guard start.zone == end.zone, (range.zone ?? start.zone) == start.zone else { throw .validation }
    guard range.start == start.local.date,
      let first = RecurrenceDays(pattern, range).first(where: { _ in true })
    else { throw .validation }
    let moved = (first.dayNumber - start.local.date.dayNumber) * 86_400
    start.local = start.local.adding(seconds: moved)
    end.local = end.local.adding(seconds: moved)
    range.start = first
    fields["start"] = start.stored
    fields["end"] = end.stored
    fields["recurrence"] = ["pattern": pattern.json, "range": range.json(in: start.zone)]
    return fields
  }

  private static func checkDays(_ start: MeetingTime, _ end: MeetingTime) throws(MicrosoftError) {
    for (name, time) in [("Start", start), ("End", end)] where !time.isMidnight {
      throw .invalidRequest("The Event.\(name) property for an all-day event needs to be set to midnight.")
    }
    guard start.zone == end.zone else {
      throw .invalidRequest("An all-day event's start and end need to be in the same time zone.")
    }
    guard end.local.date > start.local.date else {
      throw .invalidRequest("The duration of an event marked as All day must be at least 24 hours.")
    }
  }
}
