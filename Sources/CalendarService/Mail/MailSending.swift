package import CalendarCore

/// Whether, and how, mail can be sent with an account.
package struct MailSending: Sendable {
  let calendars: CalendarProviderRegistry
  let transports: MailTransportRegistry

  /// The transport, or why there is none now.
  enum Route {
    case available(any MailTransport)
    case unavailable(reason: String)
  }

  /// Mail is sent with accounts that have a calendar: others have no address that their owner is known by.
  func route(of account: ConnectedAccount) -> Route {
    guard account.disconnectedAt == nil else {
      return .unavailable(reason: Messages.Mail.notConnected)
    }
    guard calendars.provider(for: account) != nil, let transport = transports.transport(for: account) else {
      return .unavailable(reason: Messages.Mail.noMailServer)
    }
    if account.authFailedAt != nil { return .unavailable(reason: ReconnectRequired(.refused).message) }
    return transport.unavailableReason(for: account).map(Route.unavailable) ?? .available(transport)
  }

  /// Why nothing can be sent with the account; a sentence, or nil.
  package func unavailableReason(of account: ConnectedAccount) -> String? {
    if case .unavailable(let reason) = route(of: account) { reason } else { nil }
  }

  /// Octets of the largest whole message.
  package func largestMessage(of account: ConnectedAccount) -> Int? {
    if case .available(let transport) = route(of: account) { transport.largestMessage } else { nil }
  }
}

/// Mail cannot be sent with the account.
package struct MailUnavailable: UseCaseError, Hashable {
  let reason: String

  package var code: ErrorCode { .reconnectRequired }
  package var field: String? { "connectedAccountId" }
  package var message: String { reason }
}
