import CalendarCore
import Foundation
import ProviderKit

/// Google's error body: `{"error":{"code","message","errors":[{"domain","reason","message"}]}}`.
struct WireError: Decodable {
  private var error: Body

  private struct Body: Decodable {
    var errors: [Item]?

    struct Item: Decodable { var reason: String? }
  }

  /// The first reason, if it looks like one of Google's words.
  static func reason(of response: ProviderResponse) -> String? {
    let body = try? JSONDecoder().decode(Self.self, from: Data(response.body))
    guard let reason = body?.error.errors?.first?.reason,
      reason.utf8.count <= 60, reason.allSatisfy({ $0.isASCII && ($0.isLetter || $0 == ".") })
    else { return nil }
    return reason
  }

  /// The meaning of Google's error.
  ///
  /// The reason decides, for a 403 alone can mean three different things
  /// (developers.google.com/workspace/calendar/api/guides/errors).
  static func providerError(_ response: ProviderResponse, now: Date) -> ProviderError {
    let reason = reason(of: response)
    let wait = response.retryAfter(now: now)
    switch reason {
    case "rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded",
      "calendarUsageLimitsExceeded":
      return .rateLimited(retryAfter: wait)
    case "insufficientPermissions":
      return .authExpired(reason: Messages.permissionMissing)
    case "accessNotConfigured":
      return .unavailable(reason: Messages.apiDisabled, retryAfter: wait)
    case "deleted":
      return .gone
    default:
      let code = reason ?? "no reason given"
      return ProviderError(response, reason: Messages.answered(response.status, code), now: now)
    }
  }
}
