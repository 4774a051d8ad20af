import CalendarCore
import Foundation
import HTTPTypes
import ProviderKit

/// The requests of CalDAV that we make, for one login.
struct CalDAVClient: Sendable {
  let http: ProviderHTTP
  let login: Login
  let clock: WallClock

  /// A user name and a password as Basic authentication sends them (RFC 7617).
  struct Login: Sendable, CustomStringConvertible, CustomReflectable {
    let username: String
    let password: String

    init(username: String, password: String) throws(ProviderError) {
      let isSendable = (username + password).unicodeScalars.allSatisfy {
        $0.properties.generalCategory != .control
      }
      guard isSendable, !username.isEmpty, !username.contains(":") else {
        throw .rejected(reason: Messages.userNameInvalid)
      }
      self.username = username
      self.password = password
    }

    init(_ credentials: Credentials) throws(ProviderError) {
      guard let username = credentials["username"], let password = credentials["password"] else {
        throw .authExpired(reason: Messages.noPassword)
      }
      try self.init(username: username, password: password)
    }

    var credentials: Credentials { Credentials(["username": username, "password": password]) }
    var header: String { "Basic " + Data("\(username):\(password)".utf8).base64EncodedString() }
    var description: String { "Login(•••)" }
    var customMirror: Mirror { Mirror(self, children: []) }
  }

  func send(
    _ method: String,
    _ url: String,
    headers: HTTPFields = [:],
    body: [UInt8] = [],
    timeout: Duration = .seconds(20),
    answerLimit: Int = 8 * 1024 * 1024,
    redirects: RedirectPolicy = .followWithinOrigin(limit: 5)
  ) async throws(ProviderError) -> ProviderResponse {
    var headers = headers
    headers[.authorization] = login.header
    return try await http.send(
      ProviderRequest(
        method,
        url,
        headers: headers,
        body: body,
        timeout: timeout,
        answerLimit: answerLimit,
        redirects: redirects,
        origin: .user
      )
    )
  }

  /// The fields of a request that asks about a resource in XML (RFC 4918 §10.2).
  static func xml(depth: Int) -> HTTPFields {
    // Some servers refuse any other content type.
    HTTPFields([HTTPField(name: .contentType, value: "application/xml; charset=utf-8")])
      .adding(String(depth), named: "Depth")
  }

  func propfind(_ url: WebAddress, depth: Int) async throws(ProviderError) -> ProviderResponse {
    try await send(
      "PROPFIND",
      url.text,
      headers: Self.xml(depth: depth),
      body: Propfind.discovery,
      timeout: .seconds(10),
      // Only the search may lead elsewhere: events stay on the server where it found their calendar.
      redirects: .follow(limit: 5)
    )
  }

  /// The meaning of an error that the caller does not handle itself.
  func error(_ response: ProviderResponse) -> ProviderError {
    let conditions = Precondition.all(in: response)
    if conditions.contains(where: \.isMissingPrivilege) {
      return .forbidden(reason: Messages.readOnly)
    }
    let names = conditions.map(\.name.local).filter { $0.utf8.count <= 60 }.prefix(3).joined(separator: ", ")
    let reason = Messages.answered(response.status, names)
    // A condition of the calendar data itself will be the same the next time, whatever the status.
    if !conditions.isEmpty, (400..<500).contains(response.status), response.status != 401 {
      return .rejected(reason: reason)
    }
    return ProviderError(response, reason: reason, now: clock.now)
  }
}
