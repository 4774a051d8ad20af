/// Everything that can go wrong between us and a provider, in the words that decide what happens next.
///
/// A driver maps its vendor's errors to these once. `reason` is for logs and must hold no secret and no personal data.
package enum ProviderError: Error, Sendable, Hashable {
  /// The credentials are refused for good, or a needed scope was not granted: the owner must connect the account again.
  case authExpired(reason: String)
  /// The provider understands and will not do it for this account.
  case forbidden(reason: String)
  case notFound
  /// It was there and was deleted.
  case gone
  /// The calendar itself is not there anymore: it was removed, renamed, or is no longer shared with the account.
  ///
  /// That says nothing about its events, which may be back with it.
  case calendarMissing
  /// The provider has a different version; `etag` is that version's, if the provider told it.
  case conflict(etag: String?)
  case rateLimited(retryAfter: Duration?)
  /// Not reachable, timed out, or failing on its side. Whether the request was carried out is unknown, unless it is
  /// `isUnsent`: then it never got there.
  case unavailable(reason: String, retryAfter: Duration? = nil, isUnsent: Bool = false)
  /// The request itself is wrong in the provider's eyes: sending it again will not help.
  case rejected(reason: String)
  /// The answer cannot be understood. Whether the request was carried out is unknown.
  case malformedReply(reason: String)

  /// Whether the same request may succeed later without a person doing anything.
  package var isRetryable: Bool {
    switch self {
    case .rateLimited, .unavailable, .malformedReply: true
    case .authExpired, .forbidden, .notFound, .gone, .calendarMissing, .conflict, .rejected: false
    }
  }

  /// Whether the request may have done its work all the same.
  package var mayHaveBeenCarriedOut: Bool {
    switch self {
    case .unavailable(_, _, let isUnsent): !isUnsent
    case .malformedReply: true
    case .authExpired, .forbidden, .notFound, .gone, .calendarMissing, .conflict, .rateLimited, .rejected:
      false
    }
  }

  /// This error, for a request that came before the one that matters.
  package var unsent: Self {
    switch self {
    case .unavailable(let reason, let wait, _):
      .unavailable(reason: reason, retryAfter: wait, isUnsent: true)
    case .malformedReply(let reason): .unavailable(reason: reason, isUnsent: true)
    default: self
    }
  }

  /// How long the provider asked us to wait.
  package var retryAfter: Duration? {
    switch self {
    case .rateLimited(let wait), .unavailable(_, let wait, _): wait
    default: nil
    }
  }
}
