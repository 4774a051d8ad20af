import CalendarCore
import Foundation
import HTTPTypes
import JSONModel
import ProviderKit

/// The server's requests in the name of one account, and what its answers mean.
struct TemplateFormCalendarClient: Sendable {
  let http: ProviderHTTP
  let clock: WallClock
  private let authorization: String

  init(username: String, password: String, http: ProviderHTTP, clock: WallClock) {
    self.http = http
    self.clock = clock
    authorization = "Basic \(Data("\(username):\(password)".utf8).base64EncodedString())"
  }

  init(_ credentials: Credentials, http: ProviderHTTP, clock: WallClock) throws(ProviderError) {
    guard let username = credentials["username"], let password = credentials["password"] else {
      throw .authExpired(reason: Messages.noPassword)
    }
    self.init(username: username, password: password, http: http, clock: clock)
  }

  /// Names of the calendars below an address.
  func calendars(at serverURL: String) async throws(ProviderError) -> [JSON] {
    let response = try await send("GET", "\(serverURL)/calendars")
    guard let calendars = JSON(response.body)?["calendars"]?.array else {
      throw .malformedReply(reason: Messages.unexpectedList)
    }
    return calendars
  }

  func file(_ address: String) async throws(ProviderError) -> StoredFile {
    try StoredFile(try await send("GET", address), at: address)
  }

  /// Stores a file in place of the one with the tag, or where there is none; throws `.conflict` otherwise.
  func put(
    _ octets: [UInt8],
    at address: String,
    replacing etag: String?
  ) async throws(ProviderError) -> StoredFile {
    var headers: HTTPFields = [.contentType: "text/calendar; charset=utf-8"]
    headers[etag == nil ? .ifNoneMatch : .ifMatch] = etag ?? "*"
    _ = try await send("PUT", address, headers, octets)
    // What the server has made of it is read back: its tag, and the fields that it adds.
    return try await file(address)
  }

  func delete(_ address: String) async throws(ProviderError) { _ = try await send("DELETE", address) }

  private func send(
    _ method: String,
    _ address: String,
    _ headers: HTTPFields = [:],
    _ body: [UInt8] = []
  ) async throws(ProviderError) -> ProviderResponse {
    var headers = headers
    headers[.authorization] = authorization
    // A member typed the address: the guard decides where the connection may go.
    let request = ProviderRequest(method, address, headers: headers, body: body, origin: .user)
    let response = try await http.send(request)
    guard response.isSuccess else {
      throw ProviderError(response, reason: Messages.answered(response.status), now: clock.now)
    }
    return response
  }
}

/// An event's file as the server has it.
struct StoredFile: Sendable {
  let address: String
  let etag: String
  let octets: [UInt8]

  init(_ response: ProviderResponse, at address: String) throws(ProviderError) {
    guard let etag = response.headers[.eTag] else {
      throw .malformedReply(reason: Messages.noETag)
    }
    self.address = address
    self.etag = etag
    octets = response.body
  }
}
