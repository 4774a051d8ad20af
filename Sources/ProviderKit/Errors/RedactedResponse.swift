import Foundation

/// An answer as a log may show it: the shape of what the provider said, its codes and error words, with
/// everything that could be a secret or about a person masked.
package struct RedactedResponse: CustomStringConvertible {
  package let description: String

  package init(_ response: ProviderResponse) {
    let body = Array(response.body.prefix(16 * 1024))
    if let json = try? JSONSerialization.jsonObject(with: Data(body)) {
      description = String(Self.render(json, key: nil, depth: 0).prefix(500))
    } else {
      description = Self.elementNames(body)
    }
  }

  /// Keys whose texts the vendors use for error words; what stands under any other key is masked.
  private static let telling: Set = [
    "code", "domain", "error", "error_description", "location", "locationType", "message", "reason", "status",
  ]

  private static func render(_ value: Any, key: String?, depth: Int) -> String {
    guard depth < 8 else { return "…" }
    switch value {
    case let object as [String: Any]:
      let members = object.sorted { $0.key < $1.key }.prefix(20)
        .map { "\(masked($0.key)):\(render($0.value, key: $0.key, depth: depth + 1))" }
      return "{\(members.joined(separator: ","))}"
    case let array as [Any]:
      return "[\(array.prefix(5).map { render($0, key: key, depth: depth + 1) }.joined(separator: ","))]"
    case let text as String:
      // A code in words is an authorization code, not an error's.
      return key.map(telling.contains) == true && key != "code" ? "\"\(masked(text))\"" : "•••"
    case let number as NSNumber:
      return key.map(telling.contains) == true ? "\(number)" : "•••"
    default:
      return "null"
    }
  }

  /// Words that hold an @, are quoted by the vendor, or are long enough to be a token, are masked.
  private static func masked(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).prefix(40).map { word in
      let isOrdinary = word.utf8.count <= 32 && word.allSatisfy { $0.isASCII && $0 != "@" && $0 != "\"" }
      return isOrdinary ? String(word.filter { !$0.isNewline }) : "•••"
    }.joined(separator: " ")
  }

  /// Of markup only the names of the elements: WebDAV says all there is to say with them (RFC 4918 §16).
  private static func elementNames(_ body: [UInt8]) -> String {
    let names = body.split(separator: UInt8(ascii: "<")).dropFirst().prefix(40).map { piece in
      String(decoding: piece.prefix { isNameByte($0) }.prefix(60), as: UTF8.self)
    }
    return names.filter { !$0.isEmpty }.map { "<\($0)>" }.joined()
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
