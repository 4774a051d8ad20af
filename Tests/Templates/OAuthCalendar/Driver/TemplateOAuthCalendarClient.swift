import CalendarCore
import HTTPTypes
import JSONModel
import ProviderKit

/// The API's requests, and what its answers mean.
struct TemplateOAuthCalendarClient: Sendable {
  let apiURL: String
  let http: AuthorizedHTTP
  let clock: WallClock

  /// Who the account belongs to; `token` is of an account that is being connected.
  func me(token: String) async throws(ProviderError) -> JSON {
    try answer(try await http.send(request("GET", "/me"), token: token))
  }

  func calendars(token: String) async throws(ProviderError) -> [JSON] {
    let answer = try answer(try await http.send(request("GET", "/calendars"), token: token))
    guard let calendars = answer["calendars"]?.array else {
      throw .malformedReply(reason: Messages.unexpectedList)
    }
    return calendars
  }

  func event(_ path: String, session: AccountSession) async throws(ProviderError) -> JSON {
    try answer(try await http.send(request("GET", path), session: session))
  }

  /// Throws `.conflict` when there is one already.
  func create(
    _ path: String,
    _ event: JSON,
    session: AccountSession
  ) async throws(ProviderError) -> JSON {
    let request = request("PUT", path, [.ifNoneMatch: "*"], event)
    return try answer(try await http.send(request, session: session))
  }

  /// Changes the given members, and removes those that are null (RFC 7396).
  func update(
    _ path: String,
    _ members: JSON,
    etag: String?,
    session: AccountSession
  ) async throws(ProviderError) -> JSON {
    var headers: HTTPFields = [:]
    headers[.ifMatch] = etag
    return try answer(try await http.send(request("PATCH", path, headers, members), session: session))
  }

  func delete(_ path: String, session: AccountSession) async throws(ProviderError) {
    try check(try await http.send(request("DELETE", path), session: session))
  }

  private func request(
    _ method: String,
    _ path: String,
    _ headers: HTTPFields = [:],
    _ body: JSON? = nil
  ) -> ProviderRequest {
    var headers = headers
    headers[.accept] = "application/json"
    if body != nil { headers[.contentType] = "application/json" }
    return ProviderRequest(
      method,
      "\(apiURL)/v1\(path)",
      headers: headers,
      body: body.map { Array($0.encoded()) } ?? []
    )
  }

  private func answer(_ response: ProviderResponse) throws(ProviderError) -> JSON {
    try check(response)
    guard let value = JSON(response.body) else {
      throw .malformedReply(reason: Messages.unexpectedResponse)
    }
    return value
  }

  private func check(_ response: ProviderResponse) throws(ProviderError) {
    guard !response.isSuccess else { return }
    let code = JSON(response.body)?["error"]?.string
    if response.status == 403, code == "insufficient_scope" {
      throw .authExpired(reason: Messages.permissionMissing)
    }
    throw ProviderError(
      response,
      reason: Messages.answered(response.status),
      now: clock.now
    )
  }
}
