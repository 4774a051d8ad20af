import Crypto
import Foundation

/// A random token that is shown once; only its hash is stored.
///
/// 256 random bits need no slow hash.
package struct BearerToken: Sendable {
  package let text: String

  package init(text: String) { self.text = text }

  package static func make() -> Self {
    Self(text: SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64URLEncodedString() })
  }

  package var hash: String { Self.hash(of: text) }

  package static func hash(of text: String) -> String {
    Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
  }
}
