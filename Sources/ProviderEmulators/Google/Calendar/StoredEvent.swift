import Foundation
import JSONModel

/// An event as stored: the client's fields, its times in UTC, and the fields that only the server writes.
///
/// An instance of a series has the same form: stored, it is an exception whose `fields` hold only its differences from
/// the series; resolved (`RecurringEvent.instance`), it has all fields.
struct StoredEvent: Codable, Sendable {
  var id: String
  var iCalUID: String
  /// The writable fields, already checked; an exception's own ones, with null where it clears the series' value.
  var fields: JSON
  var sequence = 0
  var isDeleted = false
  var created: Date
  var updated: Date
  /// The number of the calendar's change that produced this version.
  var change = 0
  /// A conference that is still being created.
  var awaited: AwaitedConference?
  /// The organizer, if it is another person.
  var organizer: JSON?
  /// The series that this is an instance of.
  var recurringEventID: String?
  /// The instance's start before any change, as stored.
  var originalStart: JSON?
  /// Whether the series no longer has this instance, so that the exception does not count.
  var isGone: Bool?

  /// Changes with every write, and only then.
  var etag: String { "\"\(3_000_000_000_000_000 + change * 2000)\"" }

  var start: EventTime? { fields["start"].flatMap { try? EventTime($0, name: "start") } }
  var end: EventTime? { fields["end"].flatMap { try? EventTime($0, name: "end") } }
  var originalTime: EventTime? { originalStart.flatMap { try? EventTime($0, name: "originalStart") } }
  var attendees: [JSON] { fields["attendees"]?.array ?? [] }
  var isSeries: Bool { fields["recurrence"] != nil && recurringEventID == nil }
}

struct AwaitedConference: Codable, Sendable {
  var readyAt: Date
  var succeeds: Bool
  /// The meeting code, in case of success.
  var code: String
}
