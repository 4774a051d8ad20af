import CalendarCore

/// Why an account could not be connected.
package struct ConnectionFailure: UseCaseError {
  let cause: ProviderError
  package let field: String?

  init(_ cause: ProviderError, field: String?) {
    self.cause = cause
    self.field = field
  }

  package var code: ErrorCode {
    switch cause {
    case .authExpired, .rejected, .forbidden, .notFound, .gone, .conflict: .validationFailed
    case .rateLimited, .unavailable, .malformedReply: .providerUnavailable
    }
  }

  package var message: String {
    switch cause {
    case .authExpired: "The server refused this user name and password."
    case .rejected(let reason): reason
    case .forbidden: "The server does not let this user see calendars."
    case .notFound, .gone: "There is no calendar at this address."
    case .conflict: "The server reports a conflict. Try again."
    case .rateLimited: "The server asks us to wait. Try again in a few minutes."
    case .unavailable: "The server cannot be reached at this address. Check it, or try again later."
    case .malformedReply: "The server at this address isn't a calendar server."
    }
  }
}
