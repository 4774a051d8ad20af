package import CalendarCore
package import Crypto
import Foundation

/// The keys that an installation has: the one that is used, and those before it.
package struct EncryptionKeys: Sendable {
  package var current: SymmetricKey
  /// Values that were sealed or signed with them can still be read.
  package var previous: [SymmetricKey]

  package init(_ current: SymmetricKey, previous: [SymmetricKey] = []) {
    self.current = current
    self.previous = previous
  }

  /// A subkey of each for one use, the current one first.
  func derived(for use: String) -> [SymmetricKey] {
    ([current] + previous).map { key in
      HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data(use.utf8), outputByteCount: 32)
    }
  }
}

/// Seals accounts' secrets with AES-256-GCM for storing, and opens them again.
///
/// The form is `v1.<key id>.<base64 of nonce, ciphertext and tag>`. The account's id is authenticated with it, so
/// that a sealed secret moved to another account's row does not open.
package struct CredentialSealer: Sendable {
  private struct Key: Sendable {
    let id: String
    let key: SymmetricKey
  }

  /// The first one seals.
  private let keys: [Key]

  /// Subkeys are derived for this one use.
  package init(_ keys: EncryptionKeys) {
    let derived = keys.derived(for: "phos credentials v1")
    self.keys = zip([keys.current] + keys.previous, derived).map { Key(id: Self.id(of: $0), key: $1) }
  }

  private static func id(of key: SymmetricKey) -> String {
    key.withUnsafeBytes { bytes in
      SHA256.hash(data: Data("phos key id".utf8) + bytes).prefix(4).map { String(format: "%02x", $0) }
        .joined()
    }
  }

  package func seal(_ credentials: Credentials, for account: ConnectedAccount.ID) throws -> String {
    try seal(JSONEncoder().encode(credentials.values), for: account)
  }

  package func open(_ sealed: String, for account: ConnectedAccount.ID) throws -> Credentials {
    Credentials(try JSONDecoder().decode([String: String].self, from: try plain(sealed, account)))
  }

  /// Whether it is sealed with the key that is used now.
  package func isCurrent(_ sealed: String) -> Bool {
    keys.first.map { sealed.hasPrefix("v1.\($0.id).") } ?? false
  }

  /// Seals the secrets under the current key.
  package func resealed(_ sealed: String, for account: ConnectedAccount.ID) throws -> String {
    try seal(try plain(sealed, account), for: account)
  }

  private func seal(_ plain: Data, for account: ConnectedAccount.ID) throws -> String {
    guard let key = keys.first else { throw SealError.otherKey }
    let box = try AES.GCM.seal(plain, using: key.key, authenticating: Data(account.description.utf8))
    guard let combined = box.combined else { throw SealError.cannotOpen }
    return "v1.\(key.id).\(combined.base64EncodedString())"
  }

  private func plain(_ sealed: String, _ account: ConnectedAccount.ID) throws -> Data {
    let parts = sealed.split(separator: ".", maxSplits: 2)
    guard parts.count == 3, parts[0] == "v1" else { throw SealError.cannotOpen }
    guard let key = keys.first(where: { $0.id == parts[1] }) else { throw SealError.otherKey }
    guard let combined = Data(base64Encoded: String(parts[2])) else { throw SealError.cannotOpen }
    let box = try AES.GCM.SealedBox(combined: combined)
    return try AES.GCM.open(box, using: key.key, authenticating: Data(account.description.utf8))
  }

  /// Why a sealed secret stays shut.
  package enum SealError: Error { case cannotOpen, otherKey }
}
