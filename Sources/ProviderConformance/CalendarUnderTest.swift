package import CalendarCore
package import ProviderKit

/// A calendar driver with one account at its emulator or real server, as the suite needs it.
///
/// A new driver's tests say this of it, and run `CalendarConformance.checks`.
package protocol CalendarUnderTest: Sendable {
  associatedtype Provider: CalendarProvider
  var provider: Provider { get }
  /// For `calendar`'s owner, `ann@example.com`.
  var session: AccountSession { get }
  /// The calendar's external id.
  var calendar: String { get }
  /// What all of the driver's requests go through.
  var network: FaultyTransport { get }
  /// How many events the provider keeps, asked without the driver.
  var eventCount: Int { get async throws }

  /// Does to an event what its owner could do with another program: gives it another title, adds a guest.
  func changeOutside(_ event: ProviderEvent, title: String, guest: String) async throws

  /// Another organizer's meeting, to which the account is invited, with one more guest, `zoe@example.net`; nil where
  /// there can be none.
  func invitation() async throws -> ProviderEventReference?

  /// What the vendor answers in this case, in its own words; nil when it never does.
  func answer(_ refusal: Refusal) -> ProviderResponse?

  /// Whether a request is one of the API, and not for a token.
  func isAPI(_ request: ProviderRequest) -> Bool
}

extension CalendarUnderTest {
  package func invitation() async throws -> ProviderEventReference? { nil }
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
  /// 403 or 429: too many requests, without a word about when to come again.
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

  /// What a driver must make of it.
  var expected: [ProviderErrorKind] {
    switch self {
    case .unauthorized: [.authExpired]
    case .forbidden: [.forbidden]
    // A vendor whose word for it does not tell it from `forbidden` may not be misread as "connect again".
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
