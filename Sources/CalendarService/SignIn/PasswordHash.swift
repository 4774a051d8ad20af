import Crypto
import CryptoExtras
package import Foundation

/// Passwords as stored: `scrypt$<log2 N>$<r>$<p>$<salt>$<hash>`, base64 (RFC 7914).
///
/// The cost, N = 2¹⁵, r = 8, p = 1, takes 32 MiB and some tens of milliseconds; call it off the cooperative pool.
package enum PasswordHash {
  private static let (logN, r, p) = (15, 8, 1)

  package static func make(_ password: String, salt: Data = randomSalt()) throws -> String {
    let hash = try derive(password, salt: salt, logN: logN, r: r, p: p)
    return "scrypt$\(logN)$\(r)$\(p)$\(salt.base64EncodedString())$\(hash.base64EncodedString())"
  }

  /// Whether the password is the stored one.
  ///
  /// With nothing stored it works as long and answers false, so that timing does not tell which addresses
  /// exist.
  package static func verify(_ password: String, stored: String?) throws -> Bool {
    let parts = (stored ?? absent).split(separator: "$")
    guard parts.count == 6, parts[0] == "scrypt",
      let logN = Int(parts[1]), (10...20).contains(logN),
      let r = Int(parts[2]), (1...32).contains(r),
      let p = Int(parts[3]), (1...16).contains(p),
      let salt = Data(base64Encoded: String(parts[4])),
      let expected = Data(base64Encoded: String(parts[5]))
    else { return false }
    let hash = try derive(password, salt: salt, logN: logN, r: r, p: p)
    return stored != nil && constantTimeEqual(hash, expected)
  }

  private static let absent =
    "scrypt$\(logN)$\(r)$\(p)$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

  private static func derive(_ password: String, salt: Data, logN: Int, r: Int, p: Int) throws -> Data {
    try KDF.Scrypt.deriveKey(
      from: Data(password.precomposedStringWithCanonicalMapping.utf8),
      salt: salt,
      outputByteCount: 32,
      rounds: 1 << logN,
      blockSize: r,
      parallelism: p,
      maxMemory: 256 << 20
    ).withUnsafeBytes { Data($0) }
  }

  package static func randomSalt() -> Data { SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) } }

  private static func constantTimeEqual(_ left: Data, _ right: Data) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
