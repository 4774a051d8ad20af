import CalendarCore
import Foundation
import HTTPTypes
import JSONModel
import ProviderKit

/// The calls of Zoom's API that we make, with its errors in the domain's words.
struct ZoomClient: Sendable {
  private let baseURL: String
  private let http: AuthorizedHTTP
  private let clock: WallClock

  init(apiURL: String, http: AuthorizedHTTP, clock: WallClock) {
    baseURL = "\(apiURL)/v2"
    self.http = http
    self.clock = clock
  }

  func create(_ body: JSON, _ session: AccountSession) async throws(ProviderError) -> ZoomMeeting {
    try meeting(try await send("POST", "/users/me/meetings", body, session: session))
  }

  func meeting(_ id: String, _ session: AccountSession) async throws(ProviderError) -> ZoomMeeting {
    try meeting(try await send("GET", "/meetings/\(FormEncoding.encode(id))", session: session))
  }

  func update(_ id: String, _ body: JSON, _ session: AccountSession) async throws(ProviderError) {
    _ = try await send("PATCH", "/meetings/\(FormEncoding.encode(id))", body, session: session)
  }

  func delete(_ id: String, _ session: AccountSession) async throws(ProviderError) {
    _ = try await send("DELETE", "/meetings/\(FormEncoding.encode(id))", session: session)
  }

  /// The id of the meeting that bears our mark; nil when there is none.
  func find(_ requestID: String, _ session: AccountSession) async throws(ProviderError) -> String? {
    var page = ""
    // 20 pages of 300: more meetings than anyone has ahead, and an end if the pages go in a circle.
    for _ in 0..<20 {
      var query = [("type", "scheduled"), ("page_size", "300")]
      if !page.isEmpty { query.append(("next_page_token", page)) }
      let path = "/users/me/meetings?\(FormEncoding.encode(query))"
      guard let answer = JSON(try await send("GET", path, session: session).body),
        let meetings = answer["meetings"]?.array
      else { throw .malformedReply(reason: Messages.unexpectedList) }
      let mark = ZoomMeeting.mark(requestID)
      if let found = meetings.first(where: { $0["agenda"]?.string?.contains(mark) ?? false }) {
        return ZoomMeeting.id(found)
      }
      page = answer["next_page_token"]?.string ?? ""
      if page.isEmpty { break }
    }
    return nil
  }

  /// Whose account it is; asked for before there is one, with a token just issued.
  func me(token: String) async throws(ProviderError) -> JSON {
    let response = try await http.send(Self.request("GET", "\(baseURL)/users/me"), token: token)
    guard response.isSuccess else { throw ZoomError.providerError(response, now: clock.now) }
    guard let me = JSON(response.body) else {
      throw .malformedReply(reason: Messages.unexpectedResponse)
    }
    return me
  }

  private func send(
    _ method: String,
    _ path: String,
    _ body: JSON? = nil,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderResponse {
    let response = try await http.send(Self.request(method, baseURL + path, body), session: session)
    guard response.isSuccess else { throw ZoomError.providerError(response, now: clock.now) }
    return response
  }

  private static func request(_ method: String, _ url: String, _ body: JSON? = nil) -> ProviderRequest {
    var headers: HTTPFields = [.accept: "application/json"]
    if body != nil { headers[.contentType] = "application/json" }
    return ProviderRequest(method, url, headers: headers, body: body.map { Array($0.encoded()) } ?? [])
  }

  private func meeting(_ response: ProviderResponse) throws(ProviderError) -> ZoomMeeting {
    guard let meeting = ZoomMeeting(JSON(response.body)) else {
      throw .malformedReply(reason: Messages.unexpectedResponse)
    }
    return meeting
  }
}
