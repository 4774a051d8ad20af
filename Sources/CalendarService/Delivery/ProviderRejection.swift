package import CalendarCore

/// The provider will not have the event, and trying again would not change that.
package struct ProviderRejection: UseCaseError, Hashable {
  package let cause: ProviderError
  /// The refused operation.
  private let operation: JobContext.Operation
  /// Whether it was not even sent, because the meeting has taken place.
  let isOver: Bool
  /// The guests of whom the provider was told.
  private let guests: [EmailAddress]

  init(
    _ cause: ProviderError,
    _ operation: JobContext.Operation = .create,
    isOver: Bool = false,
    guests: [CalendarEventParticipant] = []
  ) {
    self.cause = cause
    self.operation = operation
    self.isOver = isOver
    self.guests = guests.map(\.handle)
  }

  private var addressHint: String? { operation == .delete ? nil : guests.rejectionHint }

  /// Whether the event is no longer there.
  var meansDeleted: Bool {
    guard operation == .change else { return false }
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
    case .rejected where addressHint != nil: "attendees"
    default: nil
    }
  }

  package var message: String {
    if isOver { return Messages.Delivery.over }
    return switch cause {
    case .authExpired: ReconnectRequired(.refused).message
    case .forbidden:
      switch operation {
      case .create: Messages.Delivery.creatingForbidden
      case .change: Messages.Delivery.changingForbidden
      case .delete: Messages.Delivery.deletingForbidden
      }
    case .calendarMissing: Messages.Delivery.calendarGone
    case .notFound where operation == .create: Messages.Delivery.calendarGone
    case .notFound, .gone: Messages.Delivery.deletedInCalendar
    case .conflict: Messages.Delivery.placeTaken
    case .rejected(let reason):
      [Messages.Delivery.rejected(reason), addressHint].compactMap(\.self).joined(separator: " ")
    case .rateLimited, .unavailable, .malformedReply: Messages.Delivery.unreachableForDays
    }
  }
}

extension [EmailAddress] {
  /// The sentence that names those of the addresses that a server may have rejected for their letters; nil where none
  /// is such.
  var rejectionHint: String? {
    let addresses = filter(\.hasNonASCIILocalPart).map(\.rawValue)
    return addresses.isEmpty ? nil : Messages.Access.rejectedFor(addresses.joined(separator: ", "))
  }
}

/// Why an event is not at its provider yet; it will be tried again.
struct PendingReason {
  /// For an event that was given up and is tried again.
  static let again = Messages.Delivery.retrying
  /// For an event that is accepted before the provider has said anything.
  static let unanswered = Messages.Delivery.pending

  let message: String

  init(_ cause: ProviderError) {
    message =
      switch cause {
      case .rateLimited: Messages.Delivery.rateLimited
      case .malformedReply: Messages.Delivery.unexpectedResponse
      case .authExpired: ReconnectRequired(.refused).message
      default: Messages.Delivery.unreachable
      }
  }
}
