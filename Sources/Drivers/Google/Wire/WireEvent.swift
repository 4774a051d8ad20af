import Foundation

/// An event resource of Calendar v3, the fields that we write or read.
struct WireEvent: Codable, Sendable {
  var id: String
  var status: String?
  var etag: String?
  var htmlLink: String?
  var iCalUID: String?
  var sequence: Int?
  /// When it was last changed, RFC 3339.
  var updated: String?
  var organizer: WirePerson?
  /// The series of which this is one occurrence.
  var recurringEventId: String?
  /// When the series has that occurrence start.
  var originalStartTime: WireTime?
  var eventType: String?
  var transparency: String?
  var visibility: String?
  var summary: String?
  var description: String?
  var location: String?
  var start: WireTime?
  var end: WireTime?
  var recurrence: [String]?
  var attendees: [WireAttendee]?
  /// Whether there are more guests than are told.
  var attendeesOmitted: Bool?
  var hangoutLink: String?
  var conferenceData: WireConferenceData?
  var extendedProperties: ExtendedProperties?

  struct ExtendedProperties: Codable, Sendable {
    var `private`: [String: String]?
  }

  init(id: String) { self.id = id }

  init?(source: [UInt8]) {
    guard let event = try? JSONDecoder().decode(Self.self, from: Data(source)) else { return nil }
    self = event
  }
}

/// An event as Google has it, with the answer that told it.
struct StoredEvent: Sendable {
  var wire: WireEvent
  var source: [UInt8]

  /// Google keeps what was deleted under its id, with this word.
  var isDeleted: Bool { wire.status == "cancelled" }
}

/// A page of `events.list`.
struct WireEventList: Codable, Sendable {
  var timeZone: String?
  var nextPageToken: String?
  var nextSyncToken: String?
}

/// The page with its events, each as Google told it.
struct StoredEventList: Sendable {
  var wire: WireEventList
  var items: [StoredEvent]
  /// The ids of those whose fields are not what Google says they are.
  var unreadable: [String] = []
}

struct WirePerson: Codable, Sendable {
  var email: String?
  var displayName: String?
  /// Whether it is the calendar on which this copy of the event is.
  var isSelf: Bool?

  enum CodingKeys: String, CodingKey {
    case email, displayName
    case isSelf = "self"
  }
}

/// `date` or `dateTime`, never both.
struct WireTime: Codable, Sendable {
  var date: String?
  var dateTime: String?
  var timeZone: String?
}

struct WireAttendee: Codable, Sendable {
  var email: String?
  var displayName: String?
  var responseStatus: String?
  var organizer: Bool?
  /// Whether it is the calendar on which this copy of the event is.
  var isSelf: Bool?

  enum CodingKeys: String, CodingKey {
    case email, displayName, responseStatus, organizer
    case isSelf = "self"
  }
}

/// `conferenceData` of an event.
struct WireConferenceData: Codable, Sendable {
  var createRequest: CreateRequest?
  var conferenceId: String?
  var entryPoints: [EntryPoint]?

  struct CreateRequest: Codable, Sendable {
    var requestId: String?
    var conferenceSolutionKey: SolutionKey?
    var status: Status?

    struct SolutionKey: Codable, Sendable { var type: String? }
    struct Status: Codable, Sendable { var statusCode: String? }
  }

  struct EntryPoint: Codable, Sendable {
    var entryPointType: String?
    var uri: String?
    var label: String?
    var pin: String?
    var passcode: String?
  }
}
