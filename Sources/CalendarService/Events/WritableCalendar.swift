import CalendarCore

/// The calendar that an event goes to, once it is sure that the caller may write there.
struct WritableCalendar {
  let account: ConnectedAccount
  let channel: CalendarChannel
  let provider: any CalendarProvider

  static func find(
    accountID: ConnectedAccount.ID,
    caller: Caller,
    reader: any WorkspaceReader,
    calendars: CalendarProviderRegistry
  ) throws -> Self {
    let field = "connectedAccountId"
    guard let account = try reader.accounts.find(accountID), account.disconnectedAt == nil else {
      throw AccessError.missingCalendarAccount
    }
    guard account.ownerID == caller.memberID else {
      throw AccessError.forbidden(
        reason: Messages.Events.otherMembersAccount,
        field: field
      )
    }
    guard let provider = calendars.provider(for: account) else {
      throw AccessError.notFound(what: Messages.Things.accountProvider, field: field)
    }
    guard account.authFailedAt == nil else { throw ReconnectRequired(.refused) }
    guard provider.canWrite(account) else { throw ReconnectRequired(.noWriteScope) }
    guard let channel = try reader.accounts.channels(accountIDs: [accountID]).first(where: \.isWritable)
    else {
      throw AccessError.forbidden(
        reason: Messages.Events.noWritableCalendar,
        field: field
      )
    }
    return Self(account: account, channel: channel, provider: provider)
  }
}

/// The account must be connected again before anything can be written with it.
package struct ReconnectRequired: UseCaseError, Hashable {
  package enum Reason: Sendable { case refused, noWriteScope }
  package let reason: Reason

  package init(_ reason: Reason) { self.reason = reason }

  package var code: ErrorCode { .reconnectRequired }
  package var field: String? { "connectedAccountId" }
  package var message: String {
    switch reason {
    case .refused:
      Messages.Access.reconnectRefused
    case .noWriteScope:
      Messages.Access.reconnectToWrite
    }
  }
}

extension CalendarProviderRegistry {
  /// The driver of the calendar that an event is in; nil where its account or the driver is gone.
  func provider(of event: CalendarEvent, from reader: any WorkspaceReader) throws -> (any CalendarProvider)? {
    try event.accountID.flatMap { try reader.accounts.find($0) }.flatMap { provider(for: $0) }
  }
}
