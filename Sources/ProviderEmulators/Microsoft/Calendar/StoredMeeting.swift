import Foundation
import JSONModel

/// An item of a calendar as stored: the client's fields, and the fields that only the server writes.
///
/// An occurrence of a series has the same form: stored, it is an exception whose `fields` hold only its differences
/// from the series; resolved (`RecurringMeeting.occurrence`), it has all fields.
struct StoredMeeting: Codable, Sendable {
  /// The key, which never changes.
  var key: String
  /// The number of times the item was moved to another folder, each time with a new id.
  var generation = 0
  var iCalUID: String
  /// The writable properties, already checked; an exception's own ones, with null where it clears the series' value.
  var fields: JSON
  /// The iCalendar sequence, which rises when guests have to respond again.
  var sequence = 0
  var isDeleted = false
  var created: Date
  var updated: Date
  /// The number of the mailbox's change that produced this version.
  var change = 0
  var onlineMeeting: OnlineMeeting?
  /// The organizer, if it is another person.
  var organizer: JSON?
  /// The owner's response to an organizer elsewhere, and its time.
  var response: JSON?
  /// The series of this occurrence, and its day according to the series.
  var seriesKey: String?
  var day: String?
  /// Whether the occurrence differs from its series.
  var isException: Bool?
  /// A zone name that only Exchange knows, in place of the Windows name.
  var customZone: CustomZone?
  /// Whether the series no longer has this occurrence, so that the exception does not count.
  var isGone: Bool?

  var changeKey: String {
    // Ids are as long and as opaque as the real ones.
    Data("\(iCalUID.suffix(12))|\(change)".utf8).base64EncodedString()
  }
  var etag: String { "W/\"\(changeKey)\"" }

  var start: MeetingTime? { MeetingTime(stored: fields["start"]) }
  var end: MeetingTime? { MeetingTime(stored: fields["end"]) }
  var attendees: [JSON] { fields["attendees"]?.array ?? [] }
  var isSeries: Bool { fields["recurrence"] != nil && seriesKey == nil }
  var isOnline: Bool { fields["isOnlineMeeting"] == true }

  var type: String {
    if seriesKey != nil { return isException == true ? "exception" : "occurrence" }
    return isSeries ? "seriesMaster" : "singleInstance"
  }

  func id(immutable: Bool) -> String {
    EventID(key: seriesKey ?? key, day: day, generation: immutable ? nil : generation).text
  }

  func seriesID(immutable: Bool) -> String? {
    seriesKey.map { EventID(key: $0, day: nil, generation: immutable ? nil : generation).text }
  }

  /// A new global object id in Exchange's form ([MS-OXOCAL] §2.2.1.27), without a day.
  static func globalID(_ identifier: String) -> String {
    "040000008200E00074C5B7101A82E00800000000" + (identifier + identifier).uppercased().prefix(72)
  }

  /// The id that Graph returns as `iCalUId`, which differs between occurrences since it contains the day.
  var shownUID: String {
    guard let digits = day?.split(separator: "-").compactMap({ Int($0) }), digits.count == 3 else {
      return iCalUID
    }
    let text = Self.hex(digits[0], 4) + Self.hex(digits[1], 2) + Self.hex(digits[2], 2)
    return iCalUID.prefix(32) + text + iCalUID.dropFirst(40)
  }

  private static func hex(_ number: Int, _ width: Int) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// The online meeting of an event, which is created a while after the request and then never changes.
struct OnlineMeeting: Codable, Sendable {
  var joinURL: String
  var readyAt: Date
  /// Whether the creation will succeed.
  var succeeds: Bool
  var isReady = false
  /// The form of its block in the text; nil is `usual`.
  var form: TeamsBlockForm?

  var isAwaited: Bool { !isReady && succeeds }
}

/// The behavior of online meetings, which a test sets through `/_emulator/conference`.
struct OnlineMeetingBehaviour: Sendable {
  /// Seconds between a request for a meeting and its link.
  var delay: TimeInterval = 0
  var succeeds = true
  var form = TeamsBlockForm.usual
}

/// A zone that another program or an email brought to Exchange: its rules are those of `start`.
struct CustomZone: Codable, Sendable {
  /// The name, such as `tzone://Microsoft/Custom`.
  var name: String
  /// Whether the event's properties contain the rules.
  var hasDefinition: Bool
}
