package import CalendarCore

/// The provider will not have the event, and trying again would not change that.
package struct EventRefused: UseCaseError, Hashable {
  package let cause: ProviderError
  /// What was refused.
  private let errand: JobContext.Errand
  /// Whether it was not even sent, because the meeting has taken place.
  let isOver: Bool

  init(_ cause: ProviderError, _ errand: JobContext.Errand = .create, isOver: Bool = false) {
    self.cause = cause
    self.errand = errand
    self.isOver = isOver
  }

  /// Whether the event is no longer there.
  var meansDeleted: Bool {
    guard errand == .change else { return false }
    return switch cause {
    case .gone, .notFound: true
    default: false
    }
  }

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
    if isOver { return "The meeting is over, so the change was not sent to the calendar." }
    return switch cause {
    case .authExpired: ReconnectRequired(.refused).message
    case .forbidden:
      switch errand {
      case .create: "The calendar does not allow this account to make this meeting."
      case .change: "The calendar does not allow this account to change this meeting."
      case .delete: "The calendar does not allow this account to delete this meeting."
      }
    case .notFound where errand == .create:
      "The calendar no longer exists. Check the account in Settings."
    case .notFound, .gone: "The meeting was deleted in the calendar."
    case .conflict: "The calendar already has another meeting in this one's place."
    case .rejected(let reason): "The calendar refused the meeting: \(reason)"
    case .rateLimited, .unavailable, .malformedReply:
      "The calendar could not be reached for three days. Check the account in Settings, then try again."
    }
  }
}

/// Why an event is not at its provider yet; it will be tried again.
struct PushDelay {
  /// For an event that was given up and is tried again.
  static let again = "The meeting is being delivered again."
  /// For an event that is accepted before the provider has said anything.
  static let unanswered =
    "The calendar has not answered yet. The meeting is kept here and will be delivered."

  let message: String

  init(_ cause: ProviderError) {
    message =
      switch cause {
      case .rateLimited: "The calendar is limiting our requests. The meeting will be delivered shortly."
      case .malformedReply: "The calendar sent an unexpected response. We'll keep trying."
      case .authExpired: ReconnectRequired(.refused).message
      default: "The calendar cannot be reached. The meeting is kept here and delivered as soon as it answers."
      }
  }
}
