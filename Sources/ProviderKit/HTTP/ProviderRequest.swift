package import HTTPTypes

/// One HTTP request of a driver.
///
/// Printing one shows the method only: addresses, headers and bodies may hold what belongs in no log.
package struct ProviderRequest: Sendable, CustomStringConvertible, CustomReflectable {
  package var method: String
  package var url: String
  package var headers: HTTPFields
  package var body: [UInt8]
  /// From resolving the name to the last octet of the answer, redirects included.
  package var timeout: Duration
  /// A longer answer is given up as malformed.
  package var answerLimit: Int
  package var redirects: RedirectPolicy
  package var origin: AddressOrigin

  package init(
    _ method: String,
    _ url: String,
    headers: HTTPFields = [:],
    body: [UInt8] = [],
    timeout: Duration = .seconds(20),
    answerLimit: Int = 8 * 1024 * 1024,
    redirects: RedirectPolicy = .refuse,
    origin: AddressOrigin = .configuration
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
    self.answerLimit = answerLimit
    self.redirects = redirects
    self.origin = origin
  }

  package var description: String { "ProviderRequest(\(method))" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The origin of a request's address.
package enum AddressOrigin: Sendable, Hashable {
  /// The operator of this server, who may use any network.
  case configuration
  /// A user, or a server that a user named: `AddressGuard` decides.
  case user
}

/// The policy for an answer that is a redirect.
package enum RedirectPolicy: Sendable, Hashable {
  /// The redirect is the answer.
  case refuse
  /// Repeat the same request, body and all, at the new address. Never from https to http. Credentials go along
  /// within the same host, and to another host only over https: the server that named the new place has them
  /// already, and discovery of calendars depends on it (RFC 6764 §6).
  case follow(limit: Int)
  /// Follows redirects within the requested scheme, host and port: the request is meant for that server alone.
  case followWithinOrigin(limit: Int)

  var limit: Int {
    switch self {
    case .refuse: 0
    case .follow(let limit), .followWithinOrigin(let limit): limit
    }
  }
}

/// An answer, whatever its status.
package struct ProviderResponse: Sendable, CustomStringConvertible, CustomReflectable {
  package var status: Int
  package var headers: HTTPFields
  package var body: [UInt8]
  /// Where the answer came from, after redirects.
  package var url: String

  package init(status: Int, headers: HTTPFields = [:], body: [UInt8] = [], url: String = "") {
    self.status = status
    self.headers = headers
    self.body = body
    self.url = url
  }

  package var isSuccess: Bool { (200..<300).contains(status) }
  package var description: String { "ProviderResponse(\(status))" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
