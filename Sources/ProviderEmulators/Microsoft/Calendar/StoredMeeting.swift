import Foundation
import JSONModel

/// An item of a calendar as kept: what clients wrote, and what only the server writes.
///
/// An occurrence of a series has the same form: kept, it is an exception whose `fields` hold only what
/// differs from the series; resolved (`RecurringMeeting.occurrence`), it says everything.
struct StoredMeeting: Codable, Sendable {
  /// Stays, whatever happens to the item.
  var key: String
  /// How often the item was moved to another folder: each time it got another id.
  var generation = 0
  var iCalUID: String
  /// The writable properties, already checked; of an exception those of its own, null where the series' is
  /// taken away.
  var fields: JSON
  /// Rises when guests have to be asked again.
  var sequence = 0
  var isDeleted = false
  var created: Date
  var updated: Date
  /// The number of the mailbox's change that made this version.
  var change = 0
  var onlineMeeting: OnlineMeeting?
  /// The organizer, if it is another person.
  var organizer: JSON?
  /// What the mailbox's owner answered to an organizer elsewhere, and when.
  var response: JSON?
  /// The series that this is an occurrence of, and its day according to the series.
  var seriesKey: String?
  var day: String?
  /// Whether the occurrence has something of its own.
  var isException: Bool?
  /// The name of a zone that only Exchange knows, in place of Windows' name.
  var customZone: CustomZone?
  /// Whether the series had this occurrence once, and has it no more: nothing of the exception counts.
  var isGone: Bool?

  var changeKey: String {
    // As long and as opaque as the real ones.
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

  /// A new global object id as Exchange makes them ([MS-OXOCAL] §2.2.1.27), without a day.
  static func globalID(_ identifier: String) -> String {
    "040000008200E00074C5B7101A82E00800000000" + (identifier + identifier).uppercased().prefix(72)
  }

  /// The id that Graph shows as `iCalUId`: of each occurrence another one, since it holds the day.
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

/// The online meeting behind an event: made a while after it was asked for, and the same ever after.
struct OnlineMeeting: Codable, Sendable {
  var joinURL: String
  var readyAt: Date
  /// Whether it will ever be made.
  var succeeds: Bool
  var isReady = false
  /// In which form its block stands in the text; nil is `usual`.
  var form: TeamsBlockForm?

  var isAwaited: Bool { !isReady && succeeds }
}

/// How online meetings behave: what a test sets through `/_emulator/conference`.
struct OnlineMeetingBehaviour: Sendable {
  /// Seconds between a request for a meeting and its link.
  var delay: TimeInterval = 0
  var succeeds = true
  var form = TeamsBlockForm.usual
}

/// A zone as Exchange has it that came from another program or by email: its rules are those of `start`.
struct CustomZone: Codable, Sendable {
  /// Such as `tzone://Microsoft/Custom`.
  var name: String
  /// Whether the rules are told in the event's properties.
  var hasDefinition: Bool
}
