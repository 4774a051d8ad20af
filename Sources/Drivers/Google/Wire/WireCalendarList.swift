/// A page of `calendarList.list`.
struct WireCalendarList: Decodable, Sendable {
  var items: [Entry]?
  var nextPageToken: String?

  struct Entry: Decodable, Sendable {
    var id: String
    var summary: String?
    var summaryOverride: String?
    var primary: Bool?
    var accessRole: String?
    var conferenceProperties: ConferenceProperties?

    /// A calendar shared as free or busy has nothing to show.
    var showsEvents: Bool { accessRole != "freeBusyReader" }
  }

  struct ConferenceProperties: Decodable, Sendable {
    var allowedConferenceSolutionTypes: [String]?
  }
}
