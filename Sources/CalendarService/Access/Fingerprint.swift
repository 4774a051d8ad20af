import Crypto
import Foundation

/// Tells a repeated request from another one that happens to use the same key.
enum Fingerprint {
  static func of(_ parts: [String?]) -> String {
    var hash = SHA256()
    for part in parts {
      // The length keeps ("a", "bc") apart from ("ab", "c"); -1 stands for an absent value.
      hash.update(data: Data("\(part?.utf8.count ?? -1):\(part ?? "")".utf8))
    }
    return Data(hash.finalize()).base64EncodedString()
  }
}
