package import CalendarCore

/// An error of a use case in the contract's form: a stable code, and a sentence for people.
package protocol UseCaseError: Error {
  var code: ErrorCode { get }
  var message: String { get }
  /// The input field that is to blame, as the contract names it.
  var field: String? { get }
}

extension UseCaseError {
  package var field: String? { nil }
}

/// The contract's `errorCode`s.
package enum ErrorCode: String, Sendable, CaseIterable {
  case validationFailed = "VALIDATION_FAILED"
  case featureDisabled = "FEATURE_DISABLED"
  case forbidden = "FORBIDDEN"
  case notFound = "NOT_FOUND"
  case conflict = "CONFLICT"
  case reconnectRequired = "RECONNECT_REQUIRED"
  case providerRejected = "PROVIDER_REJECTED"
  case providerUnavailable = "PROVIDER_UNAVAILABLE"
  case unauthenticated = "UNAUTHENTICATED"
  case rateLimited = "RATE_LIMITED"
  case resumePositionExpired = "RESUME_POSITION_EXPIRED"
  case internalError = "INTERNAL_SERVER_ERROR"
}

/// Input that cannot be used: which field, and what to do about it.
package struct InvalidInput: UseCaseError, Hashable {
  package let invalidField: String
  package let message: String

  package init(_ field: String, _ message: String) {
    invalidField = field
    self.message = message
  }

  package var code: ErrorCode { .validationFailed }
  package var field: String? { invalidField }
}

/// A thing that is not there for this caller, or that they may not do.
package enum AccessError: UseCaseError, Hashable {
  case featureDisabled(FeatureFlagKey)
  case notFound(what: String, field: String?)
  case forbidden(reason: String, field: String?)

  package var code: ErrorCode {
    switch self {
    case .featureDisabled: .featureDisabled
    case .notFound: .notFound
    case .forbidden: .forbidden
    }
  }

  package var message: String {
    switch self {
    case .featureDisabled(let key): Messages.Access.featureDisabled(key.capability)
    case .notFound(let what, _): Messages.Access.notFound(what)
    case .forbidden(let reason, _): reason
    }
  }

  package var field: String? {
    switch self {
    case .featureDisabled: nil
    case .notFound(_, let field), .forbidden(_, let field): field
    }
  }
}
