import Foundation

/// A request as an emulator's rules see it: without sockets, with its query and path decoded.
struct EmulatorRequest: Sendable {
  var method: String
  /// The path's segments, percent-decoded one by one, so that `a%2Fb` stays one calendar id.
  var path: [String]
  /// The query in order; a name may repeat.
  var query: [QueryItem]
  /// Header values by lowercase name.
  var headers: [String: String]
  var body: Data

  struct QueryItem: Sendable, Equatable {
    var name: String
    var value: String
  }

  /// The last value given for a query name.
  func parameter(_ name: String) -> String? {
    query.last { $0.name == name }?.value
  }

  func parameters(_ name: String) -> [String] {
    query.filter { $0.name == name }.map(\.value)
  }

  /// The fields of a form body, or of the query when there is no body.
  var form: [QueryItem] {
    body.isEmpty ? query : Self.items(String(decoding: body, as: UTF8.self))
  }

  /// The token of an `Authorization: Bearer` header.
  var bearerToken: String? {
    guard let header = headers["authorization"] else { return nil }
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return parts[1].trimmingCharacters(in: .whitespaces)
  }

  /// The name–value pairs of `application/x-www-form-urlencoded` text.
  static func items(_ text: String) -> [QueryItem] {
    text.split(separator: "&", omittingEmptySubsequences: true).map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return QueryItem(name: decode(parts[0]), value: parts.count > 1 ? decode(parts[1]) : "")
    }
  }

  static func segments(ofPath path: String) -> [String] {
    path.split(separator: "/", omittingEmptySubsequences: true).map { segment in
      segment.removingPercentEncoding ?? String(segment)
    }
  }

  private static func decode(_ text: Substring) -> String {
    let spaced = String(text).replacing("+", with: " ")
    return spaced.removingPercentEncoding ?? spaced
  }
}
