package import Crypto
import Foundation
package import ProviderKit
package import Storage

/// What a server needs to know, read from the environment or a file with the same keys (contract, "Configuration").
package struct Configuration: Sendable {
  package var databaseURL = "sqlite:phos.db"
  /// The most connections to PostgreSQL; each has a thread of its own.
  package var databasePoolSize = 8
  package var host = "127.0.0.1"
  package var port = 8080
  /// The address that browsers and webhooks use, without a trailing slash.
  package var publicURL: String
  package var encryptionKey: SymmetricKey?
  /// The keys before it, which still open what was sealed with them.
  package var previousEncryptionKeys: [SymmetricKey] = []
  package var allowPrivateNetworks = false
  /// Whether callers may ask for the schema.
  package var allowsIntrospection = true
  package var webRoot = "Web/dist"
  /// Seconds between two looks into a mailbox.
  package var inboxPause = 300
  /// All keys as given: each driver reads its own (see `Drivers`).
  package var values: [String: String]

  /// Reads the values; those of the file give way to the environment's.
  package init(environment: [String: String], file: String? = nil) throws(SettingProblem) {
    let fromFile = try file.map(Self.read) ?? [:]
    values = fromFile.merging(environment) { _, environment in environment }.filter {
      $0.key.hasPrefix("PHOS_")
    }
    publicURL = ""
    if let url = values["PHOS_DATABASE_URL"] { databaseURL = url }
    databasePoolSize =
      try Self.number(values, "PHOS_DATABASE_POOL_SIZE", 1...200, "number") ?? databasePoolSize
    if let host = values["PHOS_HOST"], !host.isEmpty { self.host = host }
    port = try Self.number(values, "PHOS_PORT", 0...65_535, "port number") ?? port
    publicURL =
      try DriverSettings(values).webAddress("PHOS_PUBLIC_URL") ?? "http://\(host):\(port)"
    if let text = values["PHOS_ENCRYPTION_KEY"] {
      encryptionKey = try Self.key(text, "PHOS_ENCRYPTION_KEY")
    }
    for text in (values["PHOS_ENCRYPTION_KEY_PREVIOUS"] ?? "").split(separator: ",") {
      let text = text.trimmingCharacters(in: .whitespaces)
      previousEncryptionKeys.append(try Self.key(text, "PHOS_ENCRYPTION_KEY_PREVIOUS"))
    }
    allowPrivateNetworks = try Self.truth(values, "PHOS_ALLOW_PRIVATE_NETWORKS") ?? allowPrivateNetworks
    allowsIntrospection = try Self.truth(values, "PHOS_GRAPHQL_INTROSPECTION") ?? allowsIntrospection
    inboxPause = try Self.number(values, "PHOS_INBOX_INTERVAL", 1...86_400, "number of seconds") ?? inboxPause
    if let root = values["PHOS_WEB_ROOT"] { webRoot = root }
  }

  /// What browsers say they come from on our pages: no path, no capitals, no usual port (RFC 6454 §6.2).
  package var publicOrigin: String {
    guard let parts = URLComponents(string: publicURL), let scheme = parts.scheme, let host = parts.host
    else {
      return publicURL
    }
    let usual = scheme == "https" ? 443 : 80
    let port = parts.port.map { $0 == usual ? "" : ":\($0)" } ?? ""
    return "\(scheme)://\(host.lowercased())\(port)"
  }

  /// The key that everything is sealed and signed with; `serve` cannot do without.
  package func requiredEncryptionKey() throws(SettingProblem) -> SymmetricKey {
    guard let encryptionKey else {
      throw SettingProblem(
        key: "PHOS_ENCRYPTION_KEY",
        reason: "is missing; set it to the output of: openssl rand -base64 32, and keep it"
      )
    }
    return encryptionKey
  }

  package func databaseAddress() throws(SettingProblem) -> DatabaseAddress {
    guard let address = DatabaseAddress(databaseURL) else {
      throw SettingProblem(
        key: "PHOS_DATABASE_URL",
        reason: "must be sqlite:PATH or postgres://user:password@host:port/database"
      )
    }
    return address
  }

  private static func key(_ text: String, _ key: String) throws(SettingProblem) -> SymmetricKey {
    guard let bytes = Data(base64Encoded: text), bytes.count == 32 else {
      throw SettingProblem(
        key: key,
        reason: "must be 32 bytes in base64, for example the output of: openssl rand -base64 32"
      )
    }
    return SymmetricKey(data: bytes)
  }

  private static func number(
    _ values: [String: String],
    _ key: String,
    _ range: ClosedRange<Int>,
    _ what: String
  ) throws(SettingProblem) -> Int? {
    guard let text = values[key] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw SettingProblem(
        key: key,
        reason: "must be a \(what) from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return number
  }

  private static func truth(_ values: [String: String], _ key: String) throws(SettingProblem) -> Bool? {
    guard let text = values[key] else { return nil }
    guard let truth = Bool(text) else { throw SettingProblem(key: key, reason: "must be true or false") }
    return truth
  }

  /// Lines of `KEY=value`; `#` begins a comment line.
  private static func read(_ path: String) throws(SettingProblem) -> [String: String] {
    guard let data = FileManager.default.contents(atPath: path), data.count <= 1 << 20 else {
      throw SettingProblem(key: "--config", reason: "the file cannot be read")
    }
    var values: [String: String] = [:]
    let lines = String(decoding: data, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (number, line) in lines.enumerated() {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.isEmpty || text.hasPrefix("#") { continue }
      guard let equals = text.firstIndex(of: "="), text.hasPrefix("PHOS_") else {
        throw SettingProblem(key: "--config", reason: "line \(number + 1) is not PHOS_KEY=value")
      }
      values[String(text[..<equals]).trimmingCharacters(in: .whitespaces)] =
        String(text[text.index(after: equals)...]).trimmingCharacters(in: .whitespaces)
    }
    return values
  }
}
