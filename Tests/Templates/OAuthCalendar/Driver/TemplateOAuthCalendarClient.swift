import CalendarCore
import ProviderKit

/// The API's requests, and what its answers mean.
struct TemplateOAuthCalendarClient: Sendable {
  let apiURL: String
  let http: AuthorizedHTTP
  let clock: WallClock

  /// Who the account belongs to; `token` is of an account that is being connected.
  func me(token: String) async throws(ProviderError) -> JSONValue {
    try answer(try await http.send(request("GET", "/me"), token: token))
  }

  func calendars(token: String) async throws(ProviderError) -> [JSONValue] {
    let answer = try answer(try await http.send(request("GET", "/calendars"), token: token))
    guard let calendars = answer["calendars"]?.array else {
      throw .malformedReply(reason: "TemplateOAuthCalendar sent an unexpected list.")
    }
    return calendars
  }

  func event(_ path: String, session: AccountSession) async throws(ProviderError) -> JSONValue {
    try answer(try await http.send(request("GET", path), session: session))
  }

  /// Throws `.conflict` when there is one already.
  func create(
    _ path: String,
    _ event: JSONValue,
    session: AccountSession
  ) async throws(ProviderError) -> JSONValue {
    let request = request("PUT", path, ["If-None-Match": "*"], event)
    return try answer(try await http.send(request, session: session))
  }

  /// Changes the given members, and removes those that are null (RFC 7396).
  func update(
    _ path: String,
    _ members: JSONValue,
    etag: String?,
    session: AccountSession
  ) async throws(ProviderError) -> JSONValue {
    var headers: HeaderFields = [:]
    headers["If-Match"] = etag
    return try answer(try await http.send(request("PATCH", path, headers, members), session: session))
  }

  func delete(_ path: String, session: AccountSession) async throws(ProviderError) {
    try check(try await http.send(request("DELETE", path), session: session))
  }

  private func request(
    _ method: String,
    _ path: String,
    _ headers: HeaderFields = [:],
    _ body: JSONValue? = nil
  ) -> ProviderRequest {
    var headers = headers
    headers["Accept"] = "application/json"
    if body != nil { headers["Content-Type"] = "application/json" }
    return ProviderRequest(method, "\(apiURL)/v1\(path)", headers: headers, body: body?.encoded ?? [])
  }

  private func answer(_ response: ProviderResponse) throws(ProviderError) -> JSONValue {
    try check(response)
    guard let value = JSONValue(response.body) else {
      throw .malformedReply(reason: "TemplateOAuthCalendar sent an unexpected response.")
    }
    return value
  }

  private func check(_ response: ProviderResponse) throws(ProviderError) {
    guard !response.isSuccess else { return }
    let code = JSONValue(response.body)?["error"]?.string
    if response.status == 403, code == "insufficient_scope" {
      throw .authExpired(reason: "A permission was not granted.")
    }
    throw ProviderError(
      response,
      reason: "TemplateOAuthCalendar answered \(response.status).",
      now: clock.now
    )
  }
}
