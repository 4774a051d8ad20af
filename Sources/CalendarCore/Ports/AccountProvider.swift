/// A kind of account that members connect: at a calendar, at a video service, or at both.
package protocol AccountProvider: Sendable {
  /// Names the kind; `ConnectedAccount.provider` of every such account.
  var accountProviderID: AccountProviderID { get }
  /// The name that users read.
  var displayName: String { get }
  /// The icon shown before its name; a plain calendar unless the driver has one of its own.
  var icon: ProviderIcon { get }

  /// Whether what was granted allows writing what the account is for: events, or meetings.
  func canWrite(_ account: ConnectedAccount) -> Bool
}

extension AccountProvider {
  package var icon: ProviderIcon { .calendar }

  /// Read off the driver's abilities.
  package var connection: ProviderConnection {
    switch self {
    case is any ConnectsWithOAuth: .oauth
    case is any ConnectsWithForm: .form
    default: .builtIn
    }
  }
}
