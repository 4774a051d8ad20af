package import CalendarCore
import Foundation

/// Why a caller may not change an event, or not delete it.
package enum PermissionDenial: UseCaseError, Hashable {
  case featureDisabled(FeatureFlagKey)
  case notOwn
  case noCalendar
  case notOrganizer
  case reconnect(ReconnectRequired.Reason)
  case readOnlyCalendar
  case over
  case canceled
  case undecided

  package var code: ErrorCode {
    switch self {
    case .featureDisabled: .featureDisabled
    case .notOwn, .noCalendar, .notOrganizer, .readOnlyCalendar, .over, .canceled: .forbidden
    case .reconnect: .reconnectRequired
    case .undecided: .conflict
    }
  }

  package var message: String {
    switch self {
    case .featureDisabled(let key): AccessError.featureDisabled(key).message
    case .notOwn: Messages.Permissions.notOwn
    case .noCalendar: Messages.Permissions.noCalendar
    case .notOrganizer: Messages.Permissions.notOrganizer
    case .reconnect(let reason): ReconnectRequired(reason).message
    case .readOnlyCalendar: Messages.Permissions.readOnlyCalendar
    case .over: Messages.Permissions.over
    case .canceled: Messages.Permissions.canceled
    case .undecided:
      Messages.Permissions.undecided
    }
  }
}

/// The reasons against changing and deleting one event; nil where it is allowed.
package struct EventPermissions: Sendable, Hashable {
  package var edit: PermissionDenial?
  package var delete: PermissionDenial?
}

/// The rules of who may change what.
struct EventPermissionRules {
  let caller: Caller
  let flags: FeatureFlags
  let calendars: CalendarProviderRegistry
  let now: Date

  func permissions(
    of event: CalendarEvent,
    account: ConnectedAccount?,
    channel: CalendarChannel?
  ) -> EventPermissions {
    let common = common(event, account, channel)
    var permissions = EventPermissions(
      edit: denial(by: .eventEdit) ?? common,
      delete: denial(by: .eventDelete) ?? common
    )
    // Calling off is allowed after the fact, and ends a conflict.
    permissions.edit =
      permissions.edit
      ?? (event.isCanceled ? .canceled : event.push.status == .conflict ? .undecided : nil)
      ?? (event.isOver(at: now) ? .over : nil)
    return permissions
  }

  /// Decides for an event by itself.
  func permissions(of event: CalendarEvent, from reader: any WorkspaceReader) throws -> EventPermissions {
    permissions(
      of: event,
      account: try event.accountID.flatMap { try reader.accounts.find($0) },
      channel: try event.channelID.flatMap { try reader.accounts.channel($0) }
    )
  }

  private func denial(by flag: FeatureFlagKey) -> PermissionDenial? {
    for key in [.compose, flag] where !flags.isEnabled(key) { return .featureDisabled(key) }
    return nil
  }

  private func common(
    _ event: CalendarEvent,
    _ account: ConnectedAccount?,
    _ channel: CalendarChannel?
  ) -> PermissionDenial? {
    guard event.crmCreatorID == caller.memberID || account?.ownerID == caller.memberID else { return .notOwn }
    guard let account, let channel, let provider = calendars.provider(for: account) else {
      return .noCalendar
    }
    if let organizer = event.organizer, organizer.handle != account.handle { return .notOrganizer }
    guard account.disconnectedAt == nil else { return .noCalendar }
    guard account.authFailedAt == nil else { return .reconnect(.refused) }
    guard provider.canWrite(account) else { return .reconnect(.noWriteScope) }
    return channel.isWritable ? nil : .readOnlyCalendar
  }
}

extension CalendarEvent {
  /// Whether nothing of it is left to take place.
  ///
  /// A whole day is over when it is over everywhere.
  func isOver(at now: Date) -> Bool {
    if let repeatsUntil { return repeatsUntil <= now }
    return timing.isOver(at: now)
  }
}
