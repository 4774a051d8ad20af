package import CalendarCore
package import ProviderKit

/// A calendar driver with one account at its emulator or real server, as the suite needs it.
///
/// A new driver's tests implement it and run `CalendarConformance.checks`.
package protocol CalendarUnderTest: Sendable {
  associatedtype Provider: CalendarProvider
  var provider: Provider { get }
  /// The session of the calendar's owner, `ann@example.com`.
  var session: AccountSession { get }
  /// The calendar's external id.
  var calendar: String { get }
  /// The transport that carries all of the driver's requests.
  var network: FaultyTransport { get }
  /// The number of events that the provider stores, read without the driver.
  var eventCount: Int { get async throws }

  /// Edits an event as its owner could in another program: changes its title and adds a guest.
  func changeOutside(_ event: ProviderEvent, title: String, guest: String) async throws

  /// Another organizer's meeting, to which the account is invited, with one more guest, `zoe@example.net`; nil where
  /// there can be none.
  func invitation() async throws -> ProviderEventReference?

  /// Runs `body` while the suite listens at an address that the provider can call, and answers as a receiver has to.
  func withWebhookReceiver(_ body: (WebhookReceiver) async throws -> Void) async throws

  /// The vendor's own response to this case; nil when it never gives one.
  func answer(_ refusal: Refusal) -> ProviderResponse?

  /// Whether a request calls the API, rather than asking for a token.
  func isAPI(_ request: ProviderRequest) -> Bool
}

extension CalendarUnderTest {
  package func invitation() async throws -> ProviderEventReference? { nil }
  package func withWebhookReceiver(_ body: (WebhookReceiver) async throws -> Void) async throws {
    throw Nonconformity("there is no address at which notifications could arrive")
  }
  package func isAPI(_ request: ProviderRequest) -> Bool { true }
}

/// The ways in which providers refuse.
package enum Refusal: String, Sendable, CaseIterable {
  /// 401.
  case unauthorized
  /// 403: not for this account.
  case forbidden
  /// 403: a permission was not granted.
  case missingPermission
  /// 403 or 429: too many requests, without `Retry-After`.
  case tooMany
  /// Makes the provider answer with `Retry-After: 7`.
  case tooManyForSevenSeconds
  case notFound
  case gone
  /// 412.
  case stale
  /// 400.
  case invalid
  /// 500.
  case failure
  /// 503, with `Retry-After: 7`.
  case awayForSevenSeconds

  /// The errors that a driver may throw for it.
  var expected: [ProviderErrorKind] {
    switch self {
    case .unauthorized: [.authExpired]
    case .forbidden: [.forbidden]
    // A vendor that does not distinguish this from `forbidden` must not make members reconnect.
    case .missingPermission: [.authExpired, .forbidden]
    case .tooMany, .tooManyForSevenSeconds: [.rateLimited]
    case .notFound: [.notFound]
    case .gone: [.gone]
    case .stale: [.conflict]
    case .invalid: [.rejected]
    case .failure, .awayForSevenSeconds: [.unavailable]
    }
  }

  var retryAfter: Duration? {
    switch self {
    case .tooManyForSevenSeconds, .awayForSevenSeconds: .seconds(7)
    default: nil
    }
  }
}

/// The cases of `ProviderError`, without what they carry.
package enum ProviderErrorKind: String, Sendable {
  case authExpired, forbidden, notFound, gone, calendarMissing
  case conflict, rateLimited, unavailable, rejected, malformedReply

  package init(_ error: ProviderError) {
    self =
      switch error {
      case .authExpired: .authExpired
      case .forbidden: .forbidden
      case .notFound: .notFound
      case .gone: .gone
      case .calendarMissing: .calendarMissing
      case .conflict: .conflict
      case .rateLimited: .rateLimited
      case .unavailable: .unavailable
      case .rejected: .rejected
      case .malformedReply: .malformedReply
      }
  }
}
