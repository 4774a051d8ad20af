import CalendarCore
import Foundation
import HTTPTypes
import JSONModel
import ProviderKit

/// The calls of Graph that we make, with its errors in the domain's words.
struct GraphClient: Sendable {
  let baseURL: String
  private let http: AuthorizedHTTP
  private let clock: WallClock

  init(graphURL: String, http: AuthorizedHTTP, clock: WallClock) {
    baseURL = "\(graphURL)/v1.0"
    self.http = http
    self.clock = clock
  }

  /// The result of a creation.
  enum Creation: Sendable {
    case made(GraphEvent)
    /// An earlier request with the same `transactionId` made it.
    case exists
  }

  func create(
    _ body: JSON,
    calendar: String,
    session: AccountSession
  ) async throws(ProviderError) -> Creation {
    let response = try await send("POST", "\(calendarPath(calendar))/events", body: body, session)
    if response.status == 409 { return .exists }
    return .made(try event(response))
  }

  /// An event with what we keep with it.
  func event(_ id: String, _ session: AccountSession) async throws(ProviderError) -> GraphEvent {
    let query = FormEncoding.encode([("$expand", EventProperty.expansion)])
    return try event(try await send("GET", "\(eventPath(id))?\(query)", session))
  }

  /// The rules of the time zone that Exchange keeps with an event: those by which a series repeats before those by which
  /// the start is shown; nil when there are none.
  func timeZoneDefinition(
    _ id: String,
    _ session: AccountSession
  ) async throws(ProviderError) -> TimeZoneDefinition? {
    // PidLidAppointmentTimeZoneDefinitionRecur and -StartDisplay ([MS-OXPROPS] §2.33 and §2.34).
    let ids = ["8260", "825e"].map { "binary {00062002-0000-0000-c000-000000000046} id 0x\($0)" }
    let filter = ids.map {
      "id eq '\($0.replacing("binary", with: "Binary").replacing(" id ", with: " Id "))'"
    }
    .joined(separator: " or ")
    let query = FormEncoding.encode([
      ("$select", "id"), ("$expand", "singleValueExtendedProperties($filter=\(filter))"),
    ])
    let answer = try event(try await send("GET", "\(eventPath(id))?\(query)", session))
    let properties = answer.json["singleValueExtendedProperties"]?.array ?? []
    return ids.lazy.compactMap { id in
      properties.first { $0["id"]?.string?.lowercased() == id }?["value"]?.string
        .flatMap { Data(base64Encoded: $0) }.flatMap { TimeZoneDefinition(Array($0)) }
    }.first
  }

  /// The name of the zone of the owner's mailbox; nil where that may not be asked.
  func mailboxZone(_ session: AccountSession) async throws(ProviderError) -> String? {
    guard MicrosoftScope.canReadSettings(session.account.grantedScopes) else { return nil }
    let response = try await send("GET", "/me/mailboxSettings", session)
    guard response.isSuccess else {
      let error = WireError.providerError(response, now: clock.now)
      if case .forbidden = error { return nil }
      throw error
    }
    return JSON(response.body)?["timeZone"]?.string
  }

  /// The id of the event with a property of ours; nil when there is none.
  func find(
    _ property: EventProperty,
    _ value: String,
    calendar: String,
    session: AccountSession
  ) async throws(ProviderError) -> String? {
    let filter =
      "singleValueExtendedProperties/Any(ep: ep/id eq '\(property.id)' and ep/value eq '\(value)')"
    let query = FormEncoding.encode([("$filter", filter), ("$select", "id"), ("$top", "2")])
    let list = try await list("\(calendarPath(calendar))/events?\(query)", session)
    return list.items.first?["id"]?.string
  }

  /// Changes the properties that the body names; only the version of `etag`, where one is known.
  func update(
    _ id: String,
    _ body: JSON,
    etag: String?,
    session: AccountSession
  ) async throws(ProviderError) -> GraphEvent {
    try event(try await send("PATCH", eventPath(id), body: body, etag: etag, session))
  }

  /// Also tells the guests of a meeting, if the owner is its organizer.
  func delete(_ id: String, session: AccountSession) async throws(ProviderError) {
    let response = try await send("DELETE", eventPath(id), session)
    guard response.isSuccess else { throw WireError.providerError(response, now: clock.now) }
  }

