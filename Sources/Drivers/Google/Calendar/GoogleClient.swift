import CalendarCore
import Foundation
import HTTPTypes
import JSONModel
import ProviderKit

/// The calls of Google's API that we make, with its errors in the domain's words.
struct GoogleClient: Sendable {
  private let baseURL: String
  private let http: AuthorizedHTTP
  private let clock: WallClock

  init(apiURL: String, http: AuthorizedHTTP, clock: WallClock) {
    self.baseURL = "\(apiURL)/calendar/v3"
    self.http = http
    self.clock = clock
  }

  /// The result of an insert.
  enum Insertion: Sendable {
    case made(StoredEvent)
    /// The id is taken: by this event, if an earlier answer was lost.
    case exists
  }

  func insert(
    _ event: WireEvent,
    calendar: String,
    notifyAttendees: Bool,
    session: AccountSession
  ) async throws(ProviderError) -> Insertion {
    let url = "\(eventsURL(calendar))?\(Self.writing(notifyAttendees))"
    let response = try await http.send(try Self.request("POST", url, body: event), session: session)
    if response.status == 409, WireError.reason(of: response) == "duplicate" { return .exists }
    return .made(try stored(response))
  }

  /// Changes the fields that `patch` names; only the version of `etag`, where one is known.
  func patch(
    _ id: String,
    _ patch: [String: JSON],
    etag: String?,
    calendar: String,
    notifyAttendees: Bool,
    session: AccountSession
  ) async throws(ProviderError) -> StoredEvent {
    let url = "\(eventURL(id, calendar))?\(Self.writing(notifyAttendees))"
    var request = try Self.request("PATCH", url, body: patch)
    if let etag { request.headers[.ifMatch] = etag }
    return try stored(try await http.send(request, session: session))
  }

  func delete(
    _ id: String,
    calendar: String,
    notifyAttendees: Bool,
    session: AccountSession
  ) async throws(ProviderError) {
    let query = FormEncoding.encode([Self.updates(notifyAttendees)])
    let request = ProviderRequest("DELETE", "\(eventURL(id, calendar))?\(query)")
    let response = try await http.send(request, session: session)
    guard response.isSuccess else { throw WireError.providerError(response, now: clock.now) }
  }

  func event(
    _ id: String,
    calendar: String,
    session: AccountSession
  ) async throws(ProviderError) -> StoredEvent {
    let request = ProviderRequest("GET", eventURL(id, calendar), headers: [.accept: "application/json"])
    return try stored(try await http.send(request, session: session))
  }

  /// A page of the calendar's events.
  func list(
    _ query: [(String, String)],
    calendar: String,
    session: AccountSession
  ) async throws(ProviderError) -> StoredEventList {
    let response = try await http.send(
      ProviderRequest(
        "GET",
        "\(eventsURL(calendar))?\(FormEncoding.encode(query))",
        headers: [.accept: "application/json"],
        // 2,500 events, each with a description and guests.
        answerLimit: 64 * 1024 * 1024
      ),
      session: session
    )
    let page: WireEventList = try decode(response)
    guard let items = JSON(response.body)?["items"]?.array else {
      throw .malformedReply(reason: Messages.listWithoutItems)
    }
    var list = StoredEventList(wire: page, items: [])
    let encoder = JSONEncoder()
    for item in items {
      if let source = try? encoder.encode(item), let event = WireEvent(source: Array(source)) {
        list.items.append(StoredEvent(wire: event, source: Array(source)))
      } else if let id = item["id"]?.string {
        list.unreadable.append(id)
      }
    }
    return list
  }

  /// Every calendar in the person's list.
  ///
  /// Asked for before there is an account, with a token just issued.
  func calendars(token: String) async throws(ProviderError) -> [WireCalendarList.Entry] {
    var entries: [WireCalendarList.Entry] = []
    var page: String?
    // 20 pages of 250: more calendars than anyone has, and an end if the pages go in a circle.
    for _ in 0..<20 {
      var query = [("maxResults", "250")]
      if let page { query.append(("pageToken", page)) }
      let url = "\(baseURL)/users/me/calendarList?\(FormEncoding.encode(query))"
      let response = try await http.send(
        ProviderRequest("GET", url, headers: [.accept: "application/json"]),
        token: token
      )
      let list: WireCalendarList = try decode(response)
      entries += list.items ?? []
      page = list.nextPageToken
      if page == nil { break }
    }
    return entries
  }

  /// Opens a channel for changes of the calendar's events.
  func watch(
    _ channel: WireChannel,
    calendar: String,
    session: AccountSession
  ) async throws(ProviderError) -> WireChannel {
    let request = try Self.request("POST", "\(eventsURL(calendar))/watch", body: channel)
    let response = try await http.send(request, session: session)
    guard response.status != 400 || WireError.reason(of: response) != "channelIdNotUnique" else {
      throw .conflict(etag: nil)
    }
    return try decode(response)
  }

  func stop(_ channel: WireChannel, session: AccountSession) async throws(ProviderError) {
    let request = try Self.request("POST", "\(baseURL)/channels/stop", body: channel)
    let response = try await http.send(request, session: session)
    guard response.isSuccess else { throw WireError.providerError(response, now: clock.now) }
  }

  private func eventsURL(_ calendar: String) -> String {
    "\(baseURL)/calendars/\(FormEncoding.encode(calendar))/events"
  }

  private func eventURL(_ id: String, _ calendar: String) -> String {
    "\(eventsURL(calendar))/\(FormEncoding.encode(id))"
  }

  /// Without conferenceDataVersion=1 Google ignores conferences, in both directions.
  private static func writing(_ notifyAttendees: Bool) -> String {
    FormEncoding.encode([("conferenceDataVersion", "1"), updates(notifyAttendees)])
  }

  private static func updates(_ notifyAttendees: Bool) -> (String, String) {
    ("sendUpdates", notifyAttendees ? "all" : "none")
  }

  private static func request(
    _ method: String,
    _ url: String,
    body: some Encodable
  ) throws(ProviderError) -> ProviderRequest {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let body = try? encoder.encode(body) else {
      throw .rejected(reason: Messages.notWritable)
    }
    return ProviderRequest(
      method,
      url,
      headers: [.contentType: "application/json", .accept: "application/json"],
      body: Array(body)
    )
  }

  private func stored(_ response: ProviderResponse) throws(ProviderError) -> StoredEvent {
    StoredEvent(wire: try decode(response), source: response.body)
  }

  private func decode<Answer: Decodable>(_ response: ProviderResponse) throws(ProviderError) -> Answer {
    guard response.isSuccess else { throw WireError.providerError(response, now: clock.now) }
    do { return try JSONDecoder().decode(Answer.self, from: Data(response.body)) } catch {
      throw .malformedReply(reason: Messages.unexpectedResponse)
    }
  }
}
