package import Crypto
import Foundation
package import ProviderKit
package import Storage

/// A server's configuration, read from the environment or a file with the same keys (contract, "Configuration").
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
  /// Seconds after which the claim of a process that died expires.
  package var jobLease = 12
  /// Seconds between two looks into a mailbox.
  package var inboxPause = 300
  /// All keys as given: each driver reads its own (see `Drivers`).
  package var values: [String: String]

  /// Reads the values; those of the file give way to the environment's.
  package init(environment: [String: String], file: String? = nil) throws(ConfigurationError) {
    let fromFile = try file.map(Self.read) ?? [:]
    values = fromFile.merging(environment) { _, environment in environment }.filter {
      $0.key.hasPrefix("PHOS_")
    }
    publicURL = ""
    let settings = SettingValues(values, declared: Self.settings)
    var problems: [ConfigurationError] = []
    /// Notes a problem and goes on, so that all are told at once.
    func read<Value>(_ value: @autoclosure () throws(ConfigurationError) -> Value?) -> Value? {
      do throws(ConfigurationError) { return try value() } catch {
        problems.append(error)
        return nil
      }
    }
    databaseURL = read(try settings.given(Self.databaseURLSetting)) ?? databaseURL
    databasePoolSize =
      read(try settings.number(Self.databasePoolSizeSetting, in: 1...200, what: "number"))
      ?? databasePoolSize
    host = read(try settings.text(Self.hostSetting)) ?? host
    port = read(try settings.number(Self.portSetting, in: 0...65_535, what: "port number")) ?? port
    publicURL = read(try settings.webAddress(Self.publicURLSetting)) ?? "http://\(host):\(port)"
    if let text = read(try settings.given(Self.encryptionKeySetting)) {
      encryptionKey = read(try Self.key(text, Self.encryptionKeySetting))
    }
    for text in (read(try settings.text(Self.previousEncryptionKeysSetting)) ?? "").split(separator: ",") {
      let text = text.trimmingCharacters(in: .whitespaces)
      guard let key = read(try Self.key(text, Self.previousEncryptionKeysSetting)) else { continue }
      previousEncryptionKeys.append(key)
    }
    allowPrivateNetworks =
      read(try settings.truth(Self.allowPrivateNetworksSetting)) ?? allowPrivateNetworks
    allowsIntrospection = read(try settings.truth(Self.introspectionSetting)) ?? allowsIntrospection
    // Longer than a person waits for a run. Processes with different values have to agree on which leases count, and the
    // store allows for a minute.
    jobLease =
      read(try settings.number(Self.jobLeaseSetting, in: 3...30, what: "number of seconds")) ?? jobLease
    inboxPause =
      read(try settings.number(Self.inboxIntervalSetting, in: 1...86_400, what: "number of seconds"))
      ?? inboxPause
    webRoot = read(try settings.given(Self.webRootSetting)) ?? webRoot
    if let problem = ConfigurationError(problems) { throw problem }
  }

  /// The origin that browsers send from our pages: no path, no capitals, no default port (RFC 6454 §6.2).
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
  package func requiredEncryptionKey() throws(ConfigurationError) -> SymmetricKey {
    guard let encryptionKey else {
      throw ConfigurationError(
        key: Self.encryptionKeySetting.key,
        reason: "is missing; set it to the output of: openssl rand -base64 32, and keep it"
      )
    }
    return encryptionKey
  }

  package func databaseAddress() throws(ConfigurationError) -> DatabaseAddress {
    guard let address = DatabaseAddress(databaseURL) else {
      throw ConfigurationError(
        key: Self.databaseURLSetting.key,
        reason: "must be sqlite:PATH or postgres://user:password@host:port/database"
      )
    }
    return address
  }

  private static func key(_ text: String, _ setting: Setting) throws(ConfigurationError) -> SymmetricKey {
    guard let bytes = Data(base64Encoded: text), bytes.count == 32 else {
      throw ConfigurationError(
        key: setting.key,
        reason: "must be 32 bytes in base64, for example the output of: openssl rand -base64 32"
      )
    }
    return SymmetricKey(data: bytes)
  }

  /// Lines of `KEY=value`; `#` begins a comment line.
  private static func read(_ path: String) throws(ConfigurationError) -> [String: String] {
    guard let data = FileManager.default.contents(atPath: path), data.count <= 1 << 20 else {
      throw ConfigurationError(key: "--config", reason: "the file cannot be read")
    }
    var values: [String: String] = [:]
    let lines = String(decoding: data, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (number, line) in lines.enumerated() {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.isEmpty || text.hasPrefix("#") { continue }
      guard let equals = text.firstIndex(of: "="), text.hasPrefix("PHOS_") else {
        throw ConfigurationError(key: "--config", reason: "line \(number + 1) is not PHOS_KEY=value")
      }
      values[String(text[..<equals]).trimmingCharacters(in: .whitespaces)] =
        String(text[text.index(after: equals)...]).trimmingCharacters(in: .whitespaces)
    }
    return values
  }
}