  func answer(
    _ id: String,
    _ action: String,
    sends: Bool,
    session: AccountSession
  ) async throws(ProviderError) {
    let body: JSON = ["sendResponse": .bool(sends)]
    let response = try await send("POST", "\(eventPath(id))/\(action)", body: body, session)
    guard response.isSuccess else { throw WireError.providerError(response, now: clock.now) }
  }

  /// One page of a list.
  struct Page: Sendable {
    var items: [JSON]
    var nextLink: String?
    var deltaLink: String?
  }

  /// A page, by a path of ours or a link that Graph gave.
  func list(
    _ address: String,
    pageSize: Int? = nil,
    _ session: AccountSession
  ) async throws(ProviderError) -> Page {
    let response = try await send("GET", address, pageSize: pageSize, session)
    guard response.isSuccess else { throw WireError.providerError(response, now: clock.now) }
    guard let answer = JSON(response.body), let items = answer["value"]?.array else {
      throw .malformedReply(reason: Messages.unexpectedList)
    }
    let links = (answer["@odata.nextLink"]?.string, answer["@odata.deltaLink"]?.string)
    return Page(items: items, nextLink: links.0, deltaLink: links.1)
  }

  /// Every page of a list that ends.
  func all(_ address: String, _ session: AccountSession) async throws(ProviderError) -> [JSON] {
    var (items, address) = ([JSON](), Optional(address))
    // An end, if the pages go in a circle.
    for _ in 0..<100 {
      guard let next = address else { break }
      let page = try await list(next, pageSize: 500, session)
      items += page.items
      address = page.nextLink
    }
    return items
  }

  /// Something about the account, asked for before there is one, with a token just issued.
  func get(_ path: String, token: String) async throws(ProviderError) -> JSON {
    let response = try await http.send(Self.request("GET", baseURL + path), token: token)
    guard response.isSuccess else { throw WireError.providerError(response, now: clock.now) }
    guard let answer = JSON(response.body) else {
      throw .malformedReply(reason: Messages.unexpectedResponse)
    }
    return answer
  }

  func calendarPath(_ calendar: String) -> String { "/me/calendars/\(FormEncoding.encode(calendar))" }

  func eventPath(_ id: String) -> String { "/me/events/\(FormEncoding.encode(id))" }

  private func send(
    _ method: String,
    _ address: String,
    body: JSON? = nil,
    etag: String? = nil,
    pageSize: Int? = nil,
    _ session: AccountSession
  ) async throws(ProviderError) -> ProviderResponse {
    // A link that Graph gives may not lead our token elsewhere.
    let url = address.hasPrefix("/") ? baseURL + address : address
    guard url.hasPrefix(baseURL + "/") else {
      throw .malformedReply(reason: Messages.foreignPage)
    }
    return try await http.send(
      Self.request(method, url, body: body, etag: etag, pageSize: pageSize),
      session: session
    )
  }

  private static func request(
    _ method: String,
    _ url: String,
    body: JSON? = nil,
    etag: String? = nil,
    pageSize: Int? = nil
  ) -> ProviderRequest {
    // Without these an id is another one after the event was moved, and times are on the mailbox's clock.
    var prefer = "IdType=\"ImmutableId\", outlook.timezone=\"UTC\""
    if let pageSize { prefer += ", odata.maxpagesize=\(pageSize)" }
    var headers: HTTPFields = [.accept: "application/json"]
    headers[named: "Prefer"] = prefer
    if body != nil { headers[.contentType] = "application/json" }
    headers[.ifMatch] = etag
    return ProviderRequest(
      method,
      url,
      headers: headers,
      body: body.map { Array($0.encoded()) } ?? [],
      // A page of events, each with a long text.
      answerLimit: 64 * 1024 * 1024
    )
  }

  private func event(_ response: ProviderResponse) throws(ProviderError) -> GraphEvent {
    guard response.isSuccess else { throw WireError.providerError(response, now: clock.now) }
    guard let json = JSON(response.body), json["id"]?.string != nil else {
      throw .malformedReply(reason: Messages.unexpectedResponse)
    }
    return GraphEvent(json)
  }
}
