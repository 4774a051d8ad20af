import CalendarCore
import Foundation
import HTTPTypes
import JSONModel
import ProviderKit

/// Zoom's error body: `{"code":3001,"message":"…"}`; the code decides, for a 400 can mean many things.
enum ZoomError {
  static func providerError(_ response: ProviderResponse, now: Date) -> ProviderError {
    let code = JSON(Array(response.body.prefix(64 * 1024)))?["code"]?.integer
    switch code {
    case 124: return .authExpired(reason: Messages.tokenRejected)
    case 4700, 4711: return .authExpired(reason: Messages.permissionMissing)
    case 3001: return .notFound
    case 200, 3000: return .rejected(reason: Messages.notAllowed(code ?? 0))
    default: break
    }
    if response.status == 429 {
      return .rateLimited(retryAfter: response.retryAfter(now: now) ?? untilMidnight(response, now: now))
    }
    let reason = Messages.answered(response.status, code)
    return ProviderError(response, reason: reason, now: now)
  }

  /// The daily limit says when it ends as `2027-01-28T00:00:00Z`.
  private static func untilMidnight(_ response: ProviderResponse, now: Date) -> Duration? {
    guard let text = response.headers[values: .retryAfter].first,
      let date = try? Date(text, strategy: .iso8601)
    else {
      return nil
    }
    return .seconds(Int64(min(max(date.timeIntervalSince(now).rounded(.up), 0), 86_400)))
  }
}
