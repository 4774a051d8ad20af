package import Foundation

/// Where the mail of accounts arrives.
///
/// It is looked into for answers to invitations, and nothing in it is changed: not even that a mail was seen.
package protocol MailInbox: Sendable {
  /// Whether mail of this account can be looked into.
  func handles(_ account: ConnectedAccount) -> Bool

  /// Calendar files in mails that came after `position`, or in the newest ones when there is none.
  ///
  /// Never more of a mail than its structure and these files is asked for.
  func calendarFiles(
    after position: String?,
    session: AccountSession
  ) async throws(ProviderError) -> InboxScanResult
}

/// The result of one scan of a mailbox.
package struct InboxScanResult: Sendable, CustomStringConvertible, CustomReflectable {
  /// As they came, in UTF-8.
  package let files: [String]
  /// Where to go on; opaque.
  package let position: String
  /// Whether there is more to be found at once.
  package let hasMore: Bool

  package init(files: [String], position: String, hasMore: Bool) {
    self.files = files
    self.position = position
    self.hasMore = hasMore
  }

  package var description: String { "InboxScanResult(\(files.count) files)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A driver for servers that members name when they connect an account.
package protocol VerifiesMailServer: Sendable {
  /// Whether the address is one of a server that this driver speaks with. Asked before `check`; nothing is connected.
  func recognizes(server address: String) -> Bool

  /// Signs in, and does nothing there.
  ///
  /// `login` is used where the address has none.
  /// `ProviderError.rejected` says what is wrong, as a sentence for people.
  func check(
    server address: String,
    login: (username: String, password: String)
  ) async throws(ProviderError) -> AccountMailServer
}

/// The settings that an account stores for a server of its own.
package struct AccountMailServer: Sendable {
  package let credentials: [String: String]
  package let parameters: [String: String]

  package init(credentials: [String: String], parameters: [String: String]) {
    self.credentials = credentials
    self.parameters = parameters
  }
}

/// How far the mailbox of an account was read.
package struct InboxCursor: Sendable, Hashable {
  /// `InboxScanResult.position`; nil before the first look.
  package var position: String?
  /// When it was looked into last.
  package var readAt: Date?
  /// Why it cannot be looked into now, as a sentence.
  package var problem: String?

  package init(position: String? = nil, readAt: Date? = nil, problem: String? = nil) {
    self.position = position
    self.readAt = readAt
    self.problem = problem
  }
}
