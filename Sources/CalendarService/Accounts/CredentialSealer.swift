package import CalendarCore
package import Crypto
import Foundation

/// Seals accounts' secrets with AES-256-GCM for storing, and opens them again.
///
/// The form is `v1.<key id>.<base64 of nonce, ciphertext and tag>`. The account's id is authenticated with it, so
/// that a sealed secret moved to another account's row does not open.
package struct CredentialSealer: Sendable {
  private let key: SymmetricKey
  private let keyID: String

  /// `key` is `PHOS_ENCRYPTION_KEY`; a subkey is derived from it for this one use.
  package init(key: SymmetricKey) {
    self.key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: key,
      info: Data("phos credentials v1".utf8),
      outputByteCount: 32
    )
    keyID = key.withUnsafeBytes { bytes in
      SHA256.hash(data: Data("phos key id".utf8) + bytes).prefix(4).map { String(format: "%02x", $0) }
        .joined()
    }
  }

  package func seal(_ credentials: Credentials, for account: ConnectedAccount.ID) throws -> String {
    let plain = try JSONEncoder().encode(credentials.values)
    let box = try AES.GCM.seal(plain, using: key, authenticating: Data(account.description.utf8))
    guard let combined = box.combined else { throw SealError.cannotOpen }
    return "v1.\(keyID).\(combined.base64EncodedString())"
  }

  package func open(_ sealed: String, for account: ConnectedAccount.ID) throws -> Credentials {
    let parts = sealed.split(separator: ".", maxSplits: 2)
    guard parts.count == 3, parts[0] == "v1" else { throw SealError.cannotOpen }
    guard parts[1] == keyID else { throw SealError.otherKey }
    guard let combined = Data(base64Encoded: String(parts[2])) else { throw SealError.cannotOpen }
    let box = try AES.GCM.SealedBox(combined: combined)
    let plain = try AES.GCM.open(box, using: key, authenticating: Data(account.description.utf8))
    return Credentials(try JSONDecoder().decode([String: String].self, from: plain))
  }

  /// Why a sealed secret stays shut.
  package enum SealError: Error { case cannotOpen, otherKey }
}
