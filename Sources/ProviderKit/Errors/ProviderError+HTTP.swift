package import CalendarCore
package import Foundation
import HTTPTypes

extension ProviderError {
  /// A request that got no answer.
  package init(_ error: TransportError) {
    switch error {
    case .notConnected(let reason):
      self = .unavailable(reason: Messages.unreachableBecause(reason), isUnsent: true)
    case .lost(let reason):
      self = .unavailable(reason: Messages.connectionLost(reason))
    case .answerTooLong:
      self = .malformedReply(reason: Messages.responseTooLong)
    case .invalidAddress:
      self = .rejected(reason: Messages.notAWebAddress)
    }
  }

  /// The meaning of a status where the vendor says nothing more.
  ///
  /// `reason` must be free of personal data.
  package init(_ response: ProviderResponse, reason: String, now: Date) {
    let wait = response.retryAfter(now: now)
    switch response.status {
    case 401: self = .authExpired(reason: reason)
    case 403: self = .forbidden(reason: reason)
    case 404: self = .notFound
    case 410: self = .gone
    case 409, 412: self = .conflict(etag: nil)
    case 429: self = .rateLimited(retryAfter: wait)
    case 408, 423, 425, 500...599: self = .unavailable(reason: reason, retryAfter: wait)
    case 400...499: self = .rejected(reason: reason)
    default: self = .malformedReply(reason: reason)
    }
  }
}

extension ProviderResponse {
  /// `Retry-After`, in seconds or as a date (RFC 9110 §10.2.3), at most a day.
  package func retryAfter(now: Date) -> Duration? {
    guard let text = headers[.retryAfter] else { return nil }
    let seconds =
      Int(text).map(Double.init) ?? Date(httpDate: text).map { $0.timeIntervalSince(now).rounded(.up) }
    return seconds.map { .seconds(Int64(min(max($0, 0), 86_400))) }
  }
}
