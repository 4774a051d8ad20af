import CalendarCore
import Foundation
import ProviderKit

/// The calls of Google's API that we make, with its errors in the domain's words.
struct GoogleClient: Sendable {
  private let baseURL: String
  private let http: AuthorizedHTTP
  private let clock: WallClock

  init(apiURL: String, http: AuthorizedHTTP, clock: WallClock) {
    (self.baseURL, self.http, self.clock) = ("\(apiURL)/calendar/v3", http, clock)
  }

  /// What came of an insert.
  enum Insertion: Sendable {
    case made(WireEvent)
    /// The id is taken: by this event, if an earlier answer was lost.
    case exists
  }

  func insert(
    _ event: WireEvent,
    calendar: String,
    notifyAttendees: Bool,
    session: AccountSession
  ) async throws(ProviderError) -> Insertion {
    // Without conferenceDataVersion=1 Google ignores conferences, in both directions.
    let query = FormEncoding.encode([
      ("conferenceDataVersion", "1"), ("sendUpdates", notifyAttendees ? "all" : "none"),
    ])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let body = try? encoder.encode(event) else {
      throw .rejected(reason: "The event cannot be written as JSON.")
    }
    let response = try await http.send(
      ProviderRequest(
        "POST",
        "\(eventsURL(calendar))?\(query)",
        headers: ["Content-Type": "application/json", "Accept": "application/json"],
        body: Array(body)
      ),
      session: session
    )
    if response.status == 409, WireError.reason(of: response) == "duplicate" { return .exists }
    return .made(try decode(response))
  }

  func event(_ id: String, calendar: String, session: AccountSession) async throws(ProviderError) -> WireEvent
  {
    let url = "\(eventsURL(calendar))/\(FormEncoding.encode(id))"
    return try decode(
      try await http.send(
        ProviderRequest("GET", url, headers: ["Accept": "application/json"]),
        session: session
      )
    )
  }

  /// Every calendar in the person's list.
  ///
  /// Asked for before there is an account, with a token just issued.
  func calendars(token: String) async throws(ProviderError) -> [WireCalendarList.Entry] {
    var entries: [WireCalendarList.Entry] = []
    var page: String?
    // 20 pages of 250: more calendars than anybody has, and an end if the pages go in a circle.
    for _ in 0..<20 {
      var query = [("maxResults", "250")]
      if let page { query.append(("pageToken", page)) }
      let url = "\(baseURL)/users/me/calendarList?\(FormEncoding.encode(query))"
      let response = try await http.send(
        ProviderRequest("GET", url, headers: ["Accept": "application/json"]),
        token: token
      )
      let list: WireCalendarList = try decode(response)
      entries += list.items ?? []
      page = list.nextPageToken
      if page == nil { break }
    }
    return entries
  }

  private func eventsURL(_ calendar: String) -> String {
    "\(baseURL)/calendars/\(FormEncoding.encode(calendar))/events"
  }

  private func decode<Answer: Decodable>(_ response: ProviderResponse) throws(ProviderError) -> Answer {
    guard response.isSuccess else { throw WireError.providerError(response, now: clock.now) }
    do { return try JSONDecoder().decode(Answer.self, from: Data(response.body)) } catch {
      throw .malformedReply(reason: "Google's answer is not understood.")
    }
  }
}
