/// An event resource of Calendar v3, the fields that we write or read.
struct WireEvent: Codable, Sendable {
  var id: String
  var status: String?
  var etag: String?
  var htmlLink: String?
  var iCalUID: String?
  var sequence: Int?
  var summary: String?
  var description: String?
  var location: String?
  var start: WireTime?
  var end: WireTime?
  var recurrence: [String]?
  var attendees: [WireAttendee]?
  var hangoutLink: String?
  var conferenceData: WireConferenceData?
  var extendedProperties: ExtendedProperties?

  struct ExtendedProperties: Codable, Sendable {
    var `private`: [String: String]?
  }

  init(id: String) { self.id = id }
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
