package import CalendarCore

/// The provider will not have the event, and trying again would not change that.
package struct EventRefused: UseCaseError, Hashable {
  package let cause: ProviderError

  init(_ cause: ProviderError) { self.cause = cause }

  package var code: ErrorCode {
    switch cause {
    case .authExpired: .reconnectRequired
    case .conflict: .conflict
    default: .providerRejected
    }
  }

  package var field: String? {
    switch cause {
    case .authExpired: "connectedAccountId"
    default: nil
    }
  }

  package var message: String {
    switch cause {
    case .authExpired: ReconnectRequired(.refused).message
    case .forbidden: "The calendar does not allow this account to make this meeting."
    case .notFound: "The calendar is not there any more. Check the account in the settings."
    case .gone: "The meeting was deleted in the calendar."
    case .conflict: "The calendar already has another meeting in this one's place."
    case .rejected(let reason): "The calendar refused the meeting: \(reason)"
    case .rateLimited, .unavailable, .malformedReply:
      "The calendar could not be reached for three days. Check the account in the settings, then try again."
    }
  }
}

/// Why an event is not at its provider yet; it will be tried again.
struct PushDelay {
  /// For an event that was given up and is tried again.
  static let again = "The meeting is being delivered again."

  let message: String

  init(_ cause: ProviderError) {
    message =
      switch cause {
      case .rateLimited: "The calendar asks us to slow down. We will deliver the meeting shortly."
      case .malformedReply: "The calendar answered something we do not understand. We keep trying."
      case .authExpired: ReconnectRequired(.refused).message
      default: "The calendar cannot be reached. The meeting is kept here and delivered as soon as it answers."
      }
  }
}
