import Foundation
import JSONModel

/// An event as kept: what clients wrote, its times in UTC, and what only the server writes.
///
/// An instance of a series has the same form: kept, it is an exception whose `fields` hold only what differs from the
/// series; resolved (`RecurringEvent.instance`), it says everything.
struct StoredEvent: Codable, Sendable {
  var id: String
  var iCalUID: String
  /// The writable fields, already checked; of an exception those of its own, null where the series' is taken away.
  var fields: JSON
  var sequence = 0
  var isDeleted = false
  var created: Date
  var updated: Date
  /// The number of the calendar's change that made this version.
  var change = 0
  /// A conference that is still being made.
  var awaited: AwaitedConference?
  /// The organizer, if it is another person.
  var organizer: JSON?
  /// The series that this is an instance of.
  var recurringEventID: String?
  /// When the instance would begin if nothing had been changed, as kept.
  var originalStart: JSON?
  /// Whether the series had this instance once, and has it no more: nothing of the exception counts.
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
