package import CalendarCore
package import Crypto
package import Foundation

/// Signs and checks the addresses under which an event's .ics can be fetched without signing in.
///
/// The path is `<workspace>.<event>.<expiry, seconds since 1970>.<HMAC-SHA256>.ics`: it says nothing of the meeting,
/// and is good for one event and one day.
package struct InvitationLink: Sendable {
  package static let lifetime: TimeInterval = 86_400

  private let key: SymmetricKey

  /// `key` is `PHOS_ENCRYPTION_KEY`; a subkey is derived from it for this one use.
  package init(key: SymmetricKey) {
    self.key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: key,
      info: Data("phos invitation link v1".utf8),
      outputByteCount: 32
    )
  }

  /// The last part of the address.
  package func path(workspace: Workspace.ID, event: CalendarEvent.ID, now: Date) -> String {
    let expires = Int(now.addingTimeInterval(Self.lifetime).timeIntervalSince1970)
    let signed = "\(workspace).\(event).\(expires)"
    return "\(signed).\(signature(of: signed)).ics"
  }

  /// What the address names, if we signed it and its time is not over.
  package func open(_ path: String, now: Date) -> (workspace: Workspace.ID, event: CalendarEvent.ID)? {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[4] == "ics",
      let workspace = Workspace.ID(String(parts[0])),
      let event = CalendarEvent.ID(String(parts[1])),
      let expires = Int(parts[2]),
      let code = Data(base64URLEncoded: String(parts[3])),
      HMAC<SHA256>.isValidAuthenticationCode(
        code,
        authenticating: Data(parts[0...2].joined(separator: ".").utf8),
        using: key
      ),
      Double(expires) > now.timeIntervalSince1970
    else { return nil }
    return (workspace, event)
  }

  private func signature(of text: String) -> String {
    Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)).base64URLEncodedString()
  }
}
