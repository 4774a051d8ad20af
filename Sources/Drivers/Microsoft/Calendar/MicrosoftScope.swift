/// The delegated permissions that matter here (learn.microsoft.com/graph/permissions-reference).
enum MicrosoftScope {
  static let calendars = "Calendars.ReadWrite"
  /// Whose account it is.
  static let profile = "User.Read"
  /// A refresh token.
  static let offline = "offline_access"

  /// Sends mail, and reads none.
  static let send = "Mail.Send"

  /// The mailbox's time zone, in which whole days are written.
  static let settings = "MailboxSettings.Read"

  static let requested = [offline, profile, calendars, send, settings]

  static func canReadSettings(_ granted: [String]) -> Bool {
    granted.contains { short($0) == settings || short($0) == "MailboxSettings.ReadWrite" }
  }

  static func canSend(_ granted: [String]) -> Bool { granted.contains { short($0) == send } }

  static func canWrite(_ granted: [String]) -> Bool {
    granted.contains { short($0) == calendars || short($0) == "Calendars.ReadWrite.Shared" }
  }

  /// Some answers name the resource with the permission.
  private static func short(_ scope: String) -> Substring {
    scope.split(separator: "/").last ?? ""
  }
}
