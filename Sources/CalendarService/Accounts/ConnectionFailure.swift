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
    case .authExpired, .rejected, .forbidden, .notFound, .gone, .calendarMissing, .conflict: .validationFailed
    case .rateLimited, .unavailable, .malformedReply: .providerUnavailable
    }
  }

  package var message: String {
    switch cause {
    case .authExpired: Messages.Accounts.signInRejected
    case .rejected(let reason): reason
    case .forbidden: Messages.Accounts.calendarsForbidden
    case .notFound, .gone, .calendarMissing: Messages.Accounts.noCalendarThere
    case .conflict: Messages.Accounts.serverConflict
    case .rateLimited: Messages.Accounts.rateLimited
    case .unavailable: Messages.Accounts.unreachable
    case .malformedReply: Messages.Accounts.notACalendarServer
    }
  }
}
