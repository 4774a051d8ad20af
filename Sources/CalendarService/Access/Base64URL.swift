package import Foundation

extension Data {
  /// Base64 with the URL-safe alphabet and no padding (RFC 4648 §5).
  package func base64URLEncodedString() -> String {
    base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// Reads the URL-safe alphabet without padding; nil for anything else.
  package init?(base64URLEncoded text: String) {
    guard !text.contains(where: { "+/=".contains($0) }) else { return nil }
    let standard = text.replacing("-", with: "+").replacing("_", with: "/")
    self.init(base64Encoded: standard + String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4))
  }
}
