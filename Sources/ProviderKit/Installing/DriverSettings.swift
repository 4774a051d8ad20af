import Foundation

/// The program's settings, `PHOS_…`, of which each driver reads its own.
package struct DriverSettings: Sendable {
  private let values: [String: String]

  package init(_ values: [String: String]) { self.values = values }

  /// Nil when it is missing or empty.
  package subscript(key: String) -> String? { values[key].flatMap { $0.isEmpty ? nil : $0 } }

  /// An http or https address without its trailing slash.
  package func webAddress(_ key: String) throws(SettingProblem) -> String? {
    guard let text = self[key] else { return nil }
    guard let parts = URLComponents(string: text), let scheme = parts.scheme, let host = parts.host,
      ["http", "https"].contains(scheme), !host.isEmpty, parts.query == nil, parts.fragment == nil
    else { throw SettingProblem(key: key, reason: "must be an address such as https://phos.example.com") }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  /// `PREFIX_CLIENT_ID` and `PREFIX_CLIENT_SECRET`; nil when there is no id.
  package func oauthClient(_ prefix: String) throws(SettingProblem) -> (id: String, secret: String)? {
    guard let id = self["\(prefix)_CLIENT_ID"] else { return nil }
    guard let secret = self["\(prefix)_CLIENT_SECRET"] else {
      throw SettingProblem(key: "\(prefix)_CLIENT_SECRET", reason: "is missing beside \(prefix)_CLIENT_ID")
    }
    return (id, secret)
  }
}

/// A setting that is missing or cannot be used; the description is one line that names the key.
package struct SettingProblem: Error, CustomStringConvertible {
  package let key: String
  package let reason: String

  package init(key: String, reason: String) {
    self.key = key
    self.reason = reason
  }

  package var description: String { "\(key): \(reason)" }
}
