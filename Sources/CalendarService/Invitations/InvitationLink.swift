package import CalendarCore
import Crypto
package import Foundation

/// Signs and checks the addresses under which an event's .ics can be fetched without signing in.
///
/// The path is `<workspace>.<event>.<expiry, seconds since 1970>.<HMAC-SHA256>.ics`: it says nothing of the meeting,
/// and is good for one event and one day.
package struct InvitationLink: Sendable {
  package static let lifetime: TimeInterval = 86_400

  /// The first one signs; all are believed.
  private let keys: [SymmetricKey]

  /// Subkeys are derived for this one use.
  package init(_ keys: EncryptionKeys) { self.keys = keys.derived(for: "phos invitation link v1") }

  /// The last part of the address.
  package func path(workspace: Workspace.ID, event: CalendarEvent.ID, now: Date) -> String {
    let expires = Int(now.addingTimeInterval(Self.lifetime).timeIntervalSince1970)
    let signed = "\(workspace).\(event).\(expires)"
    return "\(signed).\(signature(of: signed)).ics"
  }

  /// Returns the event that the address names, if this server signed it and it has not expired.
  package func open(_ path: String, now: Date) -> (workspace: Workspace.ID, event: CalendarEvent.ID)? {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[4] == "ics",
      let workspace = Workspace.ID(String(parts[0])),
      let event = CalendarEvent.ID(String(parts[1])),
      let expires = Int(parts[2]),
      let code = Data(base64URLEncoded: String(parts[3])),
      keys.contains(where: { key in
        HMAC<SHA256>.isValidAuthenticationCode(
          code,
          authenticating: Data(parts[0...2].joined(separator: ".").utf8),
          using: key
        )
      }),
      Double(expires) > now.timeIntervalSince1970
    else { return nil }
    return (workspace, event)
  }

  private func signature(of text: String) -> String {
    Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: keys[0])).base64URLEncodedString()
  }
}
